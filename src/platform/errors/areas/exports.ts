import type { ErrorDefinition } from '../error-definition.js';

/** Sorted by code. */
export const EXPORTS_ERRORS = {} as const satisfies Record<string, ErrorDefinition>;

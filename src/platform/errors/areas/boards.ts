import type { ErrorDefinition } from '../error-definition.js';

/** Sorted by code. */
export const BOARDS_ERRORS = {} as const satisfies Record<string, ErrorDefinition>;

import type { ErrorDefinition } from '../error-definition.js';

/** Sorted by code. */
export const SCHEDULES_ERRORS = {} as const satisfies Record<string, ErrorDefinition>;

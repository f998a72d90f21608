import type { Permission } from '../../../src/shared/access.js';

/** Message of what a permission lets a key do. A colon means something else in names of messages. */
export function scopeName(scope: Permission): string {
  return `keys.scopes.${scope.replace(':', '_')}`;
}

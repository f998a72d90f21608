import type { SessionView } from '../../../src/shared/api.js';

/** Path of `Begin`. */
export const BEGIN = '/begin';

/** Whoever makes calls begins with their own day, whoever leads a team with its floor. Pure. */
export function homeOf({ role, agentId }: SessionView['user']): string {
  if (role === 'supervisor') return '/floor';
  return role === 'agent' && agentId !== null ? '/me' : '/';
}

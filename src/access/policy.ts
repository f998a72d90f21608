import type { Principal } from './principal.js';

/**
 * What a route asks for.
 * - `public`: nobody needs to be known (health, sign-in).
 * - `webhook`: the route itself verifies a provider's signature; nothing else may use this.
 * - `user`: anybody signed in, and keys.
 * - `admin`: administrators, and keys with every scope.
 */
export type AccessLevel = 'public' | 'webhook' | 'user' | 'admin';

export type Decision = 'allow' | 'unauthenticated' | 'forbidden';

/** The one place that decides who may do what; HTTP and sockets both ask it. Pure. */
export class Policy {
  decide(principal: Principal | null, level: AccessLevel | undefined): Decision {
    switch (level) {
      case 'public':
      case 'webhook':
        return 'allow';
      case 'user':
        return principal === null ? 'unauthenticated' : 'allow';
      case 'admin':
        if (principal === null) return 'unauthenticated';
        return principal.role === 'admin' ? 'allow' : 'forbidden';
      case undefined:
        // Undeclared routes stop the start; should one appear later all the same, nobody gets in.
        return 'forbidden';
    }
  }

  /** Whether a live scope may be watched. Boards show the organisation, so anybody signed in may today. */
  mayWatch(principal: Principal, scope: string): boolean {
    return scope.startsWith('board:') && this.decide(principal, 'user') === 'allow';
  }
}

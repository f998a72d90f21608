/** Who a request speaks for. */
import type { Permission, Role, Scope } from '../shared/access.js';

interface Granted {
  /** What it may do at all … */
  permissions: ReadonlySet<Permission>;
  /** … and on whose numbers. */
  scope: Scope;
}

export interface UserPrincipal extends Granted {
  kind: 'user';
  userId: number;
  email: string;
  name: string;
  role: Role;
  /** The agent this person is on the phone; null for people who do not call. */
  agentId: number | null;
  session: {
    /** sha256 of the id in the cookie. */
    idHash: Buffer;
    /** Absolute end, epoch ms. */
    expiresAt: number;
  };
}

/** A named key, or the bootstrap key of the settings (`keyId` null), which may do everything a key can. */
export interface KeyPrincipal extends Granted {
  kind: 'key';
  keyId: number | null;
  name: string;
}

/** A paired TV: shows its board and nothing else. */
export interface ScreenPrincipal extends Granted {
  kind: 'screen';
  screenId: number;
  name: string;
  boardId: string;
}

export type Principal = UserPrincipal | KeyPrincipal | ScreenPrincipal;

const PRINCIPALS = new WeakMap<object, Principal>();

export function rememberPrincipal(request: object, principal: Principal): void {
  PRINCIPALS.set(request, principal);
}

/** The principal the guard found for this request; null on public routes. */
export function principalOf(request: object): Principal | null {
  return PRINCIPALS.get(request) ?? null;
}

const NOBODY: Scope = { kind: 'agents', agents: [] };

export function scopeOfRequest(request: object): Scope {
  return principalOf(request)?.scope ?? NOBODY;
}

/** Who a request speaks for. Roles and scopes hang on this type; screens and named keys will become further kinds. */
export type Role = 'admin';

export interface UserPrincipal {
  kind: 'user';
  userId: number;
  email: string;
  name: string;
  role: Role;
  session: {
    /** sha256 of the id in the cookie. */
    idHash: Buffer;
    /** Absolute end, epoch ms. */
    expiresAt: number;
  };
}

/** The bootstrap key of the settings: every scope. */
export interface KeyPrincipal {
  kind: 'key';
  name: string;
  role: Role;
}

export type Principal = UserPrincipal | KeyPrincipal;

const PRINCIPALS = new WeakMap<object, Principal>();

export function rememberPrincipal(request: object, principal: Principal): void {
  PRINCIPALS.set(request, principal);
}

/** The principal the guard found for this request; null on public routes. */
export function principalOf(request: object): Principal | null {
  return PRINCIPALS.get(request) ?? null;
}

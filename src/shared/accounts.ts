/**
 * People who sign in: shapes of /api/v1/users, /account, /links and /session. Times are ISO 8601 in UTC.
 * Secrets (a link's token, a TOTP secret, recovery codes) are shown once, in the answer to the request that made them.
 */
import type { Role } from './access.js';

export type Language = 'en' | 'zh';

/** `recovery`: password and a recovery code; `oidc`: single sign-on. */
export type SessionMethod = 'password' | 'totp' | 'recovery' | 'oidc';

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 256;

/** `invited`: has no way to sign in yet. */
export type UserState = 'active' | 'invited' | 'disabled';

export interface UserView {
  id: number;
  email: string;
  name: string;
  role: Role;
  /** Teams a supervisor leads; those below come with them. Empty for other roles. */
  teams: { id: number; name: string }[];
  /** Who this person is on the phone. */
  agent: { id: number; name: string } | null;
  /** May look at full phone numbers, one at a time, audited. */
  seesNumbers: boolean;
  state: UserState;
  hasPassword: boolean;
  /** Signs in through the provider of single sign-on. */
  hasSingleSignOn: boolean;
  /** A code of an authenticator app is asked for. */
  hasTotp: boolean;
  language: Language | null;
  createdAt: string;
  lastSignInAt: string | null;
  /** Open right now. */
  sessions: number;
  /** An invitation or a reset link that can still be used. */
  openLink: { kind: LinkKind; expiresAt: string } | null;
}

/**
 * GET /users?search=&role=&state=&limit=&cursor= (users:read), by name.
 * `search`: part of the name or e-mail; `limit` 1 … 200.
 */
export interface UserPage {
  users: UserView[];
  /** Pass as `cursor` for the next page; null at the end. */
  next: string | null;
}

/** POST /users (users:write) → NewUser. Nobody can give more rights than they have themselves. */
export interface NewUserRequest {
  email: string;
  name: string;
  role: Role;
  teams?: number[];
  agentId?: number | null;
  seesNumbers?: boolean;
  language?: Language | null;
}

export interface NewUser {
  user: UserView;
  link: AccessLink;
}

/**
 * PATCH /users/:id (users:write) → UserView. Only what is given changes. A change of rights or disabling ends the
 * person's sessions at once. Nobody changes their own rights; the last active administrator stays one.
 */
export interface UserChange {
  name?: string;
  role?: Role;
  teams?: number[];
  agentId?: number | null;
  seesNumbers?: boolean;
  disabled?: boolean;
}

// DELETE /users/:id (users:write) → 204
// DELETE /users/:id/sessions (users:write) → SessionsEnded
// DELETE /users/:id/totp (users:write) → 204: for somebody who lost their phone and their recovery codes

/** POST /users/:id/link (users:write) → AccessLink; earlier ones of the person end. */
export type LinkKind = 'invitation' | 'reset';

/** To be handed over to the person: <address of Tallyboard>/welcome#<token>. Works once, until `expiresAt`. */
export interface AccessLink {
  kind: LinkKind;
  token: string;
  expiresAt: string;
}

export interface SessionsEnded {
  ended: number;
}

/** POST /links/inspect {token} (public) → LinkView; 404 `link_invalid` when it is used, replaced, over or unknown. */
export interface LinkView {
  kind: LinkKind;
  email: string;
  name: string;
  language: Language | null;
  expiresAt: string;
}

/** POST /links/redeem (public) → LinkRedeemed. Sets the password; a reset ends every session of the person. */
export interface RedeemRequest {
  token: string;
  password: string;
  /** What the person wants to be called; as it is when left out. */
  name?: string;
}

/** Whom to sign in as now. */
export interface LinkRedeemed {
  email: string;
}

/**
 * POST /session. Without `totp` for somebody who has a second factor: 401 `totp_required`; then again with the code of
 * the app or a recovery code: 401 `totp_wrong`.
 */
export interface SignInRequest {
  email: string;
  password: string;
  totp?: string;
}

/** GET /account (signed-in) */
export interface AccountView {
  email: string;
  name: string;
  role: Role;
  teams: { id: number; name: string }[];
  agent: { id: number; name: string } | null;
  seesNumbers: boolean;
  language: Language | null;
  hasPassword: boolean;
  hasSingleSignOn: boolean;
  totp: { since: string; recoveryCodesLeft: number } | null;
  sessions: OwnSession[];
}

export interface OwnSession {
  id: string;
  /** The one this was asked with. */
  current: boolean;
  method: SessionMethod;
  address: string | null;
  /** `User-Agent` of the browser, cut to 300 characters. */
  userAgent: string | null;
  createdAt: string;
  lastSeenAt: string;
  /** Absolute end. */
  expiresAt: string;
}

/** PATCH /account → AccountView */
export interface AccountChange {
  name?: string;
  language?: Language | null;
}

/** POST /account/password → 204. Ends all other sessions; this one gets a new id. */
export interface PasswordChange {
  current: string;
  password: string;
}

/** POST /account/totp {password} → TotpSetup. In force only after POST /account/totp/confirm {code} → RecoveryCodes. */
export interface TotpSetup {
  /** Base32, for typing in by hand. */
  secret: string;
  /** otpauth://…, for the QR code. */
  uri: string;
}

// POST /account/totp/remove {password} → 204

/** Also POST /account/recovery-codes {password}: ten new ones, earlier ones end. Each works once. */
export interface RecoveryCodes {
  codes: string[];
}

// DELETE /account/sessions/:id → 204
// DELETE /account/sessions → SessionsEnded: all but this one

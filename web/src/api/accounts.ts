import type {
  AccessLink,
  AccountChange,
  AccountView,
  LinkRedeemed,
  LinkView,
  NewUser,
  NewUserRequest,
  PasswordChange,
  RecoveryCodes,
  RedeemRequest,
  SessionsEnded,
  SignInRequest,
  TotpSetup,
  UserChange,
  UserPage,
  UserView,
} from '../../../src/shared/accounts.js';
import type { SessionView } from '../../../src/shared/api.js';
import { query, request } from './client.js';

/** Requests about who signs in. Shapes and rules are in src/shared/accounts.ts. */

export const signIn = (credentials: SignInRequest): Promise<SessionView> => request('POST', '/session', credentials);

export const inspectLink = (token: string): Promise<LinkView> => request('POST', '/links/inspect', { token });
export const redeemLink = (redeem: RedeemRequest): Promise<LinkRedeemed> => request('POST', '/links/redeem', redeem);

export const getAccount = (): Promise<AccountView> => request('GET', '/account');
export const patchAccount = (change: AccountChange): Promise<AccountView> => request('PATCH', '/account', change);
export const changePassword = (change: PasswordChange): Promise<void> => request('POST', '/account/password', change);
export const beginTotp = (password: string): Promise<TotpSetup> => request('POST', '/account/totp', { password });
export const confirmTotp = (code: string): Promise<RecoveryCodes> => request('POST', '/account/totp/confirm', { code });
export const removeTotp = (password: string): Promise<void> => request('POST', '/account/totp/remove', { password });
export const renewRecoveryCodes = (password: string): Promise<RecoveryCodes> =>
  request('POST', '/account/recovery-codes', { password });
export const endOwnSession = (id: string): Promise<void> =>
  request('DELETE', `/account/sessions/${encodeURIComponent(id)}`);
export const endOtherSessions = (): Promise<SessionsEnded> => request('DELETE', '/account/sessions');

export interface UserFilter {
  search?: string;
  role?: string;
  state?: string;
}
export const getUsers = (filter: UserFilter, cursor: string | null, limit = 50): Promise<UserPage> =>
  request('GET', `/users${query({ ...filter, limit, cursor })}`);
export const getUser = (id: number): Promise<UserView> => request('GET', `/users/${id}`);
export const inviteUser = (user: NewUserRequest): Promise<NewUser> => request('POST', '/users', user);
export const patchUser = (id: number, change: UserChange): Promise<UserView> =>
  request('PATCH', `/users/${id}`, change);
export const removeUser = (id: number): Promise<void> => request('DELETE', `/users/${id}`);
export const makeUserLink = (id: number): Promise<AccessLink> => request('POST', `/users/${id}/link`);
export const endUserSessions = (id: number): Promise<SessionsEnded> => request('DELETE', `/users/${id}/sessions`);
export const removeUserTotp = (id: number): Promise<void> => request('DELETE', `/users/${id}/totp`);

import type { KeyView, MadeKey, NewKeyRequest } from '../../../src/shared/keys.js';
import type { SignInOptions } from '../../../src/shared/sign-in.js';
import { request } from './client.js';

/** Requests about API keys and the ways to sign in. Shapes and rules are in src/shared/keys.ts and sign-in.ts. */

export const getKeys = (): Promise<KeyView[]> => request('GET', '/keys');
export const makeKey = (wish: NewKeyRequest): Promise<MadeKey> => request('POST', '/keys', wish);
export const revokeKey = (id: number): Promise<void> => request('DELETE', `/keys/${id}`);

export const getSignInOptions = (): Promise<SignInOptions> => request('GET', '/session/options');

/** Where a browser goes to sign in at the provider; a page, not a request. */
export const ssoAddress = (next: string): string => `/api/v1/session/oidc/start?next=${encodeURIComponent(next)}`;

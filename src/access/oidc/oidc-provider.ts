/**
 * The provider of single sign-on, as this server knows it: authorization code flow with PKCE, state and nonce. It is
 * discovered at the first sign-in and not at the start, so that a provider that is down keeps nobody out who has a
 * password, and asked again now and then.
 */
import * as openid from 'openid-client';
import { AppError, type Clock, type OidcConfig } from '../../platform/index.js';
import type { Attempt } from './attempt.js';
import { groupsOf } from './role-of-groups.js';

const TIMEOUT_SECONDS = 10;
const DISCOVERED_FOR_MS = 3_600_000;
/** A provider that is down is not asked by everybody who tries. */
const RETRY_AFTER_MS = 3_000;

/** Who somebody is, as the provider says. */
export interface OidcPerson {
  issuer: string;
  /** Never changes and is never given to somebody else; e-mail addresses do and are. */
  subject: string;
  email: string | null;
  name: string | null;
  groups: string[];
}

export class OidcProvider {
  private discovered: { config: openid.Configuration; at: number } | null = null;
  private running: Promise<openid.Configuration> | null = null;
  private failedAt: number | null = null;

  constructor(
    private readonly settings: OidcConfig,
    private readonly clock: Clock,
  ) {}

  /** Address to send the browser to, and what its answer will be held against. Throws `oidc_unreachable`. */
  async begin(redirectUri: string, next: string): Promise<{ address: string; attempt: Attempt }> {
    const config = await this.configuration();
    const verifier = openid.randomPKCECodeVerifier();
    const state = openid.randomState();
    const nonce = openid.randomNonce();
    const address = openid.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: this.settings.scopes,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    return {
      address: address.href,
      attempt: { state, nonce, verifier, redirectUri, next, startedAt: this.clock.now() },
    };
  }

  /** `answer`: the query the browser came back with. Throws `oidc_unreachable` and, with the cause, `oidc_refused`. */
  async finish(answer: string, attempt: Attempt): Promise<OidcPerson> {
    const config = await this.configuration();
    try {
      const tokens = await openid.authorizationCodeGrant(config, new URL(`${attempt.redirectUri}${answer}`), {
        pkceCodeVerifier: attempt.verifier,
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error('There is no ID token');
      const told = await this.everythingTold(config, tokens.access_token, claims);
      return {
        issuer: claims.iss,
        subject: claims.sub,
        email: textOf(told.email),
        name: textOf(told.name) ?? textOf(told.preferred_username),
        groups: groupsOf(told[this.settings.groupsClaim]),
      };
    } catch (error) {
      throw new AppError(isUnreachable(error) ? 'oidc_unreachable' : 'oidc_refused', { cause: error });
    }
  }

  /** Many providers tell of groups and e-mail at the userinfo endpoint only. */
  private async everythingTold(
    config: openid.Configuration,
    accessToken: string,
    claims: openid.IDToken,
  ): Promise<Record<string, unknown>> {
    const isComplete = claims[this.settings.groupsClaim] !== undefined && claims.email !== undefined;
    if (isComplete || config.serverMetadata().userinfo_endpoint === undefined) return claims;
    return { ...(await openid.fetchUserInfo(config, accessToken, claims.sub)), ...claims };
  }

  private async configuration(): Promise<openid.Configuration> {
    const now = this.clock.now();
    if (this.discovered !== null && now - this.discovered.at < DISCOVERED_FOR_MS) return this.discovered.config;
    if (this.failedAt !== null && now - this.failedAt < RETRY_AFTER_MS) throw new AppError('oidc_unreachable');
    this.running ??= this.discover().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async discover(): Promise<openid.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    try {
      const config = await openid.discovery(new URL(issuer), clientId, undefined, authentication(clientSecret), {
        timeout: TIMEOUT_SECONDS,
        // The settings take http from this machine only.
        execute: issuer.startsWith('http:') ? [openid.allowInsecureRequests] : [],
      });
      this.discovered = { config, at: this.clock.now() };
      this.failedAt = null;
      return config;
    } catch (error) {
      // What is known from before still serves: keys are looked up by themselves.
      if (this.discovered !== null) return this.discovered.config;
      this.failedAt = this.clock.now();
      throw new AppError('oidc_unreachable', { cause: error });
    }
  }
}

/** In the header, as every provider should take it; in the body for those that say they take only that. */
function authentication(secret: string): openid.ClientAuth {
  const basic = openid.ClientSecretBasic(secret);
  const post = openid.ClientSecretPost(secret);
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const method = methods.includes('client_secret_basic') || !methods.includes('client_secret_post') ? basic : post;
    method(server, client, body, headers);
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** Nothing came back at all, or too late. What fetch says of it may be wrapped. */
function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.message === 'fetch failed') return true;
  const { code } = error as Error & { code?: unknown };
  return code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT' || isUnreachable(error.cause);
}

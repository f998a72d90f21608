/** A real provider of single sign-on on a port of its own, and a browser that walks through its redirects. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Provider from 'oidc-provider';

export const OIDC_CLIENT = { id: 'tallyboard', secret: 'a-secret-of-tests-0123456789' };

export interface OidcAccount {
  email?: string;
  name?: string;
  groups?: string[] | string;
}

export interface TestProvider {
  issuer: string;
  /** By subject; may be changed at any time. */
  accounts: Map<string, OidcAccount>;
  /** Who signs in next. */
  signsIn: string;
  /** Addresses it may send people back to. */
  allow(redirectUri: string): void;
  stop(): Promise<void>;
  /** On the same port again. */
  restart(): Promise<void>;
}

/** `claimsInIdToken` false: as the standard has it, e-mail and groups are told at the userinfo endpoint only. */
export async function startProvider(options: { claimsInIdToken?: boolean } = {}): Promise<TestProvider> {
  const redirectUris: string[] = [];
  const state: { signsIn: string; accounts: Map<string, OidcAccount> } = { signsIn: '', accounts: new Map() };
  const Provider = await quietly(async () => (await import('oidc-provider')).default);
  let provider: Provider | undefined;
  const listen = async (port: number): Promise<Server> => {
    const server = createServer((request, response) => {
      if (provider === undefined) throw new Error('Allow an address first');
      // The sign-in form of the provider, filled in already.
      const isForm = request.url?.startsWith('/interaction/') === true;
      if (isForm) void provider.interactionFinished(request, response, { login: { accountId: state.signsIn } });
      else void provider.callback()(request, response);
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return server;
  };
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    issuer,
    accounts: state.accounts,
    get signsIn() {
      return state.signsIn;
    },
    set signsIn(subject: string) {
      state.signsIn = subject;
    },
    allow: (redirectUri) => {
      redirectUris.push(redirectUri);
      const accountOf = (id: string) => state.accounts.get(id);
      void quietly(async () => {
        provider = providerFor(Provider, issuer, redirectUris, accountOf, options.claimsInIdToken ?? false);
      });
    },
    stop,
    restart: async () => {
      server = await listen(port);
    },
  };
}

/** It warns of its development keys, its in-memory store and this version of Node, which is what a test wants. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return await work();
  } finally {
    console.warn = warn;
  }
}

function providerFor(
  Constructor: typeof Provider,
  issuer: string,
  redirectUris: string[],
  accountOf: (id: string) => OidcAccount | undefined,
  claimsInIdToken: boolean,
): Provider {
  const provider: Provider = new Constructor(issuer, {
    clients: [{ client_id: OIDC_CLIENT.id, client_secret: OIDC_CLIENT.secret, redirect_uris: [...redirectUris] }],
    claims: { openid: ['sub'], email: ['email'], profile: ['name'], groups: ['groups'] },
    scopes: ['openid', 'email', 'profile', 'groups'],
    conformIdTokenClaims: !claimsInIdToken,
    pkce: { required: () => true },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
    features: { devInteractions: { enabled: false } },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...accountOf(id) }) }),
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({ accountId: oidc.session?.accountId, clientId: oidc.client?.clientId });
      grant.addOIDCScope('openid email profile groups');
      await grant.save();
      return grant;
    },
  });
  return provider;
}

/** Cookies of one browser, by origin. */
export class WalkingBrowser {
  private readonly jars = new Map<string, Map<string, string>>();

  cookies(url: string): Map<string, string> {
    const { origin } = new URL(url);
    const jar = this.jars.get(origin) ?? new Map<string, string>();
    this.jars.set(origin, jar);
    return jar;
  }

  async get(url: string, headers: Record<string, string> = {}): Promise<Response> {
    const jar = this.cookies(url);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { ...headers, ...(cookie ? { cookie } : {}) } });
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const name = pair.slice(0, pair.indexOf('='));
      const isOver = attributes.some((text) => /^max-age=0$|^expires=Thu, 01 Jan 1970/i.test(text));
      if (isOver) jar.delete(name);
      else jar.set(name, pair.slice(name.length + 1));
    }
    return response;
  }

  /** Follows redirects until `until` says stop, or a page answers. Returns the addresses walked through. */
  async walk(url: string, until: (next: string) => boolean = () => false): Promise<string[]> {
    const steps = [url];
    for (let at = url; steps.length < 20; ) {
      const response = await this.get(at);
      const location = response.headers.get('location');
      if (location === null) return steps;
      at = new URL(location, at).href;
      steps.push(at);
      if (until(at)) return steps;
    }
    throw new Error(`No end: ${steps.join(' → ')}`);
  }
}

/**
 * GET /session/options (public) → the ways to sign in.
 *
 * Single sign-on is a walk of the browser, not of scripts: GET /session/oidc/start?next=/path answers with a redirect to
 * the provider, which sends the browser back to GET /session/oidc/callback, and that on to `next` (a path of this site)
 * with a session cookie. A failure leads to `/sign-in?sso=<code>&next=…`, with a code of docs/errors.md.
 */
export interface SignInOptions {
  password: boolean;
  /** Null when no provider is set up. `name` is the text of its button. */
  oidc: { name: string } | null;
}

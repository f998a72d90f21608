/** Where to sign in and come back to. Only paths of this site are kept, so that a link cannot lead elsewhere. */
export function signInPath(current: string): string {
  return current.startsWith('/sign-in') ? current : `/sign-in?next=${encodeURIComponent(current)}`;
}

/** The path after signing in: `next` if it is one of ours, else the home page. */
export function pathAfterSignIn(next: string | null): string {
  if (next === null || !next.startsWith('/') || next.startsWith('//') || next.includes('\\')) return '/';
  return next.startsWith('/sign-in') ? '/' : next;
}

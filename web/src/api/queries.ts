import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.js';

/** Where to sign in and come back to. Only paths of this site are kept, so that a link cannot lead elsewhere. */
export function signInPath(current: string): string {
  return current.startsWith('/sign-in') ? current : `/sign-in?next=${encodeURIComponent(current)}`;
}

/** The path after signing in: `next` if it is one of ours, else the home page. */
export function pathAfterSignIn(next: string | null): string {
  if (next === null || !next.startsWith('/') || next.startsWith('//') || next.includes('\\')) return '/';
  return next.startsWith('/sign-in') ? '/' : next;
}

/** @param onSignedOut called when any request answers that nobody is signed in */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiError && error.status === 401) onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
        refetchOnWindowFocus: true,
        staleTime: 1_000,
      },
    },
  });
}

import { QueryCache, QueryClient, type QueryKey } from '@tanstack/react-query';
import { ApiError } from './client.js';

/** @param onSignedOut called when any request answers that nobody is signed in */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiError && error.status === 401) onSignedOut();
      },
    }),
    defaultOptions: {
      mutations: { networkMode: 'always' },
      queries: {
        // What the browser holds for a network says nothing of a server on the same machine or floor: one that cannot be
        // reached is an error with another try, not a wait without an end.
        networkMode: 'always',
        retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
        refetchOnWindowFocus: true,
        staleTime: 1_000,
      },
    },
  });
}

/** The answer to a change is what is known from now on: a reading that began before the change and ends later does not undo it. */
export function keepAnswer<T>(client: QueryClient, queryKey: QueryKey, answer: T): void {
  void client.cancelQueries({ queryKey, exact: true });
  client.setQueryData<T>(queryKey, answer);
}

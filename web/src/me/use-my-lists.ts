import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { BoardMeta } from '../../../src/shared/live.js';
import { getMyCallbacks, getMyCalls } from '../api/index.js';
import { useBoardKey, useLink } from '../live/index.js';
import { useOutbox } from './outbox-provider.js';

/** Lists of My day; `useFreshLists` keeps them up to date. */

// A list that is a minute old is asked for again by whoever looks at it; the live state asks sooner.
const OPTIONS = { staleTime: 60_000 };
export const useMyCalls = () => useQuery({ queryKey: ['me', 'calls'], queryFn: getMyCalls, ...OPTIONS });
export const useMyCallbacks = () => useQuery({ queryKey: ['me', 'callbacks'], queryFn: getMyCallbacks, ...OPTIONS });

/** Asks again when the live state says that a list is another one, and at the turn of the day. Once a page. */
export function useFreshLists(): void {
  const calls = useMyCalls();
  const callbacks = useMyCallbacks();
  const date = useBoardKey<BoardMeta>('meta')?.businessDate;
  useAskAgain(useBoardKey<number>('calls'), date, calls.refetch);
  useAskAgain(useBoardKey<number>('callbacks'), date, callbacks.refetch);
  const { outbox } = useOutbox();
  useEffect(() => {
    for (const { outcomes } of calls.data?.calls ?? []) {
      for (const { externalId, version } of outcomes) outbox.seen(externalId, version);
    }
  }, [calls.data, outbox]);
}

/** Also after each new connection: the counters of another process may by chance say the same. */
function useAskAgain(changes: number | undefined, date: string | undefined, refetch: () => unknown): void {
  const { phase } = useLink();
  useEffect(() => {
    if (changes !== undefined && date !== undefined && phase === 'connected') void refetch();
  }, [changes, date, phase, refetch]);
}

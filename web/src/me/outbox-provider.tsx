import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type PropsWithChildren,
  useCallback,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import type { MyCall } from '../../../src/shared/me.js';
import { ApiError, patchOutcome, postOutcome } from '../api/index.js';
import { useBoardSource } from '../live/index.js';
import { type Content, entryFor } from './entry.js';
import { type Entry, Outbox, type OutboxState } from './outbox.js';

interface Held {
  outbox: Outbox;
  agentId: number;
}

const OutboxContext = createContext<Held | null>(null);

/** The list is asked for again so long after an entry was taken, where no push said so. */
const LOOK_AGAIN_MS = [400, 1_500, 5_000];
/** An entry that no list shows by then was taken for another day, or waits to be sorted out by somebody else. */
const FORGET_MS = 30_000;

/** What the person of this tab entered and is on its way to the server. Kept in the tab until the server has it. */
export function OutboxProvider({ userId, agentId, children }: PropsWithChildren<{ userId: number; agentId: number }>) {
  const queryClient = useQueryClient();
  const [outbox] = useState(() => new Outbox(partsFor(userId)));
  useEffect(() => {
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const later = (action: () => void, ms: number) => timers.add(setTimeout(action, ms));
    const stopListening = outbox.onSent(({ input }) => {
      for (const ms of LOOK_AGAIN_MS) later(() => void queryClient.invalidateQueries({ queryKey: ['me'] }), ms);
      later(() => outbox.seen(input.externalId, Number.POSITIVE_INFINITY), FORGET_MS);
    });
    const leaving = (event: BeforeUnloadEvent): void => {
      if (outbox.snapshot().pending.length > 0) event.preventDefault();
    };
    window.addEventListener('online', outbox.now);
    window.addEventListener('beforeunload', leaving);
    outbox.now();
    return () => {
      stopListening();
      outbox.stop();
      for (const timer of timers) clearTimeout(timer);
      window.removeEventListener('online', outbox.now);
      window.removeEventListener('beforeunload', leaving);
    };
  }, [outbox, queryClient]);
  return <OutboxContext value={{ outbox, agentId }}>{children}</OutboxContext>;
}

function useHeld(): Held {
  const held = useContext(OutboxContext);
  if (held === null) throw new Error('useOutbox is used outside of My day');
  return held;
}

export function useOutbox(): OutboxState & Held {
  const held = useHeld();
  const state = useSyncExternalStore(held.outbox.subscribe, held.outbox.snapshot);
  return { ...held, ...state };
}

/** Enters or corrects how a call went. */
export function useEnter(call: MyCall): (content: Content) => void {
  const { outbox, agentId } = useHeld();
  const { connection } = useBoardSource();
  return useCallback(
    (content) => outbox.add(entryFor(agentId, call, content, connection.now())),
    [outbox, agentId, call, connection],
  );
}

function partsFor(userId: number): ConstructorParameters<typeof Outbox>[0] {
  const key = `tallyboard-outbox-${userId}`;
  return {
    send: ({ outcomeId, input }) => {
      if (outcomeId === null) return postOutcome(input);
      const { externalId: _, version: __, ...change } = input;
      return patchOutcome(outcomeId, change);
    },
    // Not reached, not ready, too many at once, or signed out: none of these is an answer to what was entered.
    isTemporary: (error) =>
      error instanceof ApiError &&
      (error.status === 0 || error.status >= 500 || [401, 408, 429].includes(error.status)),
    load: () => read(key),
    save: (pending) => {
      try {
        if (pending.length === 0) sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, JSON.stringify(pending));
      } catch {
        // Storage can be forbidden or full; the entries are then kept as long as the page is open.
      }
    },
    later: (action, ms) => {
      const timer = setTimeout(action, ms);
      return () => clearTimeout(timer);
    },
  };
}

function read(key: string): Entry[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? (kept as Entry[]) : [];
  } catch {
    return []; // See `save`.
  }
}

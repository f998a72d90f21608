import { createContext, useCallback, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { BoardConnection, LinkState } from './connection.js';
import { type Freshness, freshnessOf } from './freshness.js';
import { sameJson } from './replica.js';
import type { BoardReader } from './store.js';
import type { Ticker } from './ticker.js';

/** A live connection, or something that stands in for one, e.g. the preview of the editor. */
export interface BoardFeed extends Pick<BoardConnection, 'now' | 'state' | 'subscribe'> {
  readonly store: BoardReader;
}

export interface BoardSource {
  connection: BoardFeed;
  ticker: Ticker;
}

export const BoardContext = createContext<BoardSource | null>(null);

export function useBoardSource(): BoardSource {
  const source = useContext(BoardContext);
  if (!source) throw new Error('useBoardSource is used outside of a board');
  return source;
}

/** One key of the board. The component renders again only when this key's value changes. */
export function useBoardKey<T>(key: string): T | undefined {
  const { store } = useBoardSource().connection;
  const subscribe = useCallback((listener: () => void) => store.subscribe(key, listener), [store, key]);
  return useSyncExternalStore(subscribe, () => store.get(key) as T | undefined);
}

/** Something computed from all values of a prefix ("agent:"). Renders again only when the result differs. */
export function useBoardDerived<T, R>(prefix: string, compute: (values: T[]) => R): R {
  const { store } = useBoardSource().connection;
  const cache = useRef<{ version: number; compute: unknown; result: R } | null>(null);
  const subscribe = useCallback((listener: () => void) => store.subscribe(prefix, listener), [store, prefix]);
  return useSyncExternalStore(subscribe, () => {
    const version = store.version(prefix);
    const held = cache.current;
    if (held && held.version === version && held.compute === compute) return held.result;
    const fresh = compute(store.values<T>(prefix));
    const result = held && sameJson(held.result, fresh) ? held.result : fresh;
    cache.current = { version, compute, result };
    return result;
  });
}

export function useLink(): LinkState {
  const { connection } = useBoardSource();
  return useSyncExternalStore(connection.subscribe, () => connection.state);
}

/** A value that follows the server's clock, evaluated every second; renders again only when it differs. */
export function useTicking<R extends string | number | boolean | null>(evaluate: (now: number) => R): R {
  const { ticker, connection } = useBoardSource();
  const [value, setValue] = useState<R>(() => evaluate(connection.now()));
  useEffect(() => ticker.add((now) => setValue(evaluate(now))), [ticker, evaluate]);
  return value;
}

export function useFreshness(): Freshness {
  const { connection, ticker } = useBoardSource();
  const evaluate = useCallback(() => freshnessOf(connection.state.asOf, connection.now()), [connection]);
  const [value, setValue] = useState<Freshness>(evaluate);
  useEffect(() => {
    // A frame makes the board live again at once; only growing old is left to the ticker.
    const stopFrames = connection.subscribe(() => setValue(evaluate()));
    const stopTicks = ticker.add(() => setValue(evaluate()));
    return () => {
      stopFrames();
      stopTicks();
    };
  }, [connection, ticker, evaluate]);
  return value;
}

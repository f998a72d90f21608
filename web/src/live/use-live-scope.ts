import { useEffect, useRef, useState } from 'react';
import type { LiveScope } from '../../../src/shared/live.js';
import { BoardConnection } from './connection.js';
import { Ticker } from './ticker.js';
import type { BoardSource } from './use-board.js';

/**
 * A connection of one's own to a scope, for a `BoardContext`; closed with the page. Null before the first render is over.
 * @param onRefused as for BoardConnection: says whether the session is over
 */
export function useLiveScope(scope: LiveScope, onRefused: () => Promise<boolean>): BoardSource | null {
  const [source, setSource] = useState<BoardSource | null>(null);
  const refused = useRef(onRefused);
  refused.current = onRefused;
  useEffect(() => {
    const connection = new BoardConnection(scope, () => refused.current());
    setSource({ connection, ticker: new Ticker(() => connection.now()) });
    connection.open();
    return () => connection.close();
  }, [scope]);
  return source;
}

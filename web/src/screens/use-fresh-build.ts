import { useEffect, useRef } from 'react';
import { hasNewBuild } from '../api/index.js';
import { useLink } from '../live/index.js';

/** Not all TVs of a building in the same second. */
const SPREAD_MS = 15_000;

/** After an upgrade of the server a TV loads its page anew: nobody else would. It looks whenever it is connected again. */
export function useFreshBuild(): void {
  const { phase } = useLink();
  const wasLost = useRef(false);
  useEffect(() => {
    if (phase === 'reconnecting') wasLost.current = true;
    if (phase !== 'connected' || !wasLost.current) return;
    wasLost.current = false;
    const timer = setTimeout(() => {
      void hasNewBuild().then((isNew) => isNew && location.reload());
    }, Math.random() * SPREAD_MS);
    return () => clearTimeout(timer);
  }, [phase]);
}

import { useSyncExternalStore } from 'react';

/** Up to here a table of many columns is read as a list. The same width as in the style sheets. */
const NARROW = '(max-width: 40rem)';

function subscribe(tell: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener('change', tell);
  return () => query.removeEventListener('change', tell);
}

/** Whether the page has the width of a phone. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches);
}

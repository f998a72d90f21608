import { useEffect, useLayoutEffect, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router';

/** By entry of the history; what is behind this many nobody goes back to. */
const ENTRIES_AT_MOST = 200;
/** A page that has not grown until then has become a shorter one. */
const PATIENCE_MS = 5_000;
const positions = new Map<string, number>();

/**
 * The way back leads to where one was, another page begins at its top, and a filter of the same page moves nothing. The
 * browser does this itself only for pages that are there at once; these ask for their figures first.
 */
export function ScrollMemory() {
  const { key, pathname } = useLocation();
  const isBack = useNavigationType() === 'POP';
  const path = useRef(pathname);
  useEffect(() => {
    history.scrollRestoration = 'manual';
    // After a reload the browser knows best.
    const leave = () => {
      history.scrollRestoration = 'auto';
    };
    window.addEventListener('pagehide', leave);
    return () => window.removeEventListener('pagehide', leave);
  }, []);
  useLayoutEffect(() => {
    const isOther = path.current !== pathname;
    path.current = pathname;
    const kept = positions.get(key);
    const stop = isBack && kept !== undefined ? scrollWhenThere(kept) : undefined;
    if (isOther && stop === undefined) window.scrollTo(0, 0);
    const keep = () => remember(key, window.scrollY);
    window.addEventListener('scroll', keep, { passive: true });
    return () => {
      stop?.();
      window.removeEventListener('scroll', keep);
    };
  }, [key, pathname, isBack]);
  return null;
}

function remember(key: string, top: number): void {
  positions.delete(key);
  positions.set(key, top);
  const [oldest] = positions.keys();
  if (positions.size > ENTRIES_AT_MOST && oldest !== undefined) positions.delete(oldest);
}

const HANDS = ['wheel', 'touchstart', 'keydown', 'pointerdown'] as const;

/** As soon as the page is long enough, unless somebody scrolls meanwhile. Returns how to give up. */
function scrollWhenThere(top: number): () => void {
  const isThere = () => document.documentElement.scrollHeight - window.innerHeight >= top;
  const look = () => {
    if (!isThere()) return;
    window.scrollTo(0, top);
    stop();
  };
  const grown = new MutationObserver(look);
  const timer = setTimeout(() => stop(), PATIENCE_MS);
  const stop = () => {
    grown.disconnect();
    clearTimeout(timer);
    for (const hand of HANDS) window.removeEventListener(hand, stop);
  };
  for (const hand of HANDS) window.addEventListener(hand, stop, { passive: true });
  grown.observe(document.body, { childList: true, subtree: true });
  look();
  return stop;
}

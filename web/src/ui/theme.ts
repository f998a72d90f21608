import { useSyncExternalStore } from 'react';

/** Light or dark: asked for in the address, else remembered, else dark on walls and light on desks. */
export type Theme = 'dark' | 'light';

const REMEMBERED = 'tallyboard.theme';
const listeners = new Set<() => void>();
let chosen: Theme | null = readChoice();

function readChoice(): Theme | null {
  const asked = new URLSearchParams(location.search).get('theme');
  if (asked === 'dark' || asked === 'light') return asked;
  try {
    const kept = localStorage.getItem(REMEMBERED);
    return kept === 'dark' || kept === 'light' ? kept : null;
  } catch {
    return null; // Storage can be forbidden; the choice is then not remembered.
  }
}

export function chooseTheme(theme: Theme): void {
  chosen = theme;
  try {
    localStorage.setItem(REMEMBERED, theme);
  } catch {
    // See `readChoice`.
  }
  for (const listener of listeners) listener();
}

export function useTheme(fallback: Theme): Theme {
  const theme = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => chosen,
  );
  return theme ?? fallback;
}

/** `?theme=` and nothing else, for the wall: a desk's remembered choice must not turn a TV white. */
export function wallTheme(search: string): Theme {
  return new URLSearchParams(search).get('theme') === 'light' ? 'light' : 'dark';
}

import { useEffect, useState } from 'react';
import { useLocation } from 'react-router';

/** Entries of the history whose state is worth remembering; the oldest go first. */
const ENTRIES_AT_MOST = 400;
const kept = new Map<string, unknown>();

/**
 * State that comes back with the back button: how a table was sorted, which list was opened. It belongs to the entry of the
 * browser's history, not to the address: a link shared with somebody shows the page as it begins.
 */
export function useKept<Value>(name: string, initial: Value): [Value, (next: Value) => void] {
  const id = `${useLocation().key} ${name}`;
  const [value, setValue] = useState<Value>(() => (kept.has(id) ? (kept.get(id) as Value) : initial));
  useEffect(() => {
    kept.delete(id);
    kept.set(id, value);
    for (const oldest of kept.keys()) {
      if (kept.size <= ENTRIES_AT_MOST) break;
      kept.delete(oldest);
    }
  }, [id, value]);
  return [value, setValue];
}

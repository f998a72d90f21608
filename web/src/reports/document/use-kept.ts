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
  const [held, hold] = useState(() => ({ id, name, value: keptOr(id, initial) }));
  let value = held.value;
  if (held.id !== id) {
    // Another entry of the history, and the page stayed: one gone back to as it was left, a new one as it stands here now.
    value = keptOr(id, held.name === name ? held.value : initial);
    hold({ id, name, value });
  }
  useEffect(() => {
    kept.delete(id);
    kept.set(id, value);
    for (const oldest of kept.keys()) {
      if (kept.size <= ENTRIES_AT_MOST) break;
      kept.delete(oldest);
    }
  }, [id, value]);
  return [value, (next) => hold({ id, name, value: next })];
}

function keptOr<Value>(id: string, otherwise: Value): Value {
  return kept.has(id) ? (kept.get(id) as Value) : otherwise;
}

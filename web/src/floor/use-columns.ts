import { useMemo, useState } from 'react';
import { type Column, type ColumnId, columnsShown } from './columns.js';

/** Room for every column that is shown at first. */
const WIDE = '(min-width: 1600px)';
const REMEMBERED = 'tallyboard.floor.columns';

function remembered(): string[] | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(REMEMBERED) ?? 'null');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : null;
  } catch {
    return null; // Storage can be forbidden, or hold what an older page wrote.
  }
}

/** The columns of this browser; null sets them back. */
export function useColumns(): [Column[], (chosen: ColumnId[] | null) => void] {
  const [chosen, setChosen] = useState(remembered);
  const [isWide] = useState(() => matchMedia(WIDE).matches);
  const columns = useMemo(() => columnsShown(chosen, isWide), [chosen, isWide]);
  const choose = (next: ColumnId[] | null): void => {
    setChosen(next);
    try {
      if (next === null) localStorage.removeItem(REMEMBERED);
      else localStorage.setItem(REMEMBERED, JSON.stringify(next));
    } catch {
      // See `remembered`.
    }
  };
  return [columns, choose];
}

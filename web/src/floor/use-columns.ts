import { useMemo, useState } from 'react';
import { type Column, type ColumnId, columnsShown, type ScreenSize } from './columns.js';

/** The width from which there is room for every column that is shown at first, and up to which it is a phone's. */
const WIDE = '(min-width: 1600px)';
const PHONE = '(max-width: 760px)';

function screenSize(): ScreenSize {
  if (matchMedia(PHONE).matches) return 'phone';
  return matchMedia(WIDE).matches ? 'wide' : 'desk';
}

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
  const [size] = useState(screenSize);
  const columns = useMemo(() => columnsShown(chosen, size), [chosen, size]);
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

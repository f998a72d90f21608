/** Which rows of a long list are drawn, and where the keyboard leads. All rows are of one height. Pure. */

export interface RowWindow {
  /** Half-open. */
  from: number;
  to: number;
}

/** Rows drawn beyond the edge, so that a short scroll shows no gap. */
const BEYOND = 4;

export function windowOf(scrollTop: number, height: number, rowHeight: number, count: number): RowWindow {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - BEYOND);
  const last = Math.ceil((scrollTop + height) / rowHeight) + BEYOND;
  return { from: Math.min(first, Math.max(0, count - 1)), to: Math.min(count, Math.max(last, 0)) };
}

/** How far to scroll so that a row is wholly in sight below a head of `headHeight`; null: it is already. */
export function scrollFor(
  index: number,
  scrollTop: number,
  view: { height: number; headHeight: number },
  rowHeight: number,
): number | null {
  const top = index * rowHeight;
  const room = view.height - view.headHeight;
  if (top < scrollTop) return top;
  return top + rowHeight > scrollTop + room ? top + rowHeight - room : null;
}

/** The row a key leads to from `index` (−1: none yet); null: not a key that moves. */
export function rowAfter(key: string, index: number, count: number, page: number): number | null {
  if (count === 0) return null;
  const within = (wanted: number) => Math.min(count - 1, Math.max(0, wanted));
  switch (key) {
    case 'ArrowDown':
      return within(index + 1);
    case 'ArrowUp':
      return within(index < 0 ? 0 : index - 1);
    case 'PageDown':
      return within(Math.max(0, index) + page);
    case 'PageUp':
      return within(Math.max(0, index) - page);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

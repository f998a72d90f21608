/** The model of a heat map: what its cells say and how strongly they are coloured. Pure. */

export interface HeatCell {
  /** "41.2%"; "—" for no value. */
  text: string;
  value: number | null;
  /** Lines below the figure where there is room: its interval, and what it is counted over. */
  small: string[];
  /** Lines of the note that opens at the cell. */
  note: string[];
  /** Counted over so little that the value says hardly anything. */
  isFaint: boolean;
  /** Address of what it was counted over; null: there is none. */
  to: string | null;
}

export interface HeatMapSpec {
  columns: string[];
  rows: { name: string; cells: HeatCell[] }[];
  /** Words at both ends of the scale. */
  least: string;
  most: string;
}

/** From this many counted ones on a cell is coloured in full. */
export const FEW_SAMPLES = 30;

/**
 * 0–1 for each cell, over the values that rest on enough; what rests on little is held to the same scale and does not
 * stretch it. Null: no value.
 */
export function heatLevels(rows: HeatMapSpec['rows']): (number | null)[][] {
  const all = rows.flatMap(({ cells }) => cells);
  const firm = all.filter(({ value, isFaint }) => value !== null && !isFaint);
  const judged = (firm.length > 0 ? firm : all).flatMap(({ value }) => value ?? []);
  const [least, most] = [Math.min(...judged), Math.max(...judged)];
  const level = (value: number) => (most > least ? Math.min(1, Math.max(0, (value - least) / (most - least))) : 0.5);
  return rows.map(({ cells }) => cells.map(({ value }) => (value === null ? null : level(value))));
}

/** Least and most of what the scale was made of; null: nothing has a value. */
export function heatEnds(
  cells: readonly Pick<HeatCell, 'value' | 'isFaint'>[],
): { least: number; most: number } | null {
  const firm = cells.filter(({ value, isFaint }) => value !== null && !isFaint);
  const judged = (firm.length > 0 ? firm : cells).flatMap(({ value }) => value ?? []);
  return judged.length === 0 ? null : { least: Math.min(...judged), most: Math.max(...judged) };
}

/** The cell an arrow key leads to from another; the same one at an edge or for other keys. */
export function nextCell(
  key: string,
  at: { row: number; column: number },
  size: { rows: number; columns: number },
): { row: number; column: number } {
  const within = (value: number, most: number) => Math.min(most - 1, Math.max(0, value));
  switch (key) {
    case 'ArrowLeft':
      return { ...at, column: within(at.column - 1, size.columns) };
    case 'ArrowRight':
      return { ...at, column: within(at.column + 1, size.columns) };
    case 'ArrowUp':
      return { ...at, row: within(at.row - 1, size.rows) };
    case 'ArrowDown':
      return { ...at, row: within(at.row + 1, size.rows) };
    case 'Home':
      return { ...at, column: 0 };
    case 'End':
      return { ...at, column: size.columns - 1 };
    default:
      return at;
  }
}

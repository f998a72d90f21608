/** Minutes after midnight as a clock shows them, and back. Pure. */

/** Every quarter hour of a day, in minutes: 0, 15, … 1425. */
export const QUARTERS: readonly number[] = Array.from({ length: 96 }, (_, i) => i * 15);

/** 37 → "09:15": the quarter hour of a day that begins then. */
export const quarterText = (quarter: number): string => clockText(quarter * 15);

/** 90 → "01:30". Past midnight it counts on: 1530 → "25:30". */
export function clockText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/**
 * CSV that leaves the system (RFC 4180): a cell a spreadsheet would take for a formula is made text with an apostrophe
 * (design.md, section 6), and `readCell` takes exactly that away again. Pure.
 */
export type Cell = string | number | null;

/** What spreadsheets skip before they look for a formula: byte order marks, zero-width and control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are meant
const SKIPPED = /^[\s\u0000-\u001f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+/;

function isFormula(text: string): boolean {
  // Full-width forms count like the plain ones.
  const start = text.replace(SKIPPED, '').normalize('NFKC').charAt(0);
  return /[=+\-@|%]/.test(start) || /^[\t\r\n]/.test(text);
}

function written(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = isFormula(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line with its end. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(written).join(',')}\r\n`;
}

/** A cell as somebody typed it, or as `csvLine` wrote it. */
export function readCell(text: string): string {
  // With its end: a tab alone is a formula to `csvLine` too.
  const begun = text.trimStart();
  return (begun.startsWith("'") && isFormula(begun.slice(1)) ? begun.slice(1) : begun).trim();
}

/** Tables on paper: columns as wide as their figures, heads repeated on every page, more columns than fit in bands. */
import type { DocumentRow, ReportColumn, TableSection } from '../../../shared/reports.js';
import type { LocalTime } from '../local-time.js';
import { BAD, GOOD, GROUND, INK, MUTED, RULE } from '../palette.js';
import { printCell } from '../print.js';
import { WORDS } from '../words.js';
import { INNER, MARGIN, type Pages, type TextStyle } from './pages.js';

const SIZE = 8.5;
const PAD = 4;
const TEXT_MAX = 190;
const TEXT_MIN = 60;
const LINES_MAX = 3;
/** More rows are nothing for paper: the file says so, and that CSV and XLSX have them all. */
const ROWS_MAX = 1_000;

interface Printed {
  cells: string[];
  kind: 'row' | 'total';
  colour: string;
}

interface Band {
  columns: number[];
  widths: number[];
}

/** `linesMax`: of a cell; a longer text ends with "…". */
export function drawTable(pages: Pages, section: TableSection, zone: LocalTime, linesMax = LINES_MAX): void {
  const { language } = pages;
  pages.room(90);
  pages.y += pages.text(section.title[language], MARGIN, pages.y, INNER, { size: 13, bold: true }) + 4;
  if (section.rows.length === 0 && section.totals === null) {
    pages.y += pages.text(WORDS.noData[language], MARGIN, pages.y, INNER, { colour: MUTED }) + 14;
    return;
  }
  const shown = section.rows.slice(0, ROWS_MAX).map((row) => printed(row, section, pages, zone));
  const totals =
    section.totals === null ? [] : [printed({ ...section.totals, emphasis: 'total' }, section, pages, zone)];
  const all = [...shown, ...totals];
  for (const band of bands(pages, section.columns, all)) drawBand(pages, section.columns, band, all, linesMax);
  if (section.rows.length > ROWS_MAX) cutNote(pages, section.rows.length);
  if (section.note !== undefined) {
    pages.y += pages.text(section.note[language], MARGIN, pages.y, INNER, { size: 8, colour: MUTED }) + 4;
  }
  pages.y += 14;
}

function cutNote(pages: Pages, rows: number): void {
  const text =
    pages.language === 'zh'
      ? `此处只列出 ${rows} 行中的前 ${ROWS_MAX} 行；合计包含全部数据，完整明细见 CSV 或 XLSX。`
      : `The first ${ROWS_MAX} of ${rows} rows; the totals count all of them. CSV and XLSX have every row.`;
  pages.y += pages.text(text, MARGIN, pages.y, INNER, { size: 8, colour: MUTED }) + 4;
}

function printed(row: DocumentRow, section: TableSection, pages: Pages, zone: LocalTime): Printed {
  return {
    cells: section.columns.map((column, at) => printCell(row.cells[at] ?? null, column.type, pages.language, zone)),
    kind: row.emphasis === 'total' ? 'total' : 'row',
    colour: row.emphasis === 'good' ? GOOD : row.emphasis === 'bad' ? BAD : INK,
  };
}

const isText = (column: ReportColumn | undefined): boolean => column?.type === 'text';

/** The columns side by side that fit on a page; the leading names come back in every band. */
function bands(pages: Pages, columns: readonly ReportColumn[], rows: readonly Printed[]): Band[] {
  const natural = columns.map((column, at) => naturalWidth(pages, column, at, rows));
  const firstFigure = columns.findIndex((column) => !isText(column));
  const keys = Math.min(2, firstFigure === -1 ? columns.length : firstFigure);
  const keyColumns = columns.slice(0, keys).map((_, at) => at);
  const keyWidth = sum(keyColumns.map((at) => natural[at]?.least ?? 0));
  const found: Band[] = [];
  let open: number[] = [];
  let used = keyWidth;
  for (let at = keys; at < columns.length; at += 1) {
    const width = natural[at]?.least ?? 0;
    if (open.length > 0 && used + width > INNER) {
      found.push(bandOf([...keyColumns, ...open], natural, columns));
      open = [];
      used = keyWidth;
    }
    open.push(at);
    used += width;
  }
  found.push(bandOf([...keyColumns, ...open], natural, columns));
  return found;
}

/** What is left over goes to texts that want more, then to all columns alike. */
function bandOf(at: number[], natural: readonly Width[], columns: readonly ReportColumn[]): Band {
  const widths = at.map((one) => natural[one]?.least ?? 0);
  const taken = sum(widths);
  if (taken > INNER) return { columns: at, widths: widths.map((width) => (width * INNER) / taken) };
  const wants = at.map((one, i) => Math.max(0, (natural[one]?.wanted ?? 0) - (widths[i] ?? 0)));
  const given = Math.min(1, (INNER - taken) / Math.max(1, sum(wants)));
  const wide = widths.map((width, i) => width + (wants[i] ?? 0) * given);
  const even = Math.min(30, (INNER - sum(wide)) / at.length);
  return { columns: at, widths: wide.map((width, i) => width + (isText(columns[at[i] ?? 0]) ? 0 : even)) };
}

interface Width {
  /** What it takes not to break a figure, or a text too often. */
  least: number;
  /** What its longest cell takes on one line. */
  wanted: number;
}

function naturalWidth(pages: Pages, column: ReportColumn, at: number, rows: readonly Printed[]): Width {
  const lines = rows.flatMap((row) =>
    (row.cells[at] ?? '').split('\n').map((line) => pages.width(pages.printable(line), bodyStyle(row))),
  );
  const widest = Math.max(0, ...lines);
  const name = pages.width(pages.printable(column.name[pages.language]), HEAD);
  const head = Math.min(name, Math.max(46, name / 2 + 6));
  const least = isText(column) ? Math.min(TEXT_MAX, Math.max(TEXT_MIN, widest, head)) : Math.max(widest, head);
  // Pieces of a line measured one by one come to a hair more than the line.
  const more = 2 * PAD + 2;
  return { least: least + more, wanted: Math.max(least, Math.min(widest, INNER / 2), name) + more };
}

const HEAD: TextStyle = { size: SIZE, bold: true, colour: MUTED };

function bodyStyle(row: Printed): TextStyle {
  return { size: SIZE, bold: row.kind === 'total', colour: row.colour };
}

function drawBand(
  pages: Pages,
  columns: readonly ReportColumn[],
  band: Band,
  rows: readonly Printed[],
  linesMax: number,
): void {
  const head = band.columns.map((at) => columns[at]?.name[pages.language] ?? '');
  const headLines = head.map((text, i) => pages.lines(text, (band.widths[i] ?? 0) - 2 * PAD, HEAD));
  const headHeight = pages.height(Math.max(1, ...headLines.map((lines) => lines.length)), HEAD) + PAD;
  const drawHead = (): void => {
    pages.box(MARGIN, pages.y, sum(band.widths), headHeight, GROUND);
    drawCells(pages, columns, band, headLines, pages.y + PAD / 2, HEAD);
    pages.y += headHeight;
  };
  pages.room(headHeight + 3 * SIZE);
  drawHead();
  for (const row of rows) {
    const style = { ...bodyStyle(row), maxLines: linesMax };
    const lines = band.columns.map((at, i) => pages.lines(row.cells[at] ?? '', (band.widths[i] ?? 0) - 2 * PAD, style));
    const height = pages.height(Math.max(1, ...lines.map((one) => one.length)), style) + PAD;
    if (pages.room(height)) drawHead();
    if (row.kind === 'total') pages.rule(MARGIN, pages.y, MARGIN + sum(band.widths), pages.y, INK, 0.8);
    drawCells(pages, columns, band, lines, pages.y + PAD / 2, style);
    pages.y += height;
    pages.rule(MARGIN, pages.y, MARGIN + sum(band.widths), pages.y, RULE, 0.35);
  }
  pages.y += 8;
}

const sum = (widths: readonly number[]): number => widths.reduce((total, width) => total + width, 0);

function drawCells(
  pages: Pages,
  columns: readonly ReportColumn[],
  band: Band,
  cells: readonly string[][],
  y: number,
  style: TextStyle,
): void {
  let x = MARGIN;
  cells.forEach((lines, i) => {
    const width = band.widths[i] ?? 0;
    const column = columns[band.columns[i] ?? 0];
    const align = isText(column) || column?.type === 'date' ? 'left' : 'right';
    lines.forEach((line, at) => {
      pages.line(line, x + PAD, y + pages.height(at, style), width - 2 * PAD, { ...style, align });
    });
    x += width;
  });
}

/** Tables on paper: columns as wide as their figures, heads repeated on every page, more columns than fit in bands. */
import { countsInParts } from '../../../shared/report-columns.js';
import type { DocumentRow, ReportColumn, TableSection } from '../../../shared/reports.js';
import type { LocalTime } from '../local-time.js';
import { BAD, GOOD, GROUND, INK, MUTED, RULE } from '../palette.js';
import { printCell } from '../print.js';
import { WORDS } from '../words.js';
import { BOTTOM, INNER, MARGIN, type Pages, type TextStyle } from './pages.js';

const SIZE = 8.5;
const PAD = 4;
const TEXT_MAX = 190;
const TEXT_MIN = 60;
/** Of a cell; a longer text ends with "…". */
const LINES_MAX = 3;
/** The last rows stay together, so that no total stands alone on a page. */
const LAST_ROWS = 3;
/** So few rows are not torn apart at all; of more so many stand below the head before a page ends. */
const WHOLE_ROWS = 12;
const FIRST_ROWS = 8;
/** More rows are nothing for paper: the file says so, and that CSV and XLSX have them all. */
const ROWS_MAX = 1_000;

interface Printed {
  cells: string[];
  kind: 'row' | 'total';
  /** Of the row's name; its figures stay dark, or a page of them could not be read. */
  colour: string;
}

interface LaidRow {
  row: Printed;
  style: TextStyle;
  lines: string[][];
  height: number;
}

interface LaidBand extends Band {
  head: string[][];
  headHeight: number;
  rows: LaidRow[];
}

interface Band {
  columns: number[];
  widths: number[];
}

export function drawTable(pages: Pages, section: TableSection, zone: LocalTime): void {
  const { language } = pages;
  if (section.rows.length === 0 && section.totals === null) {
    pages.room(60);
    pages.heading(section.title[language]);
    pages.y += pages.text(WORDS.noData[language], MARGIN, pages.y, INNER, { colour: MUTED }) + pages.gap(14);
    return;
  }
  const inParts = countsInParts(section);
  const print = (row: DocumentRow): Printed => printed(row, section, inParts, pages, zone);
  const shown = section.rows.slice(0, ROWS_MAX).map(print);
  const totals = section.totals === null ? [] : [print({ ...section.totals, emphasis: 'total' })];
  const all = [...shown, ...totals];
  const laid = bands(pages, section.columns, all).map((band) => layBand(pages, section.columns, band, all));
  const [first] = laid;
  const last = laid.length - 1;
  const note = noteHeight(pages, section) + pages.reserve;
  const title = section.title[language];
  if (first !== undefined) pages.room(pages.headingHeight(title) + leastHeight(first, last === 0 ? note : 0));
  pages.heading(title);
  laid.forEach((band, index) => {
    const after = index === last ? note : 0;
    if (index > 0) pages.room(leastHeight(band, after));
    drawBand(pages, section.columns, band, after);
  });
  if (section.rows.length > ROWS_MAX) cutNote(pages, section.rows.length);
  if (section.note !== undefined) {
    pages.y += pages.text(section.note[language], MARGIN, pages.y, INNER, { size: 8, colour: MUTED }) + 4;
  }
  pages.y += pages.gap(14);
}

/** Below the rows of a band. */
const BAND_GAP = 8;
/** What no page has room for cannot stay together. */
const WHOLE_HEIGHT = (BOTTOM - MARGIN) * 0.8;

/** What has to fit for a table to begin here: all of a short one, of others the head and some rows. */
function leastHeight({ headHeight, rows }: LaidBand, after: number): number {
  const whole = headHeight + sum(rows.map(({ height }) => height)) + after;
  if (rows.length <= WHOLE_ROWS && whole <= WHOLE_HEIGHT) return whole;
  return headHeight + sum(rows.slice(0, FIRST_ROWS).map(({ height }) => height));
}

/** A note stays with the rows it speaks of. */
function noteHeight(pages: Pages, { note }: TableSection): number {
  if (note === undefined) return 0;
  return pages.height(pages.lines(note[pages.language], INNER, { size: 8 }).length, { size: 8 }) + pages.gap(BAND_GAP);
}

function cutNote(pages: Pages, rows: number): void {
  const text =
    pages.language === 'zh'
      ? `此处只列出 ${rows} 行中的前 ${ROWS_MAX} 行；合计包含全部数据，完整明细见 CSV 或 XLSX。`
      : `The first ${ROWS_MAX} of ${rows} rows; the totals count all of them. CSV and XLSX have every row.`;
  pages.y += pages.text(text, MARGIN, pages.y, INNER, { size: 8, colour: MUTED }) + 4;
}

function printed(
  row: DocumentRow,
  section: TableSection,
  inParts: ReadonlySet<number>,
  pages: Pages,
  zone: LocalTime,
): Printed {
  const cells = section.columns.map((column, at) =>
    printCell(row.cells[at] ?? null, column.type, pages.language, zone, inParts.has(at)),
  );
  const mark = row.emphasis === 'good' ? '▲ ' : row.emphasis === 'bad' ? '▼ ' : '';
  return {
    cells: cells.map((cell, at) => (at === 0 ? `${mark}${cell}` : cell)),
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
  return { size: SIZE, bold: row.kind === 'total' };
}

function layBand(pages: Pages, columns: readonly ReportColumn[], band: Band, rows: readonly Printed[]): LaidBand {
  const inner = (i: number): number => (band.widths[i] ?? 0) - 2 * PAD;
  const head = band.columns.map((at, i) => pages.lines(columns[at]?.name[pages.language] ?? '', inner(i), HEAD));
  const laid = rows.map((row): LaidRow => {
    const style = { ...bodyStyle(row), maxLines: LINES_MAX };
    const lines = band.columns.map((at, i) => pages.lines(row.cells[at] ?? '', inner(i), style));
    return { row, style, lines, height: heightOf(pages, lines, style) };
  });
  return { ...band, head, headHeight: heightOf(pages, head, HEAD), rows: laid };
}

function heightOf(pages: Pages, lines: readonly string[][], style: TextStyle): number {
  return pages.height(Math.max(1, ...lines.map((one) => one.length)), style) + PAD;
}

/** `after`: height of what stands below the last row and stays with it. */
function drawBand(pages: Pages, columns: readonly ReportColumn[], band: LaidBand, after: number): void {
  const right = MARGIN + sum(band.widths);
  const drawHead = (): void => {
    pages.box(MARGIN, pages.y, sum(band.widths), band.headHeight, GROUND);
    drawCells(pages, columns, band, band.head, pages.y + PAD / 2, HEAD);
    pages.y += band.headHeight;
  };
  drawHead();
  band.rows.forEach(({ row, style, lines, height }, index) => {
    const isTail = index === Math.max(0, band.rows.length - LAST_ROWS);
    const together = isTail ? sum(band.rows.slice(index).map((one) => one.height)) + after : height;
    if (pages.room(together)) drawHead();
    if (row.kind === 'total') pages.rule(MARGIN, pages.y, right, pages.y, INK, 0.8);
    drawCells(pages, columns, band, lines, pages.y + PAD / 2, style, row.colour);
    pages.y += height;
    pages.rule(MARGIN, pages.y, right, pages.y, RULE, 0.35);
  });
  pages.y += pages.gap(BAND_GAP);
}

const sum = (widths: readonly number[]): number => widths.reduce((total, width) => total + width, 0);

function drawCells(
  pages: Pages,
  columns: readonly ReportColumn[],
  band: Band,
  cells: readonly string[][],
  y: number,
  style: TextStyle,
  nameColour: string = style.colour ?? INK,
): void {
  let x = MARGIN;
  cells.forEach((lines, i) => {
    const width = band.widths[i] ?? 0;
    const column = columns[band.columns[i] ?? 0];
    const align = isText(column) || column?.type === 'date' ? 'left' : 'right';
    lines.forEach((line, at) => {
      pages.line(line, x + PAD, y + pages.height(at, style), width - 2 * PAD, {
        ...style,
        align,
        colour: i === 0 ? nameColour : (style.colour ?? INK),
      });
    });
    x += width;
  });
}

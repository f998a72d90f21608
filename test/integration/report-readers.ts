/**
 * What files say, read by programs that are not ours: CSV by csv-parse, workbooks by hucre, PDF by poppler; and what they
 * should say, worked out from the document by other code than writes them. Imports only shapes from src.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';
import type { KpiValue, MoneyValue } from '../../src/shared/api.js';
import type { ReportCell, ReportDocument, TableSection } from '../../src/shared/reports.js';
import { pdfText } from '../support/pdf-text.js';
import { unzip } from '../support/unzip.js';

/** A figure, a text, or nothing. */
export type Said = number | string | null;

const MINOR: Record<string, number> = { JPY: 1, KRW: 1 };
const moneyOf = (cell: ReportCell | undefined): MoneyValue[] => {
  if (typeof cell !== 'object' || cell === null || 'en' in cell) return [];
  return Array.isArray(cell) ? cell : [cell];
};
const major = (one: MoneyValue): number => one.amountMinor / (MINOR[one.currency] ?? 100);

/** The rows of a table with its totals, as files with full precision should have them. */
export function rowsOf(section: TableSection): Said[][] {
  const all = [...section.rows, ...(section.totals === null ? [] : [section.totals])];
  const currencies = section.columns.map((_, at) =>
    [...new Set(all.flatMap((row) => moneyOf(row.cells[at]).map((one) => one.currency)))].sort(),
  );
  return all.map((row) =>
    section.columns.flatMap(({ type }, at): Said[] => {
      const cell = row.cells[at] ?? null;
      const found = currencies[at] ?? [];
      if ((type === 'money' || type === 'money_per_hour') && found.length > 0) {
        return found.map((currency) => {
          const amount = moneyOf(cell).find((one) => one.currency === currency);
          return amount === undefined ? null : major(amount);
        });
      }
      if (typeof cell === 'object' && cell !== null && 'en' in cell) return [cell.en];
      return [typeof cell === 'number' || typeof cell === 'string' ? cell : null];
    }),
  );
}

export function tablesOf(document: ReportDocument): TableSection[] {
  return document.sections.filter((section) => section.kind === 'table');
}

/** Tables of a CSV or of the .zip of several, in the order of the document; totals and rows as numbers where they are. */
export function csvTables(file: Buffer, document: ReportDocument): Said[][][] {
  const isZip = file.subarray(0, 2).toString('latin1') === 'PK';
  const files = isZip ? [...unzip(file)].filter(([name]) => /^\d\d-/.test(name)) : [['01-rows.csv', file] as const];
  const tables = tablesOf(document).map(({ id }) => {
    const found = files.find(([name]) => !isZip || name.slice(3) === `${id}.csv`);
    if (found === undefined) throw new Error(`no CSV of ${id} among ${files.map(([name]) => name).join(', ')}`);
    return found[1];
  });
  return tables.map((bytes, index) => {
    const [, ...rows]: string[][] = parse(bytes, { bom: true });
    const types = flatTypes(tablesOf(document)[index]);
    return rows.map((row) => row.slice(1).map((cell, at) => saidOf(cell, types[at] ?? 'text')));
  });
}

function saidOf(cell: string, type: string): Said {
  if (cell === '') return null;
  const isText = type === 'text' || type === 'date' || type === 'instant';
  return isText || Number.isNaN(Number(cell)) ? cell.replace(/^'/, '') : Number(cell);
}

/** Types of the columns, amounts once for each currency. */
function flatTypes(section: TableSection | undefined): string[] {
  if (section === undefined) return [];
  const all = [...section.rows, ...(section.totals === null ? [] : [section.totals])];
  return section.columns.flatMap(({ type }, at) => {
    const currencies = new Set(all.flatMap((row) => moneyOf(row.cells[at]).map((one) => one.currency)));
    return Array.from({ length: Math.max(1, currencies.size) }, () => type);
  });
}

/** Readers give durations as a time since the beginning of 1900, which to Excel had a 29 February. */
function durationSeconds(time: Date): number {
  const days = (time.getTime() - Date.UTC(1899, 11, 30)) / 86_400_000;
  return (days >= 61 ? days : days - 1) * 86_400;
}

/** Tables of a workbook in the order of the document: its sheets are an overview, one a table or chart, definitions. */
export async function xlsxTables(file: Buffer, document: ReportDocument): Promise<Said[][][]> {
  const { sheets } = await readXlsx(file);
  const drawn = document.sections.filter((section) => section.kind !== 'text');
  if (sheets.length !== drawn.length + 2) throw new Error(`${sheets.length} sheets for ${drawn.length} sections`);
  return drawn.flatMap((section, at) => {
    if (section.kind !== 'table') return [];
    const types = flatTypes(section);
    const count = section.rows.length + (section.totals === null ? 0 : 1);
    const rows = (sheets[at + 1]?.rows ?? []).slice(1, count + 1);
    return [rows.map((row) => types.map((type, column) => xlsxSaid(row[column] ?? null, type)))];
  });
}

function xlsxSaid(cell: unknown, type: string): Said {
  if (!(cell instanceof Date)) return typeof cell === 'number' || typeof cell === 'string' ? cell : null;
  if (type === 'seconds') return durationSeconds(cell);
  return type === 'date' ? cell.toISOString().slice(0, 10) : cell.toISOString();
}

export async function pdfWords(file: Buffer): Promise<{ text: string; words: Set<string> }> {
  const folder = await mkdtemp(join(tmpdir(), 'tallyboard-pack-'));
  try {
    const path = join(folder, 'pack.pdf');
    await writeFile(path, file);
    const text = (await pdfText(path)).replace(/\s+/g, ' ');
    return { text, words: new Set(text.split(' ')) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const decimals = (value: number, least: number, most: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: least, maximumFractionDigits: most });

/** A figure of a table as it should stand on paper in English; null: none. */
export function printed(value: KpiValue, type: string, isInParts = false): string[] {
  if (value === null) return [];
  if (typeof value !== 'number') {
    return moneyOf(value).map((one) =>
      one.amountMinor < 0
        ? ''
        : decimals(major(one), MINOR[one.currency] === 1 ? 0 : 2, MINOR[one.currency] === 1 ? 0 : 2),
    );
  }
  if (type === 'fraction') return [`${decimals(value * 100, 1, 1)}%`];
  if (type === 'seconds') {
    const whole = Math.round(value);
    const two = (part: number): string => String(part).padStart(2, '0');
    return value < 0 ? [] : [`${Math.floor(whole / 3_600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`];
  }
  const places = isInParts || !Number.isInteger(value) ? 2 : 0;
  return type === 'count' ? [decimals(value, places, places)] : [];
}

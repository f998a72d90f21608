/**
 * Of a replayed data set: a question of one's own, every ready-made report, their CSV, XLSX and PDF, and the OData feed say
 * what the API says and what the independent script computed from the files of the data set.
 */
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { writeDocument } from '../../src/reports/files/index.js';
import type { KpiValue } from '../../src/shared/api.js';
import {
  READY_REPORTS,
  type ReadyReportView,
  type ReportDocument,
  type TableSection,
} from '../../src/shared/reports.js';
import type { Api } from '../support/server.js';
import { csvTables, pdfWords, printed, rowsOf, type Said, tablesOf, xlsxTables } from './report-readers.js';

export interface Asked {
  from: string;
  to: string;
  kpis: string[];
}

type Figures = Record<string, number>;

export interface Truth {
  total: Figures;
  byAgent: Record<string, Figures>;
}

const REPORTS = '/api/v1/reports';

export async function checkReports(api: Api, asked: Asked, truth: Truth): Promise<void> {
  await checkQuestion(api, asked, truth);
  await checkReadyMade(api, asked, truth);
  await checkFeed(api, asked, truth);
}

/** By agent: the screen's document and each of its files, row by row against the script. */
async function checkQuestion(api: Api, { from, to, kpis }: Asked, truth: Truth): Promise<void> {
  const question = `from=${from}&to=${to}&kpis=${kpis.join(',')}&groupBy=agent`;
  const document = await api.get<ReportDocument>(`${REPORTS}/explore/document?${question}`);
  const [table] = tablesOf(document);
  if (table === undefined) throw new Error('a question without a table');
  expect(rowsByName(rowsOf(table), kpis)).toEqual({
    ...pick(truth.byAgent, kpis),
    Total: pick({ t: truth.total }, kpis).t,
  });
  expect(rowsByName(csvTables(await fileOf(document, 'csv'), document)[0] ?? [], kpis)).toEqual(
    rowsByName(rowsOf(table), kpis),
  );
  await checkFiles(document);
  const { text } = await pdfWords(await fileOf(document, 'pdf'));
  const figures = kpis.flatMap((kpi) => printed(truth.total[kpi] ?? null, kpi.endsWith('_s') ? 'seconds' : 'count'));
  expect(text).toContain(`Total ${figures.join(' ')}`);
}

function rowsByName(rows: readonly Said[][], kpis: readonly string[]): Record<string, Figures> {
  const named = rows.map(([name, ...figures]) => {
    const values = Object.fromEntries(kpis.map((kpi, at) => [kpi, Number(figures[at] ?? 0)]));
    return [name === 'Unassigned' ? 'unassigned' : String(name), values] as const;
  });
  return Object.fromEntries(named.filter(([, values]) => Object.values(values).some((value) => value !== 0)));
}

function pick(all: Record<string, Figures>, kpis: readonly string[]): Record<string, Figures> {
  return Object.fromEntries(
    Object.entries(all).map(([name, values]) => [name, Object.fromEntries(kpis.map((kpi) => [kpi, values[kpi] ?? 0]))]),
  );
}

/** Count a part by their nature: days and people with a target; hours in which calling is allowed. */
const PARTS: ReadonlySet<string> = new Set(['target_attainment', 'best_hours']);

/**
 * Headline figures that the script knows are the script's (of reports that take less than the whole range the sum of its
 * pieces); every file has every figure of every table.
 */
async function checkReadyMade(api: Api, { from, to, kpis }: Asked, truth: Truth): Promise<void> {
  const { rows } = await api.kpis(`from=${from}&to=${to}&groupBy=agent&kpis=${kpis.join(',')}`);
  const agent = rows.find(({ label }) => label in truth.byAgent);
  const reports = await api.get<ReadyReportView[]>(`${REPORTS}/ready`);
  expect(reports.map(({ id }) => id)).toEqual(expect.arrayContaining([...READY_REPORTS]));
  for (const { id, takes } of reports) {
    const of = takes.includes('agent_required') ? `&agent=${agent?.key}` : '';
    const documents = await documentsOf(api, `${REPORTS}/ready/${id}`, { from, to }, of);
    const expected = of === '' ? truth.total : (truth.byAgent[agent?.label ?? ''] ?? {});
    for (const kpi of kpis) {
      const said = documents.flatMap(({ headline }) =>
        headline.filter((one) => one.kpi === kpi).map(({ value }) => Number(value)),
      );
      if (said.length === 0) continue;
      if (PARTS.has(id)) expect(sum(said)).toBeLessThanOrEqual(expected[kpi] ?? 0);
      else expect({ id, kpi, said: sum(said) }).toEqual({ id, kpi, said: expected[kpi] });
    }
    const fullest = documents.map((one) => ({
      one,
      busy: sum(
        tablesOf(one)
          .flatMap(figuresOf)
          .map(() => 1),
      ),
    }));
    await checkFiles(fullest.reduce((most, next) => (next.busy > most.busy ? next : most)).one);
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Of the whole range, or where a report refuses so long a one, of its pieces. */
async function documentsOf(
  api: Api,
  path: string,
  { from, to }: { from: string; to: string },
  more: string,
): Promise<ReportDocument[]> {
  try {
    return [await api.get<ReportDocument>(`${path}?from=${from}&to=${to}${more}`)];
  } catch (error) {
    const days = /longer than (\d+) days/.exec(String(error))?.[1];
    if (days === undefined) throw error;
    const documents: ReportDocument[] = [];
    for (let at = from; at < to; ) {
      const end = new Date(Date.parse(at) + Number(days) * 86_400_000).toISOString().slice(0, 10);
      const next = end < to ? end : to;
      documents.push(await api.get<ReportDocument>(`${path}?from=${at}&to=${next}${more}`));
      at = next;
    }
    return documents;
  }
}

/** CSV and XLSX have the document's tables to the last digit, the PDF every figure of them as it is printed. */
async function checkFiles(document: ReportDocument): Promise<void> {
  const tables = tablesOf(document);
  const expected = tables.map(rowsOf);
  expect(csvTables(await fileOf(document, 'csv'), document)).toEqual(expected);
  const sheets = await xlsxTables(await fileOf(document, 'xlsx'), document);
  sheets.forEach((rows, index) => {
    compareSheet(rows, expected[index] ?? []);
  });
  const { words } = await pdfWords(await fileOf(document, 'pdf'));
  const missing = tables
    .flatMap((table) => figuresOf(table))
    .filter((figure) => ![...marked(figure)].some((one) => words.has(one)));
  expect({ id: document.id, missing }).toEqual({ id: document.id, missing: [] });
}

/** Times are kept as parts of a day there: to the hundredth of a second. */
function compareSheet(rows: Said[][], expected: Said[][]): void {
  expect(rows).toHaveLength(expected.length);
  rows.forEach((row, at) => {
    row.forEach((cell, column) => {
      const wanted = expected[at]?.[column] ?? null;
      if (typeof cell === 'number' && typeof wanted === 'number') expect(cell).toBeCloseTo(wanted, 2);
      else if (typeof wanted !== 'string' || !/T.*Z$/.test(wanted))
        expect(cell === '' ? null : cell).toEqual(wanted === '' ? null : wanted);
    });
  });
}

/** Of the rows a pack prints. Counts of a column that is no KPI's own (per head) have two decimals where any has. */
function figuresOf(table: TableSection): string[] {
  const totals = table.totals === null ? [] : [table.totals];
  const all = [...table.rows, ...totals].map(({ cells }) => cells);
  const inParts = table.columns.map(
    ({ kpi }, at) =>
      kpi === undefined && all.some((cells) => typeof cells[at] === 'number' && !Number.isInteger(cells[at])),
  );
  return [...table.rows.slice(0, 1_000), ...totals]
    .flatMap((row) => table.columns.flatMap(({ type }, at) => printed(figureOf(row.cells[at]), type, inParts[at])))
    .filter((one) => one !== '');
}

function figureOf(cell: unknown): KpiValue {
  if (typeof cell === 'number') return cell;
  return typeof cell === 'object' && cell !== null && !('en' in cell) ? (cell as KpiValue) : null;
}

/** Amounts stand with the sign of their currency. */
function marked(figure: string): string[] {
  return [figure, ...['$', '€', '¥', 'CN¥', '₪', '£'].map((sign) => sign + figure)];
}

/** The feed's days and quarter hours, page by page, add up to the script's totals. */
async function checkFeed(api: Api, { from, to, kpis }: Asked, truth: Truth): Promise<void> {
  const filter = encodeURIComponent(`business_date ge ${from} and business_date lt ${to}`);
  for (const set of ['KpiByDay', 'KpiByInterval']) {
    const sums: Figures = Object.fromEntries(kpis.map((kpi) => [kpi, 0]));
    let next: string | undefined = `/odata/v4/${set}?$select=${kpis.join(',')}&$filter=${filter}`;
    while (next !== undefined) {
      const page: { value: Record<string, number | string>[]; '@odata.nextLink'?: string } = await api.get(next);
      for (const row of page.value) for (const kpi of kpis) sums[kpi] = (sums[kpi] ?? 0) + Number(row[kpi]);
      const link = page['@odata.nextLink'];
      next = link === undefined ? undefined : pathOf(link, api.url);
    }
    expect({ set, sums }).toEqual({ set, sums: pick({ t: truth.total }, kpis).t });
  }
}

function pathOf(link: string, base: string): string {
  const url = new URL(link, `${base}/odata/v4/`);
  return url.pathname + url.search;
}

async function fileOf(document: ReportDocument, format: 'csv' | 'xlsx' | 'pdf'): Promise<Buffer> {
  const out = new PassThrough();
  const options = { language: 'en', organisation: 'Proof', madeBy: 'Proof', madeAt: document.asOf } as const;
  const [file] = await Promise.all([buffer(out), writeDocument([document], format, options, out)]);
  return file;
}

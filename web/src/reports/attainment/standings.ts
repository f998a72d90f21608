import type { KpiUnit, KpiValue, Localised } from '../../../../src/shared/api.js';
import type { DocumentRow, ReportCell, ReportDocument, TableSection } from '../../../../src/shared/reports.js';
import { dateInZone } from '../../format/index.js';
import { numberOf } from '../document/values.js';

/** Who is behind, by how much, and whether it is still possible: read out of the tables of the attainment report. Pure. */

export const STANDING_GROUPS = ['behind', 'onCourse', 'reached', 'nothing'] as const;
/** `nothing`: a target of nothing, or nothing is expected of it by now. */
export type StandingGroup = (typeof STANDING_GROUPS)[number];

/**
 * `likely`, `possible`, `unlikely`: the range in which it ends four times out of five lies beyond the target, around it,
 * short of it. `over`: its period has ended.
 */
export type Outlook = 'reached' | 'likely' | 'possible' | 'unlikely' | 'over';

export interface Standing {
  id: string;
  who: ReportCell;
  kind: 'teams' | 'people';
  kpi: string;
  name: Localised;
  unit: KpiUnit;
  currency: string | undefined;
  period: ReportCell;
  from: ReportCell;
  target: KpiValue;
  actual: KpiValue;
  /** Of the target, by now; null: nobody can say. */
  expected: KpiValue;
  attainment: number | null;
  pace: number | null;
  /** Actual − expected, in the unit (minor units of money). */
  gap: number | null;
  /** Expected ÷ target, 0–1. */
  mark: number | null;
  low: KpiValue;
  high: KpiValue;
  group: StandingGroup;
  outlook: Outlook | null;
  row: DocumentRow;
}

const NEEDED = ['who', 'period', 'from', 'target', 'actual', 'attainment', 'expected', 'pace', 'low', 'high'] as const;
type Column = (typeof NEEDED)[number];

/** Null: not a document of targets, or one of a form this page does not know; it is then shown as it is. */
export function standingsOf(document: ReportDocument): Standing[] | null {
  const tables = document.sections.filter((section) => section.kind === 'table');
  const others = document.sections.filter(({ kind }) => kind === 'text');
  if (document.id !== 'target_attainment' || tables.length === 0 || others.length > 0) return null;
  const found: Standing[] = [];
  for (const table of tables) {
    const places = placesOf(table);
    if (places === null) return null;
    for (const [at, row] of table.rows.entries()) {
      found.push(standingOf(document, table, row, `${table.id} ${at}`, places));
    }
  }
  return found;
}

function placesOf({ columns }: TableSection): Record<Column, number> | null {
  const places = NEEDED.map((id) => [id, columns.findIndex((column) => column.id === id)] as const);
  return places.every(([, place]) => place >= 0) ? (Object.fromEntries(places) as Record<Column, number>) : null;
}

function standingOf(
  document: ReportDocument,
  table: TableSection,
  row: DocumentRow,
  id: string,
  places: Record<Column, number>,
): Standing {
  const cell = (column: Column): ReportCell => row.cells[places[column]] ?? null;
  const figure = (column: Column): KpiValue => figureOf(cell(column));
  const column = table.columns[places.actual];
  const kpi = column?.kpi ?? table.id;
  const query = new URLSearchParams(row.calls);
  const until = query.get('to');
  const isOver = until !== null && dateInZone(Date.parse(document.asOf), document.timeZone) >= until;
  const [target, actual, expected] = [figure('target'), figure('actual'), figure('expected')];
  const [aim, done, due] = [numberOf(target), numberOf(actual), numberOf(expected)];
  const [attainment, pace] = [numberOf(figure('attainment')), numberOf(figure('pace'))];
  const isLowGood = document.definitions.find((one) => one.id === kpi)?.goodDirection === 'down';
  return {
    id,
    who: cell('who'),
    kind: query.has('agent') ? 'people' : 'teams',
    kpi,
    name: table.title,
    unit: unitOf(column?.type),
    currency: [target, actual].flatMap((value) => currencyOf(value) ?? [])[0],
    period: cell('period'),
    from: cell('from'),
    target,
    actual,
    expected,
    attainment,
    pace,
    gap: done === null || due === null ? null : done - due,
    mark: aim === null || aim <= 0 || due === null ? null : Math.min(1, Math.max(0, due / aim)),
    low: figure('low'),
    high: figure('high'),
    group: groupOf(row, attainment, pace, aim, isOver),
    outlook: outlookOf(
      { attainment, aim, low: numberOf(figure('low')), high: numberOf(figure('high')) },
      isOver,
      isLowGood,
    ),
    row,
  };
}

function groupOf(
  { emphasis }: DocumentRow,
  attainment: number | null,
  pace: number | null,
  aim: number | null,
  isOver: boolean,
): StandingGroup {
  if (emphasis === 'good') return 'reached';
  if (emphasis === 'bad') return 'behind';
  if (aim === 0 || attainment === null) return 'nothing';
  if (isOver) return 'behind';
  return pace === null ? 'nothing' : 'onCourse';
}

interface Ends {
  attainment: number | null;
  aim: number | null;
  low: number | null;
  high: number | null;
}

function outlookOf({ attainment, aim, low, high }: Ends, isOver: boolean, isLowGood: boolean): Outlook | null {
  // What must stay low is not reached before its end.
  if (attainment !== null && attainment >= 1 && (isOver || !isLowGood)) return 'reached';
  if (isOver) return 'over';
  if (aim === null || low === null || high === null) return null;
  if (isLowGood ? high <= aim : low >= aim) return 'likely';
  return (isLowGood ? low > aim : high < aim) ? 'unlikely' : 'possible';
}

function figureOf(cell: ReportCell): KpiValue {
  if (cell === null || typeof cell === 'string') return null;
  return typeof cell === 'object' && 'en' in cell ? null : cell;
}

const currencyOf = (value: KpiValue): string | undefined =>
  value === null || typeof value === 'number' ? undefined : [value].flat()[0]?.currency;

const UNITS: Partial<Record<string, KpiUnit>> = {
  count: 'count',
  fraction: 'fraction',
  seconds: 'seconds',
  money: 'money',
  per_hour: 'per_hour',
  money_per_hour: 'money_per_hour',
};
const unitOf = (type: string | undefined): KpiUnit => UNITS[type ?? ''] ?? 'count';

/**
 * Those of the KPI and kind somebody chose, as far as the document has them: both choices outlive a change of range or team.
 * `kind` null: they are of one kind only.
 */
export function chosenOf(
  standings: readonly Standing[],
  chosen: { kpi: string; kind: Standing['kind'] | null },
): { ofKpi: Standing[]; kind: Standing['kind'] | null; standings: Standing[] } {
  const asked = standings.some(({ kpi }) => kpi === chosen.kpi) ? chosen.kpi : '';
  const ofKpi = standings.filter(({ kpi }) => asked === '' || kpi === asked);
  const hasBoth = new Set(ofKpi.map(({ kind }) => kind)).size > 1;
  const kind = hasBoth ? (chosen.kind ?? 'teams') : null;
  return { ofKpi, kind, standings: ofKpi.filter((one) => kind === null || one.kind === kind) };
}

/** Standings of a group as they are shown. */
export interface GroupView {
  group: StandingGroup;
  standings: Standing[];
  shown: Standing[];
  isOpen: boolean;
}

export interface Order {
  by: StandingOrder;
  descending: boolean;
}

export type StandingOrder = 'who' | 'kpi' | 'attainment' | 'gap' | 'pace';

/** Furthest behind first, unless somebody pressed a heading; without a figure last. */
export function orderedStandings(
  standings: readonly Standing[],
  order: Order,
  textOf: (cell: ReportCell) => string,
): Standing[] {
  const { by, descending } = order;
  const sign = descending ? -1 : 1;
  const collator = new Intl.Collator('zh-Hans-CN', { numeric: true });
  const text = (one: Standing) => textOf(by === 'who' ? one.who : one.name);
  // Gaps of several KPIs have no common unit: by their share of the target.
  const figure = (one: Standing): number | null => {
    if (by !== 'gap') return by === 'pace' ? (one.pace ?? one.attainment) : one.attainment;
    const aim = numberOf(one.target);
    return one.gap === null || !aim ? null : one.gap / aim;
  };
  return [...standings].sort((a, b) => {
    if (by === 'who' || by === 'kpi') return sign * collator.compare(text(a), text(b));
    const [one, other] = [figure(a), figure(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return sign * (one - other);
  });
}

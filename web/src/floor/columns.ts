import type { KpiValue } from '../../../src/shared/api.js';
import { FLOOR_KPIS } from '../../../src/shared/live.js';
import { formatKpi, formatStopwatch, type Language, MISSING } from '../format/index.js';
import { figureText as wallText } from '../wallboard/figure-model.js';

/** The columns of Floor: what each holds, how wide it is, how its values are written. Pure. */

export type FloorKpi = (typeof FLOOR_KPIS)[number];
export type ColumnId = 'agent' | 'state' | 'time' | 'team' | 'call' | FloorKpi | 'attainment' | 'pace';
export type ColumnKind = 'text' | 'state' | 'time' | 'call' | 'count' | 'duration' | 'fraction' | 'money' | 'pace';

/** A phone, a desk, a desk with room to spare. */
export const SCREEN_SIZES = ['phone', 'desk', 'wide'] as const;
export type ScreenSize = (typeof SCREEN_SIZES)[number];

export interface Column {
  id: ColumnId;
  kind: ColumnKind;
  /** Width in px; `grows` takes what is left over. */
  width: number;
  grows?: true;
  /** Shown until somebody chooses, on screens of this size and larger ones; null: never. */
  from: ScreenSize | null;
  /** What the first click on its head sorts by. */
  first: 'asc' | 'desc';
}

const text = (id: ColumnId, width: number, kind: ColumnKind = 'text', from: ScreenSize = 'phone'): Column => ({
  id,
  kind,
  width,
  from,
  first: 'asc',
});
const figure = (id: FloorKpi, kind: ColumnKind, width: number, from: ScreenSize | null = 'phone'): Column => ({
  id,
  kind,
  width,
  from,
  first: 'desc',
});

const FIGURES: Record<FloorKpi, Column> = {
  dials: figure('dials', 'count', 62),
  connects: figure('connects', 'count', 86),
  connect_rate: figure('connect_rate', 'fraction', 92, null),
  talk_total_s: figure('talk_total_s', 'duration', 84),
  effective: figure('effective', 'count', 82),
  contacts: figure('contacts', 'count', 82),
  sales: figure('sales', 'count', 60),
  conversion_rate: figure('conversion_rate', 'fraction', 98),
  revenue: figure('revenue', 'money', 114),
  inbound_answered: figure('inbound_answered', 'count', 92, null),
  logged_in_s: figure('logged_in_s', 'duration', 90, null),
  occupancy: figure('occupancy', 'fraction', 98),
};

export const COLUMNS: readonly Column[] = [
  { ...text('agent', 140), grows: true },
  text('state', 108, 'state', 'desk'),
  { ...text('time', 102, 'time'), first: 'desc' },
  text('team', 128, 'text', 'wide'),
  text('call', 92, 'call'),
  ...FLOOR_KPIS.map((id) => FIGURES[id]),
  { id: 'attainment', kind: 'fraction', width: 104, from: 'phone', first: 'desc' },
  { id: 'pace', kind: 'pace', width: 104, from: 'phone', first: 'asc' },
];

const BY_ID = new Map<string, Column>(COLUMNS.map((column) => [column.id, column]));

export function columnOf(id: string): Column | undefined {
  return BY_ID.get(id);
}

export function isKpi(id: ColumnId): id is FloorKpi {
  return Object.hasOwn(FIGURES, id);
}

/** The name cannot be hidden: it says whose row it is. */
export function columnsShown(chosen: readonly string[] | null, size: ScreenSize): Column[] {
  const rank = SCREEN_SIZES.indexOf(size);
  if (chosen === null) return COLUMNS.filter(({ from }) => from !== null && SCREEN_SIZES.indexOf(from) <= rank);
  const wanted = new Set(chosen);
  return COLUMNS.filter(({ id }) => id === 'agent' || wanted.has(id));
}

export function widthOf(columns: readonly Column[]): number {
  return columns.reduce((sum, { width }) => sum + width, 0);
}

const UNITS = { count: 'count', fraction: 'fraction', pace: 'fraction' } as const;

/** A figure as a cell writes it; running times as a stopwatch does, so that a column lines up. */
export function figureText(kind: ColumnKind, value: KpiValue | undefined, language: Language): string {
  if (value === null || value === undefined) return MISSING;
  if (kind === 'duration') return typeof value === 'number' ? formatStopwatch(value * 1_000) : MISSING;
  if (kind === 'money') return wallText('money', value, language);
  if (kind === 'count' || kind === 'fraction' || kind === 'pace') return formatKpi(value, UNITS[kind], language);
  return MISSING;
}

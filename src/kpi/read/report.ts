import { isoOf } from '../../platform/index.js';
import type { KpiGroupBy, KpiReport, KpiValue } from '../../shared/api.js';
import { CurrencySums, isEmptyMeasures, lacksStates, type Measures, statesMissingIn } from '../catalog/index.js';
import { type Hour, hourIndex, hoursOf } from './hours.js';
import type { CustomerCounts, OwnedCounts, SumRow } from './kpi.repository.js';
import { datesOf, type ReportRange } from './range.js';
import type { Zones } from './zones.js';

/** Everything a report is made of. Pure from here on. */
export interface ReportInput {
  /** Epoch ms. */
  asOf: number;
  groupBy: KpiGroupBy;
  kpis: readonly string[];
  /** Campaigns asked for; undefined: all. */
  campaigns: readonly number[] | undefined;
  range: ReportRange;
  zones: Zones;
  sums: SumRow[];
  /** The organisation's, for amounts of nothing. */
  currency: string;
  /** By row key, '' for the total; empty where customers cannot be counted. */
  customers: Map<string, CustomerCounts>;
  /** By row key, '' for the total; null where nobody asked, and where it cannot be said. */
  owned: Map<string, OwnedCounts> | null;
  labels: Map<string, string>;
}

interface Row {
  key: string;
  label: string;
  sums: CurrencySums;
}

/** Id 0, whatever it is grouped by, is "unassigned" and comes last. */
const UNASSIGNED_KEY = '0';
const byName = new Intl.Collator('zh-Hans-CN', { numeric: true });

export function makeReport(input: ReportInput): KpiReport {
  const { range, zones, kpis, groupBy } = input;
  const total = new CurrencySums();
  for (const { currency, measures } of input.sums) total.add(currency, measures);
  const missing = statesMissingIn(groupBy === 'campaign', input.campaigns);
  const values = (sums: CurrencySums, key: string): Record<string, KpiValue> => {
    const counts = { ...customersOf(input, key), ...ownedOf(input, key) };
    const where = key === '' ? 'total' : 'rows';
    return Object.fromEntries(
      kpis.map((id) => [id, lacksStates(id, missing, where) ? null : sums.value(id, input.currency, counts)]),
    );
  };
  const zonesInForce = zones.inForce(range.from, range.to);
  return {
    asOf: isoOf(input.asOf),
    timeZone: zones.at(range.from).timeZone,
    ...(zonesInForce.length > 1 ? { timeZones: [...new Set(zonesInForce.map((zone) => zone.timeZone))] } : {}),
    from: isoOf(range.from),
    to: isoOf(range.to),
    groupBy,
    rows: rowsOf(input, total).map(({ key, label, sums }) => ({ key, label, values: values(sums, key) })),
    totals: values(total, ''),
  };
}

/** Where customers can be counted, a key without any has none; where they cannot, there is no value. */
function customersOf({ range, groupBy, customers }: ReportInput, key: string): Partial<CustomerCounts> {
  if (range.dates === null || (groupBy === 'hour' && key !== '')) return {};
  const asked = groupBy === 'organisation' ? '' : key;
  return customers.get(asked) ?? { customers: 0, customersConnected: 0 };
}

/** Somebody without customers has none; rows of other groupings than ownership's have no value. */
function ownedOf({ groupBy, owned }: ReportInput, key: string): Partial<OwnedCounts> {
  if (owned === null) return {};
  if (key === '' || groupBy === 'organisation') return owned.get('') ?? {};
  return groupBy === 'team' || groupBy === 'agent' ? (owned.get(key) ?? {}) : {};
}

/** Currencies of a key put together. */
function byKey(sums: SumRow[]): Map<string, CurrencySums> {
  const rows = new Map<string, CurrencySums>();
  for (const { key, currency, measures } of sums) {
    const row = rows.get(key) ?? new CurrencySums();
    row.add(currency, measures);
    rows.set(key, row);
  }
  return rows;
}

function rowsOf(input: ReportInput, total: CurrencySums): Row[] {
  switch (input.groupBy) {
    case 'organisation':
      return [{ key: 'organisation', label: 'Organisation', sums: total }];
    case 'hour':
      return hourRows(input);
    case 'day':
      return dayRows(input);
    case 'team':
    case 'agent':
    case 'campaign':
      // What was merged or corrected away leaves rows of zeros behind: nobody of the range.
      return (
        [...withOwners(byKey(input.sums), input)]
          .filter(([key, sums]) => !isEmptyMeasures(sums.total) || input.customers.has(key) || owns(input, key))
          // Time in states belongs to no campaign: by campaign it is part of the total alone.
          .filter(([key, sums]) => input.groupBy !== 'campaign' || key !== UNASSIGNED_KEY || !isTimeAlone(sums.total))
          .map(([key, sums]) => ({ key, sums, label: input.labels.get(key) ?? key }))
          .sort(compareNamed)
      );
  }
}

/** Whoever looks after customers is in the report, also without a call. */
function withOwners(rows: Map<string, CurrencySums>, { owned, groupBy }: ReportInput): Map<string, CurrencySums> {
  if (owned === null || (groupBy !== 'team' && groupBy !== 'agent')) return rows;
  for (const key of owned.keys()) if (key !== '' && !rows.has(key)) rows.set(key, new CurrencySums());
  return rows;
}

function owns({ owned, groupBy }: ReportInput, key: string): boolean {
  return (groupBy === 'team' || groupBy === 'agent') && owned?.has(key) === true;
}

function isTimeAlone(measures: Readonly<Measures>): boolean {
  const { available_ms: _a, on_call_ms: _o, wrap_up_ms: _w, paused_ms: _p, ...other } = measures;
  return Object.values(other).every((value) => value === 0);
}

function compareNamed(a: Row, b: Row): number {
  return (
    Number(a.key === UNASSIGNED_KEY) - Number(b.key === UNASSIGNED_KEY) ||
    byName.compare(a.label, b.label) ||
    Number(a.key) - Number(b.key)
  );
}

/** Every business date of the range, also empty ones, and those of teams whose day is another one. */
function dayRows({ range, zones, sums }: ReportInput): Row[] {
  const byDate = new Map(datesOf(range, zones).map((date) => [date, new CurrencySums()]));
  for (const [date, own] of byKey(sums)) byDate.set(date, own);
  const rows = [...byDate].map(([date, own]) => ({ key: date, label: date, sums: own }));
  return rows.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Every hour of the range, also empty ones; quarter hours are put into theirs. */
function hourRows({ range, zones, sums }: ReportInput): Row[] {
  const hours: Hour[] = hoursOf(hourSpan(range, zones), zones.at(range.from).timeZone);
  const rows = hours.map(({ start, label }) => ({ key: isoOf(start), label, sums: new CurrencySums() }));
  for (const { key, currency, measures } of sums) {
    rows[hourIndex(hours, Number(key))]?.sums.add(currency, measures);
  }
  return rows;
}

/** Business days of teams in other zones reach beyond ours; their hours are part of the range. */
function hourSpan(range: ReportRange, zones: Zones): { from: number; to: number } {
  if (range.dates === null) return range;
  return { from: zones.startsOf(range.dates.from).first, to: zones.startsOf(range.dates.to).last };
}

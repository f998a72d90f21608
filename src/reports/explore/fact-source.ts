/**
 * Calls and outcomes as rows of measures, for what sums are not kept by: dispositions and own numbers. What a call counts
 * is said by `measureSql` (and contributionOf); what an outcome counts by contributionOfOutcome. A test holds them equal.
 */
import {
  type CallMeasure,
  MEASURE_OF_ID,
  type MeasureColumn,
  measureSql,
  OWN_NUMBER_OF_CALL,
  type SqlParameters,
} from '../../kpi/index.js';
import { type LocalTime, nearSpan, type RowSource, withinSpan, withLocalTime } from './row-source.js';
import type { Span } from './span.js';

const NUMBER_OF_OUTCOME = `(SELECT ${OWN_NUMBER_OF_CALL} FROM call WHERE call.key = outcome.call_key)`;

/** Milliseconds instead of calls. */
const AMOUNT: Partial<Record<CallMeasure, string>> = {
  talk_ms: 'talk_ms',
  ring_ms: 'coalesce(ring_ms, 0)',
  inbound_talk_ms: 'talk_ms',
};
const OF_CALLS: ReadonlySet<string> = new Set([...MEASURE_OF_ID.values()].filter((measure) => measure !== 'handled'));
const FIRST_CALL_SALES = `coalesce((SELECT f.sales FROM customer_first_dial f
  WHERE f.customer_id = call.customer_id AND f.call_key = call.key), 0)`;

const BY_ORIGIN = {
  sales: 'outbound',
  inbound_sales: 'inbound',
  other_sales: 'other',
  revenue_minor: 'outbound',
  inbound_revenue_minor: 'inbound',
  other_revenue_minor: 'other',
} as const satisfies Partial<Record<MeasureColumn, string>>;

interface Wanted {
  columns: readonly MeasureColumn[];
  /** Whether the own number is asked for: it has to be looked for in the legs. */
  number: boolean;
}

export function factSources(span: Span, wanted: Wanted, local: LocalTime, parameters: SqlParameters): RowSource[] {
  const source = (table: string, columns: RowSource['columns'], counted = 'true'): RowSource => ({
    table: withLocalTime(`(${table})`, local, parameters),
    where: withinSpan(span, parameters),
    columns,
    counted,
    timed: 'false',
    local: null,
  });
  // A quarter hour holds what began in it: the same bounds serve call_started, outcome_at and outcome_callback_slot.
  const near = (column: string): string => nearSpan(span, column, parameters);
  const some = (...names: MeasureColumn[]): boolean => names.some((name) => wanted.columns.includes(name));
  // Somebody without any of the asked figures is shown as in sums: has_any.
  const sources = [source(callsSql(wanted, near('started_at')), ofCalls(wanted.columns), 'r.has_any')];
  if (some('handled')) sources.push(source(handledSql(wanted, near('started_at')), { handled: '1' }));
  if (some('sales', 'inbound_sales', 'other_sales', 'complaints', 'dnc')) {
    sources.push(source(outcomesSql(wanted, near('at')), soldColumns()));
  }
  if (some('revenue_minor', 'inbound_revenue_minor', 'other_revenue_minor')) {
    sources.push(source(revenueSql(wanted, near('at')), revenueColumns()));
  }
  if (some('callbacks_due', 'callbacks_kept')) {
    const columns = { callbacks_due: '1', callbacks_kept: 'r.kept::integer' };
    sources.push(source(callbacksSql(wanted, near('callback_slot')), columns));
  }
  return sources;
}

/** Dials with the customer, for distinct customers. */
export function dialledSource(
  span: Span,
  number: boolean,
  parameters: SqlParameters,
): { table: string; where: string } {
  const table = `(SELECT ${place('call', number ? OWN_NUMBER_OF_CALL : null)}, customer_id, outcome = 'answered' AS connected
    FROM call WHERE ${measureSql('dials')} AND customer_id IS NOT NULL AND ${nearSpan(span, 'started_at', parameters)})`;
  return { table, where: withinSpan(span, parameters) };
}

function place(table: 'call' | 'outcome', number: string | null): string {
  return `${table}.slot_start, ${table}.business_date, ${table}.agent_id, ${table}.team_id, ${otherPlace(table, number)}`;
}

function otherPlace(table: 'call' | 'outcome', number: string | null): string {
  return `${table}.campaign_id, ${table}.disposition_id, ${number ?? 'NULL::bigint'} AS number_id`;
}

function ofCalls(columns: readonly MeasureColumn[]): RowSource['columns'] {
  const found = columns.filter((column) => OF_CALLS.has(column) || column === 'first_call_sales');
  return Object.fromEntries(found.map((column) => [column, `r.${column}`]));
}

function callsSql({ columns, number }: Wanted, started: string): string {
  const measured = columns.flatMap((column) => {
    if (column === 'first_call_sales')
      return [`CASE WHEN ${measureSql('dials')} THEN ${FIRST_CALL_SALES} ELSE 0 END AS ${column}`];
    const measure = [...MEASURE_OF_ID.values()].find((one) => one === column);
    if (measure === undefined || measure === 'handled') return [];
    return [`CASE WHEN ${measureSql(measure)} THEN ${AMOUNT[measure] ?? '1'} ELSE 0 END AS ${column}`];
  });
  const hasAny = `(${(['dials', 'inbound', 'internal', 'stale', 'incomplete'] as const).map(measureSql).join(' OR ')}) AS has_any`;
  return `SELECT ${[place('call', number ? OWN_NUMBER_OF_CALL : null), hasAny, ...measured].join(', ')} FROM call WHERE ${started}`;
}

/** One row for each agent with a segment, in that agent's team and on that agent's date. */
function handledSql({ number }: Wanted, started: string): string {
  return `SELECT call.slot_start, (h->>'date')::date AS business_date, (h->>'agent')::integer AS agent_id, (h->>'team')::integer AS team_id,
      ${otherPlace('call', number ? OWN_NUMBER_OF_CALL : null)}
    FROM call CROSS JOIN LATERAL jsonb_array_elements(call.handled) h WHERE ${measureSql('dials')} AND ${started}`;
}

function outcomesSql({ number }: Wanted, near: string): string {
  return `SELECT ${place('outcome', number ? NUMBER_OF_OUTCOME : null)}, origin, sold, flags FROM outcome
    WHERE NOT cancelled AND (sold OR flags && ARRAY['complaint', 'dnc']) AND ${near}`;
}

function soldColumns(): RowSource['columns'] {
  const sold = (column: 'sales' | 'inbound_sales' | 'other_sales') =>
    `(r.sold AND r.origin = '${BY_ORIGIN[column]}')::integer`;
  return {
    sales: sold('sales'),
    inbound_sales: sold('inbound_sales'),
    other_sales: sold('other_sales'),
    complaints: `('complaint' = ANY(r.flags))::integer`,
    dnc: `('dnc' = ANY(r.flags))::integer`,
  };
}

function revenueSql({ number }: Wanted, near: string): string {
  return `SELECT outcome.slot_start, (x->>'date')::date AS business_date, (x->>'agent')::integer AS agent_id, (x->>'team')::integer AS team_id,
      ${otherPlace('outcome', number ? NUMBER_OF_OUTCOME : null)}, origin, (x->>'minor')::bigint AS minor
    FROM outcome CROSS JOIN LATERAL jsonb_array_elements(outcome.revenue) x WHERE NOT cancelled AND ${near}`;
}

function revenueColumns(): RowSource['columns'] {
  const of = (column: 'revenue_minor' | 'inbound_revenue_minor' | 'other_revenue_minor') =>
    `CASE WHEN r.origin = '${BY_ORIGIN[column]}' THEN r.minor ELSE 0 END`;
  return {
    revenue_minor: of('revenue_minor'),
    inbound_revenue_minor: of('inbound_revenue_minor'),
    other_revenue_minor: of('other_revenue_minor'),
  };
}

/** At the due time, for who promised it. */
function callbacksSql({ number }: Wanted, near: string): string {
  return `SELECT callback_slot AS slot_start, callback_date AS business_date, agent_id, callback_team AS team_id, campaign_id,
      disposition_id, ${number ? NUMBER_OF_OUTCOME : 'NULL::bigint'} AS number_id,
      callback_kept AS kept
    FROM outcome WHERE callback_closed AND NOT cancelled AND ${near}`;
}

import type { MeasureColumn } from '../catalog/index.js';

/**
 * Which calls a measure counts, as SQL over `call`, so that a figure opens to exactly the calls behind it. It says what
 * contributionOf (rollup/contribution.ts) says; a test holds the two equal over every kind of call.
 */
const DIAL = `direction = 'outbound' AND counted`;
const CONNECT = `${DIAL} AND outcome = 'answered'`;
const NOT_MACHINE = `((answered_by IS DISTINCT FROM 'machine' AND answered_by IS DISTINCT FROM 'fax')
  OR sales > 0 OR coalesce(reached <> 'none', false))`;
/** isHuman, isMachine and isContact (src/calls/outcomes/call-disposition.ts). */
const HUMAN = `(sales > 0 OR (reached IS NULL AND (answered_by = 'human' OR (answered_by IS NULL AND assume_human)))
  OR reached IN ('human', 'contact'))`;
const CONTACT = `(sales > 0 OR reached = 'contact')`;
const INBOUND = `direction = 'inbound' AND counted`;

/** Measures that count calls. The others count outcomes or time in states and open to lists of their own. */
const NOT_OF_CALLS = [
  'sales',
  'inbound_sales',
  'other_sales',
  'revenue_minor',
  'inbound_revenue_minor',
  'other_revenue_minor',
  'first_call_sales',
  'callbacks_due',
  'callbacks_kept',
  'complaints',
  'dnc',
  'available_ms',
  'on_call_ms',
  'wrap_up_ms',
  'paused_ms',
] as const satisfies readonly MeasureColumn[];
export type CallMeasure = Exclude<MeasureColumn, (typeof NOT_OF_CALLS)[number]>;

const WHERE: Record<CallMeasure, string> = {
  dials: DIAL,
  first_dials: `${DIAL} AND EXISTS (SELECT 1 FROM customer_first_dial f WHERE f.customer_id = call.customer_id AND f.call_key = call.key)`,
  connects: CONNECT,
  connects_ended: `${CONNECT} AND ended_at IS NOT NULL`,
  humans: `${CONNECT} AND ${HUMAN}`,
  effective: `${CONNECT} AND ended_at IS NOT NULL AND NOT stale AND ${NOT_MACHINE} AND talk_ms >= effective_ms`,
  no_answer: `${DIAL} AND outcome = 'no_answer'`,
  busy: `${DIAL} AND outcome = 'busy'`,
  invalid: `${DIAL} AND outcome = 'invalid'`,
  canceled: `${DIAL} AND outcome = 'canceled'`,
  failed: `${DIAL} AND outcome = 'failed'`,
  machine: `${CONNECT} AND NOT (${NOT_MACHINE})`,
  talk_ms: `${CONNECT} AND talk_ms > 0`,
  ring_ms: `${DIAL} AND ring_ms > 0`,
  hold_ms: 'false',
  handled: `${DIAL} AND handled <> '[]'`,
  inbound: INBOUND,
  inbound_answered: `${INBOUND} AND outcome = 'answered'`,
  inbound_abandoned: `${INBOUND} AND outcome = 'abandoned'`,
  inbound_talk_ms: `${INBOUND} AND talk_ms > 0`,
  internal: `direction = 'internal'`,
  stale: 'stale',
  incomplete: `direction <> 'internal' AND cardinality(incomplete) > 0`,
  contacts: `${CONNECT} AND ${CONTACT}`,
};

/**
 * Figures made of several measures of calls, by their ids in the catalog: the calls of all of them. They are no columns of the
 * sums. Of handling time the calls it is an average over; wrap-up belongs to none.
 */
const OF_SEVERAL = {
  talk_total_s: ['talk_ms', 'inbound_talk_ms'],
  aht_s: ['connects_ended', 'inbound_answered'],
} as const satisfies Record<string, readonly CallMeasure[]>;
type OfSeveral = keyof typeof OF_SEVERAL;
/** What a list of calls can be narrowed to. */
export type CountedCalls = CallMeasure | OfSeveral;

const isOfSeveral = (measure: CountedCalls): measure is OfSeveral => Object.hasOwn(OF_SEVERAL, measure);

/** Ids as the catalog has them (`talk_s`) to the columns of the sums. */
export const MEASURE_OF_ID: ReadonlyMap<string, CallMeasure> = new Map(
  (Object.keys(WHERE) as CallMeasure[]).map((column) => [column.replace(/_ms$/, '_s'), column]),
);

/** The same with the figures made of several. */
export const COUNTED_CALLS: ReadonlyMap<string, CountedCalls> = new Map<string, CountedCalls>([
  ...MEASURE_OF_ID,
  ...(Object.keys(OF_SEVERAL) as OfSeveral[]).map((id) => [id, id] as const),
]);

export function measureSql(measure: CountedCalls): string {
  const measures = isOfSeveral(measure) ? OF_SEVERAL[measure] : [measure];
  return `(${measures.map((one) => WHERE[one]).join(' OR ')})`;
}

/** Where a segment of `handled` says whose it was. */
export const HANDLED = { agent: `(h->>'agent')::integer`, team: `(h->>'team')::integer` } as const;

/**
 * `handled` belongs to each agent with a segment and not to the call's own agent: its filters look there, and one
 * segment has to meet all of them. The conditions are written over `HANDLED`; null = none.
 */
export function handledSql(conditions: readonly (string | null)[]): string {
  const given = conditions.filter((condition) => condition !== null);
  if (given.length === 0) return 'true';
  return `EXISTS (SELECT 1 FROM jsonb_array_elements(handled) h WHERE ${given.join(' AND ')})`;
}

/**
 * Which outcomes a measure counts, and where (whose, on which day), as SQL over `outcome o`, so that a figure opens to exactly
 * the outcomes behind it. It says what contributionOfOutcome and the first attempts of customers say; a test holds them equal.
 */
import type { OutcomeMeasureId } from '../shared/outcomes.js';

const FLAGGED = (flag: 'complaint' | 'dnc'): string => `NOT o.cancelled AND '${flag}' = ANY(o.flags)`;
const OWN = {
  agent: 'o.agent_id',
  team: 'o.team_id',
  date: 'o.business_date',
  at: 'o.slot_start',
} as const;
/** Revenue belongs to each receiver and not to the closer: filters look there, and one part has to meet all of them. */
const PART = { agent: `(p->>'agent')::integer`, team: `(p->>'team')::integer`, date: `(p->>'date')::date` } as const;
const DUE = {
  agent: 'o.agent_id',
  team: 'o.callback_team',
  date: 'o.callback_date',
  at: 'o.callback_slot',
} as const;
const FIRST_DIAL = { agent: 'f.agent_id', team: 'f.team_id', date: 'f.business_date', at: 'f.slot_start' } as const;

export interface OutcomeMeasure {
  where: string;
  /** Columns that say for whom and when it counts. */
  place: { agent: string; team: string; date: string; at: string };
  /** Of something there may be several of: conditions on the place are put between these two. */
  within?: { open: string; close: string };
}

type Origin = 'outbound' | 'inbound' | 'other';
const whereSold = (origin: Origin | null): string => `o.sold${origin === null ? '' : ` AND o.origin = '${origin}'`}`;
/** `origin` null: any. */
const sold = (origin: Origin | null): OutcomeMeasure => ({ where: whereSold(origin), place: OWN });
const revenue = (origin: Origin | null): OutcomeMeasure => ({
  where: whereSold(origin),
  place: { ...PART, at: 'o.slot_start' },
  within: { open: 'EXISTS (SELECT 1 FROM jsonb_array_elements(o.revenue) p WHERE ', close: ')' },
});

/** By the ids of the catalog. */
export const OUTCOME_MEASURES: Readonly<Record<string, OutcomeMeasure>> = {
  sales: sold('outbound'),
  inbound_sales: sold('inbound'),
  other_sales: sold('other'),
  revenue: revenue('outbound'),
  inbound_revenue: revenue('inbound'),
  other_revenue: revenue('other'),
  complaints: { where: FLAGGED('complaint'), place: OWN },
  dnc: { where: FLAGGED('dnc'), place: OWN },
  first_call_sales: {
    where: 'o.sold',
    place: FIRST_DIAL,
    within: {
      open: `EXISTS (SELECT 1 FROM customer_first_dial f WHERE f.call_key = o.call_key AND NOT f.retained AND `,
      close: ')',
    },
  },
  callbacks_due: { where: 'NOT o.cancelled AND o.callback_closed', place: DUE },
  callbacks_kept: { where: 'NOT o.cancelled AND o.callback_closed AND o.callback_kept', place: DUE },
  sales_per_hour: sold(null),
  revenue_per_hour: revenue(null),
} satisfies Record<OutcomeMeasureId, OutcomeMeasure>;

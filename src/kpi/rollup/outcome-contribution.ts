/**
 * What one outcome adds to the sums. Pure: a function of the fact alone. Definitions: kpi.md section 2 and 4.
 *
 * A sale counts whole for its closer and its revenue by shares, at the time of the sale; a callback at its due time for who
 * promised it, once its window is over. Cancelled: nothing. What a sale does to its call (contact) and to the customer's
 * first attempt is counted with the call.
 */
import type { OutcomeFact } from '../../calls/index.js';
import { emptyMeasures, type MeasureColumn, type Measures } from '../catalog/measures.js';
import type { Contribution } from './contribution.js';

const SALES = { outbound: 'sales', inbound: 'inbound_sales', other: 'other_sales' } as const;
const REVENUE = { outbound: 'revenue_minor', inbound: 'inbound_revenue_minor', other: 'other_revenue_minor' } as const;

function measured(values: Partial<Record<MeasureColumn, number>>): Measures {
  return { ...emptyMeasures(), ...values };
}

export function contributionOfOutcome(fact: OutcomeFact): Contribution[] {
  if (fact.cancelled) return [];
  const { slotStart, campaignId } = fact;
  const parts: Contribution[] = [];
  const own = ownMeasures(fact);
  if (own !== null) {
    const { businessDate, agentId, teamId } = fact;
    parts.push({ slotStart, businessDate, agentId, teamId, campaignId, measures: own });
  }
  for (const { agent, team, date, minor } of fact.revenue) {
    const measures = measured({ [REVENUE[fact.origin]]: minor });
    parts.push({ slotStart, businessDate: date, agentId: agent, teamId: team, campaignId, measures });
  }
  return [...parts, ...ofCallback(fact)];
}

function ownMeasures({ sold, origin, flags }: OutcomeFact): Measures | null {
  const complaint = flags.includes('complaint');
  const dnc = flags.includes('dnc');
  if (!sold && !complaint && !dnc) return null;
  return measured({ ...(sold ? { [SALES[origin]]: 1 } : {}), complaints: complaint ? 1 : 0, dnc: dnc ? 1 : 0 });
}

function ofCallback({ callback, agentId, campaignId }: OutcomeFact): Contribution[] {
  if (callback === null || !callback.closed) return [];
  const { slotStart, businessDate, team, kept } = callback;
  const measures = measured({ callbacks_due: 1, callbacks_kept: kept ? 1 : 0 });
  return [{ slotStart, businessDate, agentId, teamId: team, campaignId, measures }];
}

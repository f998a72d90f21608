/**
 * The second derivation, keyed by customer: what depends on a customer's other calls (design.md, invariant 3).
 * `coordinatesOf` is pure; the rest reads and writes in the transaction that changes the calls.
 */
import type { PoolClient } from 'pg';
import type { CallChange, CallFact } from '../../calls/index.js';
import { emptyMeasures } from '../catalog/measures.js';
import type { Contribution, RollupKey } from './contribution.js';

/** Where an attempt to a customer counts; null for calls that are none. */
export interface DialCoordinates extends RollupKey {
  customerId: string;
  callKey: string;
  startedAt: number;
  connected: boolean;
  /** Sales of the call that count. */
  sales: number;
}

export function coordinatesOf(fact: CallFact | null): DialCoordinates | null {
  if (fact === null || fact.direction !== 'outbound' || !fact.counted || fact.customerRef === null) return null;
  return {
    customerId: fact.customerRef,
    callKey: fact.key,
    startedAt: fact.startedAt,
    connected: fact.outcome === 'answered',
    sales: fact.sales,
    slotStart: fact.slotStart,
    businessDate: fact.businessDate,
    agentId: fact.agentId,
    teamId: fact.teamId,
    campaignId: fact.campaignId,
  };
}

function sameCoordinates(a: DialCoordinates | null, b: DialCoordinates | null): boolean {
  if (a === null || b === null) return a === b;
  return (Object.keys(a) as (keyof DialCoordinates)[]).every((field) => a[field] === b[field]);
}

interface CustomerDayDelta extends Omit<RollupKey, 'slotStart'> {
  customerId: string;
  dials: number;
  connects: number;
}

/** Exact distinct customers: one row per (day, agent, team, campaign, customer) with counts, so that it can shrink. */
async function writeCustomerDays(tx: PoolClient, changes: CallChange[]): Promise<void> {
  const deltas = new Map<string, CustomerDayDelta>();
  const add = (at: DialCoordinates | null, sign: 1 | -1): void => {
    if (at === null) return;
    const { businessDate, agentId, teamId, campaignId, customerId } = at;
    const id = `${businessDate}|${agentId}|${teamId}|${campaignId}|${customerId}`;
    const row = deltas.get(id) ?? { businessDate, agentId, teamId, campaignId, customerId, dials: 0, connects: 0 };
    row.dials += sign;
    row.connects += at.connected ? sign : 0;
    deltas.set(id, row);
  };
  for (const { old, now } of changes) {
    add(coordinatesOf(old), -1);
    add(coordinatesOf(now), 1);
  }
  const rows = [...deltas.entries()]
    .filter(([, row]) => row.dials !== 0 || row.connects !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row);
  if (rows.length === 0) return;
  await tx.query({
    name: 'customer-days-add',
    text: `INSERT INTO customer_day AS c (business_date, agent_id, team_id, campaign_id, customer_id, dials, connects)
     SELECT x."businessDate", x."agentId", x."teamId", x."campaignId", x."customerId", x.dials, x.connects
     FROM json_to_recordset($1::json) AS x("businessDate" date, "agentId" integer, "teamId" integer,
       "campaignId" integer, "customerId" bigint, dials integer, connects integer)
     ON CONFLICT (business_date, agent_id, team_id, campaign_id, customer_id)
     DO UPDATE SET dials = c.dials + excluded.dials, connects = c.connects + excluded.connects`,
    values: [JSON.stringify(rows)],
  });
}

const FIRST_COLUMNS = `customer_id::text AS "customerId", call_key AS "callKey",
  (extract(epoch FROM slot_start) * 1000)::float8 AS "slotStart", business_date::text AS "businessDate",
  agent_id AS "agentId", team_id AS "teamId", campaign_id AS "campaignId", sales`;

type FirstDial = RollupKey & { customerId: string; callKey: string; sales: number };

/**
 * Moves `first_dials`, and the sales made on it, where a customer's first attempt became another one or sold something;
 * returns the contributions to add and remove.
 * One that retention has removed stays the first: what it was compared with is not there any more.
 */
async function moveFirstDials(tx: PoolClient, changes: CallChange[]): Promise<{ at: Contribution; sign: 1 | -1 }[]> {
  const customers = new Set<string>();
  for (const change of changes) {
    const [old, now] = [coordinatesOf(change.old), coordinatesOf(change.now)];
    // Being answered later does not move a first attempt.
    if (old !== null && now !== null && sameCoordinates({ ...old, connected: now.connected }, now)) continue;
    if (old !== null) customers.add(old.customerId);
    if (now !== null) customers.add(now.customerId);
  }
  if (customers.size === 0) return [];
  const ids = [...customers].sort();
  const counted = await tx.query<FirstDial & { retained: boolean }>({
    name: 'first-dials-counted',
    text: `SELECT ${FIRST_COLUMNS}, retained FROM customer_first_dial WHERE customer_id = ANY($1::bigint[]) ORDER BY customer_id FOR UPDATE`,
    values: [ids],
  });
  // One index probe (call_customer) per customer instead of all their calls.
  const first = await tx.query<FirstDial>({
    name: 'first-dials-now',
    text: `SELECT f.* FROM unnest($1::bigint[]) AS u(id) CROSS JOIN LATERAL (
       SELECT customer_id::text AS "customerId", key AS "callKey",
         (extract(epoch FROM slot_start) * 1000)::float8 AS "slotStart", business_date::text AS "businessDate",
         agent_id AS "agentId", team_id AS "teamId", campaign_id AS "campaignId", sales
       FROM call WHERE customer_id = u.id AND direction = 'outbound' AND counted ORDER BY started_at, key LIMIT 1
     ) AS f`,
    values: [ids],
  });
  const settled = new Set(counted.rows.filter(({ retained }) => retained).map(({ customerId }) => customerId));
  const oldById = new Map(counted.rows.map(({ retained: _, ...row }) => [row.customerId, row]));
  const newById = new Map(first.rows.map((row) => [row.customerId, row]));
  const moved = ids.filter((id) => !settled.has(id) && !sameFirst(oldById.get(id), newById.get(id)));
  await writeFirstDials(tx, moved, newById);
  return moved.flatMap((id) => [...asContribution(oldById.get(id), -1), ...asContribution(newById.get(id), 1)]);
}

function sameFirst(a: FirstDial | undefined, b: FirstDial | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (Object.keys(a) as (keyof FirstDial)[]).every((field) => a[field] === b[field]);
}

function asContribution(first: FirstDial | undefined, sign: 1 | -1): { at: Contribution; sign: 1 | -1 }[] {
  if (first === undefined) return [];
  const { slotStart, businessDate, agentId, teamId, campaignId, sales } = first;
  const measures = { ...emptyMeasures(), first_dials: 1, first_call_sales: sales };
  return [{ at: { slotStart, businessDate, agentId, teamId, campaignId, measures }, sign }];
}

async function writeFirstDials(tx: PoolClient, moved: string[], newById: Map<string, FirstDial>): Promise<void> {
  if (moved.length === 0) return;
  const gone = moved.filter((id) => !newById.has(id));
  if (gone.length > 0) await tx.query('DELETE FROM customer_first_dial WHERE customer_id = ANY($1::bigint[])', [gone]);
  const rows = moved.flatMap((id) => newById.get(id) ?? []);
  await tx.query({
    name: 'first-dials-write',
    text: `INSERT INTO customer_first_dial (customer_id, call_key, slot_start, business_date, agent_id, team_id, campaign_id, sales)
     SELECT x."customerId", x."callKey", to_timestamp(x."slotStart" / 1000), x."businessDate", x."agentId", x."teamId", x."campaignId", x.sales
     FROM json_to_recordset($1::json) AS x("customerId" bigint, "callKey" text, "slotStart" float8, "businessDate" date,
       "agentId" integer, "teamId" integer, "campaignId" integer, sales integer)
     ON CONFLICT (customer_id) DO UPDATE SET call_key = excluded.call_key, slot_start = excluded.slot_start,
       business_date = excluded.business_date, agent_id = excluded.agent_id, team_id = excluded.team_id,
       campaign_id = excluded.campaign_id, sales = excluded.sales`,
    values: [JSON.stringify(rows)],
  });
}

/** Applies both customer derivations; returns what they add to the sums. */
export async function deriveCustomers(
  tx: PoolClient,
  changes: CallChange[],
): Promise<{ at: Contribution; sign: 1 | -1 }[]> {
  const relevant = changes.filter(({ old, now }) => !sameCoordinates(coordinatesOf(old), coordinatesOf(now)));
  if (relevant.length === 0) return [];
  await writeCustomerDays(tx, relevant);
  return moveFirstDials(tx, relevant);
}

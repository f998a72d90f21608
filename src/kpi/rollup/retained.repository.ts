/**
 * What calls that retention has removed still add to the sums: everything they had added, in `retained_slot` and
 * `retained_customer_day`; of first attempts also that they were it (`customer_first_dial.retained`). The sums themselves
 * are not touched when a call goes, so: sums = facts there are + what is kept here.
 */
import type { PoolClient } from 'pg';
import type { CallFact, OutcomeFact, PlacedTimes } from '../../calls/index.js';
import { mergeSettled, settleCalls } from '../../presence/index.js';
import { emptyMeasures, MEASURE_COLUMNS } from '../catalog/measures.js';
import { type Contribution, contributionOf, type RollupKey } from './contribution.js';
import { coordinatesOf } from './customer-derivation.js';
import { contributionOfOutcome } from './outcome-contribution.js';
import {
  addDeltas,
  addRetained,
  type FlatSums,
  RollupDeltas,
  type RollupRow,
  SUM_COLUMNS,
  toContribution,
} from './rollup.repository.js';
import { contributionOfTime } from './state-contribution.js';

type Tx = PoolClient;

const CURSOR_ROWS = 5_000;
const NAMES = MEASURE_COLUMNS.join(', ');

/** Keeps what these facts count. The caller removes them in the same transaction, with the fold's lock held. */
export async function retainFacts(tx: Tx, facts: readonly CallFact[], outcomes: readonly OutcomeFact[]): Promise<void> {
  const deltas = new RollupDeltas();
  for (const fact of outcomes) for (const part of contributionOfOutcome(fact)) deltas.add(part, 1);
  for (const fact of facts) for (const part of contributionOf(fact)) deltas.add(part, 1);
  for (const times of await settleCalls(tx, facts)) deltas.add(contributionOfTime(times), 1);
  for (const { sales, ...key } of await settleFirstDials(tx, facts)) {
    deltas.add({ ...key, measures: { ...emptyMeasures(), first_dials: 1, first_call_sales: sales } }, 1);
  }
  await retainCustomerDays(tx, facts);
  await addRetained(tx, deltas);
}

/** Keeps time in agent states that nothing says any more. */
export function retainTimes(tx: Tx, settled: readonly PlacedTimes[]): Promise<void> {
  const deltas = new RollupDeltas();
  for (const times of settled) deltas.add(contributionOfTime(times), 1);
  return addRetained(tx, deltas);
}

/** Returns where the first attempts among these calls were counted, and with how many sales. */
async function settleFirstDials(tx: Tx, facts: readonly CallFact[]): Promise<(RollupKey & { sales: number })[]> {
  const dials = facts.flatMap((fact) => coordinatesOf(fact) ?? []);
  const { rows } = await tx.query<RollupKey & { sales: number }>(
    `UPDATE customer_first_dial f SET retained = true, call_key = ''
     FROM unnest($1::bigint[], $2::text[]) AS u(customer, key)
     WHERE f.customer_id = u.customer AND f.call_key = u.key AND NOT f.retained
     RETURNING (extract(epoch FROM f.slot_start) * 1000)::float8 AS "slotStart", f.business_date::text AS "businessDate",
       f.agent_id AS "agentId", f.team_id AS "teamId", f.campaign_id AS "campaignId", f.sales`,
    [dials.map(({ customerId }) => customerId), dials.map(({ callKey }) => callKey)],
  );
  return rows;
}

async function retainCustomerDays(tx: Tx, facts: readonly CallFact[]): Promise<void> {
  const dials = facts.flatMap((fact) => coordinatesOf(fact) ?? []);
  await tx.query(
    `INSERT INTO retained_customer_day AS r (business_date, agent_id, team_id, campaign_id, customer_id, dials, connects)
     SELECT x."businessDate", x."agentId", x."teamId", x."campaignId", x."customerId", count(*),
       count(*) FILTER (WHERE x.connected)
     FROM json_to_recordset($1::json) AS x("businessDate" date, "agentId" integer, "teamId" integer,
       "campaignId" integer, "customerId" bigint, connected boolean)
     GROUP BY 1, 2, 3, 4, 5
     ON CONFLICT (business_date, agent_id, team_id, campaign_id, customer_id)
     DO UPDATE SET dials = r.dials + excluded.dials, connects = r.connects + excluded.connects`,
    [JSON.stringify(dials)],
  );
}

/** In pieces, through a cursor of the caller's transaction. */
export async function* allRetained(tx: Tx): AsyncGenerator<Contribution> {
  await tx.query(`DECLARE retained_rows NO SCROLL CURSOR FOR SELECT ${SUM_COLUMNS} FROM retained_slot r`);
  for (;;) {
    const { rows } = await tx.query<FlatSums>(`FETCH ${CURSOR_ROWS} FROM retained_rows`);
    if (rows.length === 0) break;
    yield* rows.map(toContribution);
  }
  await tx.query('CLOSE retained_rows');
}

/** Of slots that start in [from, to), epoch ms. */
export async function retainedBetween(tx: Tx, from: number, to: number): Promise<Contribution[]> {
  const { rows } = await tx.query<FlatSums>(
    `SELECT ${SUM_COLUMNS} FROM retained_slot r
     WHERE r.slot_start >= to_timestamp($1::float8 / 1000) AND r.slot_start < to_timestamp($2::float8 / 1000)`,
    [from, to],
  );
  return rows.map(toContribution);
}

/** The sums as they are with no facts at all: empty but for what removed ones have left. Both tables of sums are empty. */
export async function restoreRetained(tx: Tx): Promise<void> {
  await tx.query('DELETE FROM customer_first_dial WHERE NOT retained');
  const key = 'business_date, agent_id, team_id, campaign_id';
  await tx.query(
    `INSERT INTO rollup_slot (slot_start, ${key}, ${NAMES}) SELECT slot_start, ${key}, ${NAMES} FROM retained_slot`,
  );
  await tx.query(
    `INSERT INTO rollup_day (${key}, ${NAMES})
     SELECT ${key}, ${MEASURE_COLUMNS.map((column) => `sum(${column})`).join(', ')} FROM retained_slot GROUP BY ${key}`,
  );
  await tx.query('INSERT INTO customer_day SELECT * FROM retained_customer_day');
}

/**
 * What removed calls count for one agent counts for another. Team, campaign and day stay as they were counted: there is
 * no call any more to resolve again. Returns the rows of `rollup_slot` it changed.
 */
export async function moveRetained(tx: Tx, from: number, into: number): Promise<RollupRow[]> {
  await tx.query('UPDATE customer_first_dial SET agent_id = $2 WHERE retained AND agent_id = $1', [from, into]);
  await moveCustomerDays(tx, from, into);
  await retainTimes(tx, await mergeSettled(tx, from, into));
  const { rows } = await tx.query<FlatSums>(
    `DELETE FROM retained_slot r WHERE r.agent_id = $1 RETURNING ${SUM_COLUMNS}`,
    [from],
  );
  const changed: RollupRow[] = [];
  for (let at = 0; at < rows.length; at += CURSOR_ROWS) {
    const kept = new RollupDeltas();
    const deltas = new RollupDeltas();
    for (const part of rows.slice(at, at + CURSOR_ROWS).map(toContribution)) {
      kept.add({ ...part, agentId: into }, 1);
      deltas.add({ ...part, agentId: into }, 1);
      deltas.add(part, -1);
    }
    await addRetained(tx, kept);
    changed.push(...(await addDeltas(tx, deltas)));
  }
  return changed;
}

async function moveCustomerDays(tx: Tx, from: number, into: number): Promise<void> {
  const moved = `SELECT business_date, $2::integer, team_id, campaign_id, customer_id, dials, connects FROM gone`;
  const added = (table: string): string => `INSERT INTO ${table} AS c ${moved}
    ON CONFLICT (business_date, agent_id, team_id, campaign_id, customer_id)
    DO UPDATE SET dials = c.dials + excluded.dials, connects = c.connects + excluded.connects`;
  await tx.query(
    `WITH gone AS (DELETE FROM retained_customer_day WHERE agent_id = $1 RETURNING *),
       kept AS (${added('retained_customer_day')}),
       taken AS (
         UPDATE customer_day c SET dials = c.dials - g.dials, connects = c.connects - g.connects FROM gone g
         WHERE (c.business_date, c.agent_id, c.team_id, c.campaign_id, c.customer_id)
           = (g.business_date, g.agent_id, g.team_id, g.campaign_id, g.customer_id))
     ${added('customer_day')}`,
    [from, into],
  );
}

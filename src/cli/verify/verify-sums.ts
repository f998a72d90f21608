/** Every sum from the facts, and from what removed ones have left: recomputes all rollups in memory and the customer tables in SQL, and compares. */
import type { PoolClient } from 'pg';
import type { CallFact, OutcomeFact, PlacedTimes } from '../../calls/index.js';
import { emptyMeasures, MEASURE_COLUMNS, type Measures } from '../../kpi/catalog/index.js';
import {
  allRetained,
  type Contribution,
  contributionOf,
  contributionOfOutcome,
  contributionOfTime,
  RollupDeltas,
} from '../../kpi/rollup/index.js';
import { describeDifference, type VerifyReport } from './verify-report.js';

const CURSOR_ROWS = 5_000;
const DIAL = `direction = 'outbound' AND counted AND customer_id IS NOT NULL`;
/** Retention has not removed the first attempt: it stays where it was counted. */
const NOT_SETTLED =
  'NOT EXISTS (SELECT 1 FROM customer_first_dial r WHERE r.customer_id = call.customer_id AND r.retained)';

export class SumsVerifier {
  private readonly expected = new RollupDeltas();

  add(fact: CallFact): void {
    for (const part of contributionOf(fact)) this.expected.add(part, 1);
  }

  addOutcome(fact: OutcomeFact): void {
    for (const part of contributionOfOutcome(fact)) this.expected.add(part, 1);
  }

  addTime(times: PlacedTimes): void {
    this.expected.add(contributionOfTime(times), 1);
  }

  async verify(tx: PoolClient, report: VerifyReport): Promise<void> {
    await this.addFirstDials(tx);
    for await (const part of allRetained(tx)) this.expected.add(part, 1);
    await verifyRetained(tx, report);
    const slots = new Map(this.expected.bySlot().map((row) => [slotKey(row), row.measures]));
    const days = new Map(this.expected.byDay().map((row) => [dayKey(row), row.measures]));
    report.counts.rollupSlots = await compareTable(tx, 'rollup_slot', slotKey, slots, report);
    report.counts.rollupDays = await compareTable(tx, 'rollup_day', dayKey, days, report);
    await verifyCustomers(tx, report);
  }

  /** Straight from the facts, not from customer_first_dial, which is compared on its own. */
  private async addFirstDials(tx: PoolClient): Promise<void> {
    const { rows } = await tx.query<Omit<Contribution, 'measures'> & { sales: number }>(
      `SELECT DISTINCT ON (customer_id) (extract(epoch FROM slot_start) * 1000)::float8 AS "slotStart",
         business_date::text AS "businessDate", agent_id AS "agentId", team_id AS "teamId", campaign_id AS "campaignId", sales
       FROM call WHERE ${DIAL} AND ${NOT_SETTLED}
       ORDER BY customer_id, started_at, key`,
    );
    for (const { sales, ...row } of rows) {
      this.expected.add({ ...row, measures: { ...emptyMeasures(), first_dials: 1, first_call_sales: sales } }, 1);
    }
  }
}

function slotKey(row: Omit<Contribution, 'measures'>): string {
  return `${row.slotStart}|${dayKey(row)}`;
}

function dayKey(row: Omit<Contribution, 'measures' | 'slotStart'>): string {
  return `${row.businessDate}|${row.agentId}|${row.teamId}|${row.campaignId}`;
}

type TableRow = Omit<Contribution, 'measures'> & Measures;

async function compareTable(
  tx: PoolClient,
  table: 'rollup_slot' | 'rollup_day',
  keyOf: (row: TableRow) => string,
  expected: Map<string, Measures>,
  report: VerifyReport,
): Promise<number> {
  const slot = table === 'rollup_slot' ? '(extract(epoch FROM slot_start) * 1000)::float8' : '0::float8';
  const measures = MEASURE_COLUMNS.map((column) => `${column}::float8 AS ${column}`).join(', ');
  await tx.query(
    `DECLARE ${table}_rows NO SCROLL CURSOR FOR SELECT ${slot} AS "slotStart", business_date::text AS "businessDate",
       agent_id AS "agentId", team_id AS "teamId", campaign_id AS "campaignId", ${measures} FROM ${table}`,
  );
  let count = 0;
  for (;;) {
    const { rows } = await tx.query<TableRow>(`FETCH ${CURSOR_ROWS} FROM ${table}_rows`);
    if (rows.length === 0) break;
    count += rows.length;
    for (const row of rows) {
      const key = keyOf(row);
      const should = expected.get(key) ?? emptyMeasures();
      expected.delete(key);
      const stored = Object.fromEntries(MEASURE_COLUMNS.map((column) => [column, row[column]]));
      const detail = describeDifference(stored, should);
      if (detail !== '') report.add(table, key, detail);
    }
  }
  await tx.query(`CLOSE ${table}_rows`);
  for (const [key, should] of expected) report.add(table, key, `is missing; should be ${JSON.stringify(should)}`);
  return count;
}

/** What removed calls have left agrees with itself: each first attempt is counted, and under its key. */
async function verifyRetained(tx: PoolClient, report: VerifyReport): Promise<void> {
  const { rows } = await tx.query<{ key: string; detail: string }>(
    `WITH first AS (
       SELECT slot_start, business_date, agent_id, team_id, campaign_id, count(*) AS n, sum(sales) AS sales
       FROM customer_first_dial WHERE retained GROUP BY 1, 2, 3, 4, 5
     )
     SELECT concat_ws('|', slot_start, business_date, agent_id, team_id, campaign_id) AS key,
       format('first_dials: stored %s, should be %s; first_call_sales: stored %s, should be %s', coalesce(r.first_dials, 0),
         coalesce(f.n, 0), coalesce(r.first_call_sales, 0), coalesce(f.sales, 0)) AS detail
     FROM first f FULL JOIN retained_slot r USING (slot_start, business_date, agent_id, team_id, campaign_id)
     WHERE coalesce(r.first_dials, 0) <> coalesce(f.n, 0) OR coalesce(r.first_call_sales, 0) <> coalesce(f.sales, 0)`,
  );
  for (const { key, detail } of rows) report.add('retained_slot', key, detail);
}

async function verifyCustomers(tx: PoolClient, report: VerifyReport): Promise<void> {
  const days = await tx.query<{ key: string; detail: string }>(
    `WITH of_calls AS (
       SELECT business_date, agent_id, team_id, campaign_id, customer_id, count(*) AS dials,
         count(*) FILTER (WHERE outcome = 'answered') AS connects
       FROM call WHERE ${DIAL} GROUP BY 1, 2, 3, 4, 5
     ), should AS (
       SELECT business_date, agent_id, team_id, campaign_id, customer_id, sum(dials) AS dials, sum(connects) AS connects
       FROM (SELECT * FROM of_calls UNION ALL TABLE retained_customer_day) AS both_kinds GROUP BY 1, 2, 3, 4, 5
     )
     SELECT concat_ws('|', business_date, agent_id, team_id, campaign_id, customer_id) AS key,
       format('stored %s/%s, should be %s/%s', c.dials, c.connects, s.dials, s.connects) AS detail
     FROM should s FULL JOIN customer_day c USING (business_date, agent_id, team_id, campaign_id, customer_id)
     WHERE coalesce(c.dials, 0) <> coalesce(s.dials, 0) OR coalesce(c.connects, 0) <> coalesce(s.connects, 0)`,
  );
  for (const { key, detail } of days.rows) report.add('customer_day', key, detail);
  const first = await tx.query<{ key: string; detail: string }>(
    `WITH should AS (
       SELECT DISTINCT ON (customer_id) customer_id, key, slot_start, business_date, agent_id, team_id, campaign_id, sales
       FROM call WHERE ${DIAL} AND ${NOT_SETTLED}
       ORDER BY customer_id, started_at, key
     )
     SELECT customer_id::text AS key, format('stored %s, should be %s', f.call_key, s.key) AS detail
     FROM should s FULL JOIN (SELECT * FROM customer_first_dial WHERE NOT retained) AS f USING (customer_id)
     WHERE (f.call_key, f.slot_start, f.business_date, f.agent_id, f.team_id, f.campaign_id, f.sales)
       IS DISTINCT FROM (s.key, s.slot_start, s.business_date, s.agent_id, s.team_id, s.campaign_id, s.sales)`,
  );
  for (const { key, detail } of first.rows) report.add('customer_first_dial', key, detail);
  const { rows } = await tx.query<{ days: string; first: string }>(
    'SELECT (SELECT count(*) FROM customer_day) AS days, (SELECT count(*) FROM customer_first_dial) AS first',
  );
  report.counts.customerDays = Number(rows[0]?.days ?? 0);
  report.counts.firstDials = Number(rows[0]?.first ?? 0);
}

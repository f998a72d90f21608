/**
 * Closed months: their sums are frozen (closed_sum), so whatever changes them later is an adjustment, written in the same
 * transaction as the change. frozen + adjustments = sums, at any instant; `verify` proves it.
 */
import type { PoolClient } from 'pg';
import { causeOf } from '../../audit/index.js';
import { firstOpenMonth } from '../../calls/index.js';
import { MEASURE_COLUMNS, type Measures } from '../catalog/measures.js';
import type { Contribution } from './contribution.js';

const NAMES = MEASURE_COLUMNS.join(', ');
const TYPED = MEASURE_COLUMNS.map((column) => `${column} bigint`).join(', ');
const VALUES = MEASURE_COLUMNS.map((column) => `coalesce(x.${column}, 0)`).join(', ');
const KEY = 'business_date, agent_id, team_id, campaign_id';
const SUMS = MEASURE_COLUMNS.map((column) => `sum(${column}) AS ${column}`).join(', ');
const DIFFERENCES = MEASURE_COLUMNS.map(
  (column) => `(coalesce(n.${column}, 0) - coalesce(f.${column}, 0))::bigint AS ${column}`,
).join(', ');
const DIFFERS = MEASURE_COLUMNS.map((column) => `d.${column} <> 0`).join(' OR ');

/** What the sums hold beyond frozen + adjustments, of closed months that are not being made again. */
const BEYOND = (settling: boolean): string => `
  WITH months AS (SELECT month FROM closed_period WHERE settling = ${settling}),
  kept AS (
    SELECT ${KEY}, ${SUMS} FROM (
      SELECT ${KEY}, ${NAMES} FROM closed_sum UNION ALL SELECT ${KEY}, ${NAMES} FROM closed_adjustment) k
    WHERE date_trunc('month', business_date)::date IN (SELECT month FROM months) GROUP BY ${KEY}),
  present AS (SELECT ${KEY}, ${NAMES} FROM rollup_day WHERE date_trunc('month', business_date)::date IN (SELECT month FROM months)),
  d AS (SELECT ${KEY}, ${DIFFERENCES} FROM kept f FULL JOIN present n USING (${KEY}))
  SELECT * FROM d WHERE ${DIFFERS}`;

/** `days`: what was added to rollup_day. Costs nothing while only months change that cannot be closed. */
export async function adjustClosed(tx: PoolClient, days: readonly Contribution[]): Promise<void> {
  const cause = causeOf(tx);
  const foldedAt = cause?.foldedAt ?? null;
  const open = foldedAt === null ? null : firstOpenMonth(foldedAt);
  const old = open === null ? days : days.filter(({ businessDate }) => businessDate < open);
  if (old.length === 0) return;
  const closed = await tx.query('SELECT 1 FROM closed_period LIMIT 1');
  if (closed.rowCount === 0) return;
  await tx.query(
    `INSERT INTO closed_adjustment (at, family, reason, by, ${KEY}, ${NAMES})
     SELECT coalesce(to_timestamp($2::float8 / 1000), now()), $3, $4, $5::jsonb, x."businessDate", x."agentId", x."teamId", x."campaignId", ${VALUES}
     FROM json_to_recordset($1::json) AS x("businessDate" date, "agentId" integer, "teamId" integer, "campaignId" integer, ${TYPED})
     JOIN closed_period p ON p.month = date_trunc('month', x."businessDate")::date AND NOT p.settling`,
    [
      JSON.stringify(old.map(flat)),
      cause?.receivedAt ?? null,
      cause?.family ?? 'settings',
      cause?.reason ?? '',
      JSON.stringify(cause?.by ?? []),
    ],
  );
}

function flat({ businessDate, agentId, teamId, campaignId, measures }: Contribution): object {
  const changed = MEASURE_COLUMNS.filter((column) => measures[column] !== 0);
  return { businessDate, agentId, teamId, campaignId, ...Object.fromEntries(changed.map((c) => [c, measures[c]])) };
}

/** A row of the sums that frozen + adjustments do not come to. */
export interface ClosedDifference extends Omit<Contribution, 'slotStart' | 'measures'> {
  measures: Measures;
}

/** None, unless something was changed by hand. Months whose facts are being made again are not looked at. */
export async function closedDifferences(tx: Pick<PoolClient, 'query'>): Promise<ClosedDifference[]> {
  const { rows } = await tx.query<{ date: string; agent: number; team: number; campaign: number } & Measures>(
    `SELECT business_date::text AS date, agent_id AS agent, team_id AS team, campaign_id AS campaign,
       ${MEASURE_COLUMNS.map((column) => `${column}::float8 AS ${column}`).join(', ')} FROM (${BEYOND(false)}) x`,
  );
  return rows.map(({ date, agent, team, campaign, ...measures }) => ({
    businessDate: date,
    agentId: agent,
    teamId: team,
    campaignId: campaign,
    measures,
  }));
}

/** The facts are made again from the log: until that is done, what changes is no adjustment. The fold's lock is held. */
export async function unsettleClosed(tx: Pick<PoolClient, 'query'>): Promise<void> {
  await tx.query('UPDATE closed_period SET settling = true');
}

/**
 * They are complete: what they now say otherwise than before becomes an adjustment (nothing, unless events came in meanwhile
 * or facts had been wrong). The fold's lock is held. Returns how many; null while events still wait for the fold.
 */
export async function settleClosed(tx: Pick<PoolClient, 'query'>): Promise<number | null> {
  const waiting = await tx.query('SELECT 1 FROM call_event_pending LIMIT 1');
  if ((waiting.rowCount ?? 0) > 0) return null;
  const { rowCount } = await tx.query(
    `INSERT INTO closed_adjustment (family, reason, ${KEY}, ${NAMES}) SELECT 'rebuild', '', ${KEY}, ${NAMES} FROM (${BEYOND(true)}) x`,
  );
  await tx.query('UPDATE closed_period SET settling = false WHERE settling');
  return rowCount ?? 0;
}

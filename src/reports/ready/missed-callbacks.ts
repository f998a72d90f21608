/** Promised callbacks whose window closed without a dial, read from the outcomes; the same ones the sums count. */
import type { Pool } from 'pg';
import { type AddParameter, scopeSql } from '../../access/index.js';
import type { CustomerNumbers } from '../../customers/index.js';
import type { Scope } from '../../shared/access.js';
import type { Localised } from '../../shared/api.js';
import type { Asked, Dates } from './ready-report.js';

export interface MissedCallback {
  /** Id of the outcome that promised it. */
  id: string;
  /** ISO 8601. */
  dueAt: string;
  agent: string;
  /** Null: of none. */
  campaign: string | null;
  /** What the call that promised it was said to end in; null: nothing. */
  disposition: Localised | null;
  /** Surrogate id; null: of nobody known. */
  customer: string | null;
  /** Masked; null: nothing is known of it, or it was erased. */
  number: string | null;
  /** First dial to the customer after it was due; null: none yet. */
  dialledAt: string | null;
  lateSeconds: number | null;
}

export interface MissedCallbacks {
  total: number;
  late: { withinHour: number; withinDay: number; later: number; never: number };
  /** Newest first. */
  list: MissedCallback[];
}

const LIST_MAX = 100;

/** Reads the index outcome_due; the dial after each by call_customer. */
export async function readMissed(
  { pool, numbers }: { pool: Pool; numbers: Pick<CustomerNumbers, 'masked'> },
  { from, to }: Dates,
  { agents, teams, campaigns }: Asked['filters'],
  scope: Scope,
): Promise<MissedCallbacks> {
  const values: unknown[] = [from, to];
  const add: AddParameter = (value, type) => `$${values.push(value)}::${type}`;
  const seen = scopeSql(scope, { agent: 'o.agent_id', team: 'o.callback_team' }, add);
  const among = (column: string, ids: readonly number[] | undefined) =>
    ids === undefined ? [] : [`${column} = ANY(${add([...ids], 'integer[]')})`];
  const where = [
    'o.callback_at IS NOT NULL AND o.callback_closed AND NOT o.callback_kept AND NOT o.cancelled',
    // Business days start within a day and a half of midnight UTC: the index finds them by instant.
    `o.callback_at >= $1::date - interval '36 hours' AND o.callback_at < $2::date + interval '36 hours'`,
    'o.callback_date >= $1::date AND o.callback_date < $2::date',
    ...(seen === null ? [] : [seen]),
    ...among('o.agent_id', agents),
    ...among('o.callback_team', teams),
    ...among('o.campaign_id', campaigns),
  ];
  const { rows } = await pool.query<Omit<MissedCallback, 'number'>>(
    `SELECT o.id, to_char(o.callback_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "dueAt",
       a.name AS agent, coalesce(nullif(c.title, ''), c.name) AS campaign, o.customer_id::text AS customer,
       CASE WHEN s.id IS NOT NULL THEN jsonb_build_object('en', s.name_en, 'zh', s.name_zh) END AS disposition,
       to_char(d.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "dialledAt",
       extract(epoch FROM d.at - o.callback_at)::float8 AS "lateSeconds"
     FROM outcome o JOIN agent a ON a.id = o.agent_id LEFT JOIN campaign c ON c.id = o.campaign_id
     LEFT JOIN disposition s ON s.id = o.disposition_id
     LEFT JOIN LATERAL (
       SELECT started_at AS at FROM call WHERE customer_id = o.customer_id AND started_at >= o.callback_at
         AND direction = 'outbound' AND counted ORDER BY started_at, key LIMIT 1) d ON true
     WHERE ${where.join(' AND ')} ORDER BY o.callback_at DESC, o.id`,
    values,
  );
  const late = { withinHour: 0, withinDay: 0, later: 0, never: 0 };
  for (const { lateSeconds } of rows) late[lateOf(lateSeconds)]++;
  const shown = rows.slice(0, LIST_MAX);
  const masked = await numbers.masked(
    pool,
    shown.map(({ customer }) => customer),
  );
  const list = shown.map((row) => ({ ...row, number: masked.get(row.customer ?? '') ?? null }));
  return { total: rows.length, late, list };
}

function lateOf(seconds: number | null): keyof MissedCallbacks['late'] {
  if (seconds === null) return 'never';
  if (seconds <= 3_600) return 'withinHour';
  return seconds <= 86_400 ? 'withinDay' : 'later';
}

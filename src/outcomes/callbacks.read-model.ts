/**
 * Promised callbacks: open, due, missed or kept. Kept is what the sums say once the window has closed: somebody dialled
 * the customer within it, after the promise. Before that a dial shows at once.
 */

import type { Pool } from 'pg';
import { type AddParameter, requireInScope, scopeSql } from '../access/index.js';
import type { OutcomeNotes } from '../calls/index.js';
import type { OwnNumbers } from '../organisation/index.js';
import { type Clock, isoOf } from '../platform/index.js';
import type { Scope } from '../shared/access.js';
import { NO_NUMBER } from '../shared/mask-number.js';
import type { CallbackState, CallbackView } from '../shared/outcomes.js';

/** More than a team can promise; narrower filters show the rest. */
const ROWS_MAX = 500;
const WEEK_MS = 7 * 86_400_000;

export interface CallbacksQuery {
  agents?: number[] | undefined;
  state?: CallbackState | undefined;
  /** Due times, epoch ms, half-open. */
  from?: number | undefined;
  to?: number | undefined;
}

interface Row {
  id: string;
  at: number;
  state: CallbackState;
  agentId: number;
  agentName: string | null;
  campaignId: number;
  campaignName: string | null;
  customer: string | null;
  hasNote: boolean;
}

export class CallbacksReadModel {
  constructor(
    private readonly pool: Pool,
    private readonly book: OwnNumbers,
    private readonly notes: OutcomeNotes,
    private readonly clock: Clock,
  ) {}

  /** By due time. Without `from` those of the last week and all that are to come. */
  async list(query: CallbacksQuery, scope: Scope): Promise<CallbackView[]> {
    await requireInScope(this.pool, scope, { agents: query.agents });
    const rows = await this.rows(query, scope);
    const masked = await this.book.masked(this.pool, [...new Set(rows.flatMap(({ customer }) => customer ?? []))]);
    const noted = rows.filter(({ hasNote }) => hasNote).map(({ id }) => id);
    const notes = await this.notes.read(this.pool, noted);
    return rows.map((row) => ({
      outcomeId: row.id,
      at: isoOf(row.at),
      state: row.state,
      agent: row.agentId === 0 ? null : { id: row.agentId, name: row.agentName ?? String(row.agentId) },
      customer: row.customer === null ? null : (masked.get(row.customer) ?? NO_NUMBER),
      customerId: row.customer,
      campaign: { id: row.campaignId, name: row.campaignName ?? String(row.campaignId) },
      note: notes.get(row.id) ?? null,
    }));
  }

  private async rows({ agents, state, from, to }: CallbacksQuery, scope: Scope): Promise<Row[]> {
    const values: unknown[] = [];
    const add: AddParameter = (value, type) => `$${values.push(value)}::${type}`;
    const instant = (ms: number): string => `to_timestamp(${add(ms, 'float8')} / 1000)`;
    const now = this.clock.now();
    const nowSql = instant(now);
    const where = [
      'o.callback_at IS NOT NULL AND NOT o.cancelled',
      `o.callback_at >= ${instant(from ?? now - WEEK_MS)}`,
      to === undefined ? null : `o.callback_at < ${instant(to)}`,
      agents === undefined ? null : `o.agent_id = ANY(${add(agents, 'integer[]')})`,
      scopeSql(scope, { agent: 'o.agent_id', team: 'o.callback_team' }, add),
    ].filter((condition) => condition !== null);
    const wanted = state === undefined ? '' : `WHERE c.state = ${add(state, 'text')}`;
    const { rows } = await this.pool.query<Row>(
      `SELECT c.* FROM (
         SELECT o.id, (extract(epoch FROM o.callback_at) * 1000)::float8 AS at, o.agent_id AS "agentId",
           (SELECT name FROM agent WHERE id = o.agent_id) AS "agentName", o.campaign_id AS "campaignId",
           (SELECT name FROM campaign WHERE id = o.campaign_id) AS "campaignName", o.customer_id::text AS customer,
           o.has_note AS "hasNote",
           CASE WHEN o.callback_kept THEN 'kept'
             WHEN ${nowSql} < o.callback_at - w.size THEN 'open'
             WHEN ${nowSql} <= o.callback_at + w.size THEN 'due'
             ELSE 'missed' END AS state
         FROM outcome o CROSS JOIN (SELECT make_interval(mins => callback_window_minutes) AS size FROM organisation) w
         WHERE ${where.join(' AND ')}) c
       ${wanted} ORDER BY c.at, c.id LIMIT ${add(ROWS_MAX, 'integer')}`,
      values,
    );
    return rows;
  }
}

import type { Pool } from 'pg';
import { type AddParameter, scopeSql } from '../../access/index.js';
import { type CallFact, FACT_COLUMNS, type LegState } from '../../calls/index.js';
import { calledWhileListedSql, everListedSql } from '../../customers/index.js';
import type { Scope } from '../../shared/access.js';
import type { CallNames } from './call-view.js';
import type { CallCursor, CallsQuery } from './calls-query.js';
import { cellConditions, OWN_NUMBER_OF_CALL } from './cell-filter.js';
import { HANDLED, handledSql, measureSql } from './measure-filter.js';
import type { ReportRange } from './range.js';

export type CallRow = CallFact & CallNames & { cursorTime: string };
export type FoundCall = CallRow & { legs: LegState[]; inScope: boolean };
export type CallsFilter = Omit<CallsQuery, 'from' | 'to'> & {
  /** Open ends are null. */
  from: number | null;
  to: number | null;
  dates: ReportRange['dates'];
};

export interface EventRow {
  id: string;
  type: string;
  leg: string;
  occurredAt: Date;
  receivedAt: Date;
  fields: Record<string, unknown>;
}

/** Business days of other zones begin up to this much earlier or later than ours. */
const ZONE_SPREAD_MS = 36 * 3_600_000;

/** Facts with names; `key` and the rest are those of `call`, so names are looked up by subqueries. */
const SELECT_CALL = `SELECT ${FACT_COLUMNS},
  (SELECT name FROM agent WHERE id = agent_id) AS "agentName",
  (SELECT name FROM team WHERE id = team_id) AS "teamName",
  (SELECT name FROM campaign WHERE id = campaign_id) AS "campaignName",
  (SELECT jsonb_build_object('key', d.key, 'en', d.name_en, 'zh', d.name_zh) FROM disposition d
   WHERE d.id = disposition_id) AS disposition,
  ${calledWhileListedSql('call')} AS "doNotCall",
  to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "cursorTime"`;

export class CallsRepository {
  constructor(private readonly pool: Pool) {}

  /**
   * A page, newest first. Walks call_started, or call_agent when one agent is asked for, backwards from the cursor and
   * stops at the limit; nothing is sorted.
   */
  async page(filter: CallsFilter, scope: Scope): Promise<CallRow[]> {
    const values: unknown[] = [];
    const add: AddParameter = (value, type) => `$${values.push(value)}::${type}`;
    const where = callConditions(filter, scope, add);
    const { rows } = await this.pool.query<CallRow>(
      `${SELECT_CALL} FROM call ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
       ORDER BY started_at DESC, key DESC LIMIT ${add(filter.limit, 'integer')}`,
      values,
    );
    return rows;
  }

  /** One statement whether the call is in the scope, outside it or nowhere: the three take the same time. */
  async findByKey(key: string, scope: Scope): Promise<FoundCall | null> {
    const values: unknown[] = [key];
    const seen = visibleSql(scope, (value, type) => `$${values.push(value)}::${type}`);
    const { rows } = await this.pool.query<FoundCall>(
      `${SELECT_CALL}, legs, ${seen ?? 'true'} AS "inScope" FROM call WHERE key = $1`,
      values,
    );
    return rows[0] ?? null;
  }

  /** Events of the call's legs, oldest first; a call has 5–20. */
  async events(callKey: string, limit: number): Promise<EventRow[]> {
    const { rows } = await this.pool.query<EventRow>(
      `SELECT e.id::text AS id, e.type, e.leg_id AS leg, e.occurred_at AS "occurredAt", e.received_at AS "receivedAt", e.fields
       FROM call_leg l JOIN call_event e ON e.leg_id = l.leg_id
       WHERE l.call_key = $1 ORDER BY e.occurred_at, e.id LIMIT $2`,
      [callKey, limit],
    );
    return rows;
  }

  async isFirstDial(callKey: string, customerId: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      'SELECT 1 FROM customer_first_dial WHERE customer_id = $1 AND call_key = $2',
      [customerId, callKey],
    );
    return rowCount === 1;
  }
}

/**
 * A filter as conditions on `call`, all of which must hold; with a cursor those behind it, newest first. Also for lists
 * that are read to their end (exports), so that both hold the same calls.
 */
export function callConditions(filter: CallsFilter, scope: Scope, add: AddParameter): string[] {
  const where = [...timeSql(filter, add), ...ownerSql(filter, scope, add)];
  if (filter.campaigns !== undefined) where.push(`campaign_id = ANY(${add(filter.campaigns, 'integer[]')})`);
  // Walks call_customer then: a customer has few calls.
  if (filter.customer !== undefined) where.push(`customer_id = ${add(filter.customer, 'bigint')}`);
  if (filter.direction !== undefined) where.push(`direction = ${add(filter.direction, 'text')}`);
  if (filter.outcome !== undefined) where.push(`outcome = ${add(filter.outcome, 'text')}`);
  if (filter.measure !== undefined) where.push(measureSql(filter.measure));
  if (filter.incomplete) where.push('cardinality(incomplete) > 0');
  if (filter.stale) where.push('stale');
  if (filter.unassigned) where.push('agent_id = 0');
  if (filter.dnc) where.push(everListedSql('call'), calledWhileListedSql('call'));
  where.push(...cellConditions(filter, CELL, add));
  if (filter.cursor !== undefined) where.push(behind(filter.cursor, add));
  return where;
}

function timeSql({ from, to, dates }: CallsFilter, add: AddParameter): string[] {
  const instant = (ms: number): string => `to_timestamp(${add(ms, 'float8')} / 1000)`;
  const spread = dates === null ? 0 : ZONE_SPREAD_MS;
  const where: string[] = [];
  if (from !== null) where.push(`started_at >= ${instant(from - spread)}`);
  if (to !== null) where.push(`started_at < ${instant(to + spread)}`);
  if (dates !== null) {
    where.push(`business_date >= ${add(dates.from, 'date')}`, `business_date < ${add(dates.to, 'date')}`);
  }
  return where;
}

const CELL = {
  disposition: 'disposition_id',
  number: OWN_NUMBER_OF_CALL,
  slot: 'slot_start',
  zone: 'time_zone',
  date: 'business_date',
};
const OWNER = { agent: 'agent_id', team: 'team_id' };

/** Somebody in the scope owns the call or talked in it; null = the whole organisation. */
export function visibleSql(scope: Scope, add: AddParameter): string | null {
  const owner = scopeSql(scope, OWNER, add);
  return owner === null ? null : `(${owner} OR ${handledSql([scopeSql(scope, HANDLED, add)])})`;
}

/** With a measure only calls that count for the scope: a figure opens to exactly its calls. */
function ownerSql({ agents, teams, measure }: CallsFilter, scope: Scope, add: AddParameter): string[] {
  const within = (column: string, ids: number[] | undefined) =>
    ids === undefined ? null : `${column} = ANY(${add(ids, 'integer[]')})`;
  if (measure === 'handled') {
    return [handledSql([within(HANDLED.agent, agents), within(HANDLED.team, teams), scopeSql(scope, HANDLED, add)])];
  }
  const [agent, ...others] = agents ?? [];
  // One agent by equality: then call_agent is walked in order and nothing is sorted.
  const one = agent !== undefined && others.length === 0 ? `agent_id = ${add(agent, 'integer')}` : null;
  const many = one === null ? within('agent_id', agents) : null;
  const seen = measure === undefined ? visibleSql(scope, add) : scopeSql(scope, OWNER, add);
  return [one, many, within('team_id', teams), seen].filter((condition) => condition !== null);
}

function behind({ startedAt, key }: CallCursor, add: AddParameter): string {
  return `(started_at, key) < (${add(startedAt, 'timestamptz')}, ${add(key, 'text')})`;
}

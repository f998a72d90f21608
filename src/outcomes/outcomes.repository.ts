import type { Pool, PoolClient } from 'pg';
import { type AddParameter, scopeSql } from '../access/index.js';
import {
  OUTCOME_COLUMNS,
  type OutcomeFact,
  type OutcomeRow,
  type OutcomeState,
  toOutcomeFact,
} from '../calls/index.js';
import { type CellColumns, cellConditions, OWN_NUMBER_OF_CALL } from '../kpi/read/index.js';
import type { Scope } from '../shared/access.js';
import { outcomeScopeSql } from './known.repository.js';
import { OUTCOME_MEASURES } from './outcome-measures.js';
import type { OutcomesQuery } from './outcomes-query.js';

export interface OutcomeNames {
  state: OutcomeState;
  agentName: string | null;
  teamName: string | null;
  campaignName: string | null;
  /** Of the campaign; of none, the organisation's. */
  currency: string;
  dispositionKey: string | null;
  nameEn: string | null;
  nameZh: string | null;
  cursorAt: string;
}
export interface FoundOutcome extends OutcomeNames {
  fact: OutcomeFact;
}
export type OutcomesFilter = Omit<OutcomesQuery, 'from' | 'to'> & {
  /** Epoch ms; open ends are null. */
  from: number | null;
  to: number | null;
  /** Business dates, half-open. */
  dates: { from: string; to: string } | null;
};

/** What `foundOf` makes an outcome of. */
export const NAMED_OUTCOME = `o.state, ${OUTCOME_COLUMNS},
  (SELECT name FROM agent WHERE id = o.agent_id) AS "agentName",
  (SELECT name FROM team WHERE id = o.team_id) AS "teamName",
  k.name AS "campaignName", coalesce(k.currency, (SELECT currency FROM organisation)) AS currency, d.key AS "dispositionKey", d.name_en AS "nameEn", d.name_zh AS "nameZh",
  to_char(o.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "cursorAt"`;
export const OUTCOME_TABLES = `FROM outcome o LEFT JOIN campaign k ON k.id = o.campaign_id LEFT JOIN disposition d ON d.id = o.disposition_id`;

export interface EventRow {
  id: string;
  receivedAt: Date;
  fields: { outcome?: { version: number } & Record<string, unknown> } & Record<string, unknown>;
}

export interface TrailRow {
  at: Date;
  kind: 'user' | 'key' | 'system';
  id: number | null;
  name: string | null;
  after: string | null;
}

export class OutcomesRepository {
  constructor(private readonly pool: Pick<Pool | PoolClient, 'query'>) {}

  /** A page, newest first: walks outcome_at backwards from the cursor, or outcome_agent when one agent is asked for. */
  async page(filter: OutcomesFilter, scope: Scope): Promise<FoundOutcome[]> {
    const values: unknown[] = [];
    const add: AddParameter = (value, type) => `$${values.push(value)}::${type}`;
    const where = conditionsOf(filter, scope, add);
    const { rows } = await this.pool.query<OutcomeRow & OutcomeNames>(
      `SELECT ${NAMED_OUTCOME} ${OUTCOME_TABLES} ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`}
       ORDER BY o.at DESC, o.id DESC LIMIT ${add(filter.limit, 'integer')}`,
      values,
    );
    return rows.map(foundOf);
  }

  /** How many there are, counted up to `max`. */
  async count(filter: OutcomesFilter, scope: Scope, max: number): Promise<number> {
    const values: unknown[] = [];
    const add: AddParameter = (value, type) => `$${values.push(value)}::${type}`;
    const where = conditionsOf(filter, scope, add);
    const { rows } = await this.pool.query<{ n: number }>(
      `SELECT count(*)::integer AS n FROM (SELECT FROM outcome o
       ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`} LIMIT ${add(max, 'integer')}) found`,
      values,
    );
    return rows[0]?.n ?? 0;
  }

  /** Whether it is in the scope, outside it or nowhere takes the same time. */
  async find(id: string, scope: Scope): Promise<{ found: FoundOutcome; inScope: boolean } | null> {
    const values: unknown[] = [id];
    const seen = outcomeScopeSql(scope, (value, type) => `$${values.push(value)}::${type}`);
    const { rows } = await this.pool.query<OutcomeRow & OutcomeNames & { inScope: boolean }>(
      `SELECT ${NAMED_OUTCOME}, ${seen ?? 'true'} AS "inScope" ${OUTCOME_TABLES} WHERE o.id = $1`,
      values,
    );
    const [row] = rows;
    return row === undefined ? null : { found: foundOf(row), inScope: row.inScope };
  }

  async events(id: string, limit: number): Promise<EventRow[]> {
    const { rows } = await this.pool.query<EventRow>(
      `SELECT id::text AS id, received_at AS "receivedAt", fields FROM call_event
       WHERE leg_id = $1 AND type = 'outcome.set' ORDER BY id LIMIT $2`,
      [id, limit],
    );
    return rows;
  }

  /** Entries of the audit log about one outcome, with the name of today. */
  async trail(subject: { kind: string; id: string }, limit: number): Promise<TrailRow[]> {
    const { rows } = await this.pool.query<TrailRow>(
      `SELECT e.at, e.actor_kind AS kind, e.actor_id AS id, e.after,
         CASE e.actor_kind WHEN 'user' THEN (SELECT name FROM app_user u WHERE u.id = e.actor_id)
           WHEN 'key' THEN (SELECT name FROM api_key k WHERE k.id = e.actor_id) END AS name
       FROM audit_event e WHERE e.subject_kind = $1 AND e.subject_id = $2 AND e.outcome = 'done' ORDER BY e.seq LIMIT $3`,
      [subject.kind, subject.id, limit],
    );
    return rows;
  }
}

export function foundOf(row: OutcomeRow & OutcomeNames): FoundOutcome {
  const { state, agentName, teamName, campaignName, currency, dispositionKey, nameEn, nameZh, cursorAt, ...fact } = row;
  return {
    fact: toOutcomeFact(fact),
    state,
    agentName,
    teamName,
    campaignName,
    currency,
    dispositionKey,
    nameEn,
    nameZh,
    cursorAt,
  };
}

function conditionsOf(filter: OutcomesFilter, scope: Scope, add: AddParameter): string[] {
  const where = placeSql(filter, scope, add);
  if (filter.campaigns !== undefined) where.push(`o.campaign_id = ANY(${add(filter.campaigns, 'integer[]')})`);
  if (filter.call !== undefined) {
    where.push(`o.call_key = (SELECT l.call_key FROM call_leg l WHERE l.leg_id = ${add(filter.call, 'text')})`);
  }
  if (filter.cursor !== undefined) {
    where.push(`(o.at, o.id) < (${add(filter.cursor.at, 'timestamptz')}, ${add(filter.cursor.id, 'text')})`);
  }
  return where;
}

/** With a measure only outcomes that count there: of these agents and teams, in this time. */
function placeSql(filter: OutcomesFilter, scope: Scope, add: AddParameter): string[] {
  const { agents, teams, from, to, dates } = filter;
  const measure = filter.measure === undefined ? undefined : OUTCOME_MEASURES[filter.measure];
  const place = measure?.place ?? {
    agent: 'o.agent_id',
    team: 'o.team_id',
    date: 'o.business_date',
    at: 'o.at',
  };
  const at = (ms: number): string => `to_timestamp(${add(ms, 'float8')} / 1000)`;
  const seen = measure === undefined ? outcomeScopeSql(scope, add) : scopeSql(scope, place, add);
  const conditions = [
    agents === undefined ? null : `${place.agent} = ANY(${add(agents, 'integer[]')})`,
    teams === undefined ? null : `${place.team} = ANY(${add(teams, 'integer[]')})`,
    dates === null ? null : `${place.date} >= ${add(dates.from, 'date')} AND ${place.date} < ${add(dates.to, 'date')}`,
    dates !== null || from === null ? null : `${place.at} >= ${at(from)}`,
    dates !== null || to === null ? null : `${place.at} < ${at(to)}`,
    seen,
    ...cellConditions(filter, cellOf(filter.measure, place), add),
  ].filter((condition) => condition !== null);
  if (measure === undefined) return conditions;
  if (measure.within === undefined) return [measure.where, ...conditions];
  return [
    measure.where,
    `${measure.within.open}${conditions.length === 0 ? 'true' : conditions.join(' AND ')}${measure.within.close}`,
  ];
}

/** Where a cell of a report looks: a sale on a first attempt counts with the call, also for its disposition. */
function cellOf(measure: string | undefined, { at, date }: { at: string; date: string }): CellColumns {
  const ofCall = (column: string): string => `(SELECT ${column} FROM call WHERE call.key = o.call_key)`;
  return {
    disposition: measure === 'first_call_sales' ? ofCall('call.disposition_id') : 'o.disposition_id',
    number: ofCall(OWN_NUMBER_OF_CALL),
    slot: at,
    zone: 'o.time_zone',
    date,
  };
}

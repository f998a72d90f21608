/** What is known when an outcome comes in: what was said of it before, the call it names, and whether one may touch them. */
import type { Pool, PoolClient } from 'pg';
import { type AddParameter, scopeSql } from '../access/index.js';
import {
  OUTCOME_COLUMNS,
  type OutcomeFact,
  type OutcomeRow,
  type OutcomeState,
  toOutcomeFact,
} from '../calls/index.js';
import { visibleSql } from '../kpi/read/index.js';
import type { Scope } from '../shared/access.js';

export type Queryable = Pick<Pool | PoolClient, 'query'>;

export interface KnownOutcome {
  state: OutcomeState;
  fact: OutcomeFact;
  inScope: boolean;
  /** Its agent is in the scope: seen it is also by who has a part of its revenue, changed only by whose it is. */
  mayChange: boolean;
}

/** Whose an outcome `o` is: its agent's, or that of somebody with a part of its revenue. */
export function outcomeScopeSql(scope: Scope, add: AddParameter): string | null {
  const owner = ownedSql(scope, add);
  if (owner === null) return null;
  const part = scopeSql(scope, { agent: `(p->>'agent')::integer`, team: `(p->>'team')::integer` }, add);
  return `(${owner} OR EXISTS (SELECT 1 FROM jsonb_array_elements(o.revenue) p WHERE ${part}))`;
}

function ownedSql(scope: Scope, add: AddParameter): string | null {
  return scopeSql(scope, { agent: 'o.agent_id', team: 'o.team_id' }, add);
}

export async function knownOutcomes(
  db: Queryable,
  ids: readonly string[],
  scope: Scope,
): Promise<Map<string, KnownOutcome>> {
  if (ids.length === 0) return new Map();
  const values: unknown[] = [[...ids]];
  const add: AddParameter = (value, type) => `$${values.push(value)}::${type}`;
  const seen = outcomeScopeSql(scope, add);
  const owned = ownedSql(scope, add);
  const { rows } = await db.query<OutcomeRow & Omit<KnownOutcome, 'fact'>>(
    `SELECT o.state, ${OUTCOME_COLUMNS}, ${seen ?? 'true'} AS "inScope", ${owned ?? 'true'} AS "mayChange"
     FROM outcome o WHERE o.id = ANY($1::text[])`,
    values,
  );
  return new Map(
    rows.map(({ state, inScope, mayChange, ...row }) => {
      return [row.id, { state, inScope, mayChange, fact: toOutcomeFact(row) }];
    }),
  );
}

export interface KnownCall {
  campaignId: number;
  inScope: boolean;
}

/** Calls by the id of any of their legs. */
export async function knownCalls(
  db: Queryable,
  legs: readonly string[],
  scope: Scope,
): Promise<Map<string, KnownCall>> {
  if (legs.length === 0) return new Map();
  const values: unknown[] = [[...legs]];
  const seen = visibleSql(scope, (value, type) => `$${values.push(value)}::${type}`);
  const { rows } = await db.query<KnownCall & { leg: string }>(
    `SELECT l.leg_id AS leg, campaign_id AS "campaignId", ${seen ?? 'true'} AS "inScope"
     FROM call_leg l JOIN call ON call.key = l.call_key WHERE l.leg_id = ANY($1::text[])`,
    values,
  );
  return new Map(rows.map(({ leg, ...call }) => [leg, call]));
}

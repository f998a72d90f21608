/** Outcomes in the database. Set-based; rows are written in key order. */
import type { PoolClient } from 'pg';
import type { CallFact } from '../call-fact.js';
import { FACT_COLUMNS } from '../calls.repository.js';
import type { OutcomeState } from './merge-outcome.js';
import type { CallbackFact, OutcomeFact } from './outcome-fact.js';
import type { CallWanted, KeepingWanted } from './resolve-outcome.js';

type Queryable = Pick<PoolClient, 'query'>;

export interface StoredOutcome {
  state: OutcomeState;
  fact: OutcomeFact;
}

const MS = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

/** Columns of `outcome o`; `toOutcomeFact` makes the fact of them. */
export const OUTCOME_COLUMNS = `
  o.id, ${MS('o.at')} AS at, o.agent_id AS "agentId", o.team_id AS "teamId", o.campaign_id AS "campaignId",
  o.time_zone AS "timeZone", ${MS('o.slot_start')} AS "slotStart", o.business_date::text AS "businessDate",
  o.call_key AS "callKey", o.customer_id::text AS "customerRef", o.origin, o.disposition_id AS "dispositionId", o.flags,
  o.sold, o.amount_minor::float8 AS "amountMinor", o.revenue, ${MS('o.callback_at')} AS "callbackAt",
  ${MS('o.callback_slot')} AS "callbackSlot", o.callback_date::text AS "callbackDate", o.callback_team AS "callbackTeam",
  o.callback_closed AS "callbackClosed", o.callback_kept AS "callbackKept", o.has_note AS "hasNote", o.cancelled,
  o.version::float8 AS version, o.problems`;

export interface OutcomeRow extends Omit<OutcomeFact, 'callback'> {
  callbackAt: number | null;
  callbackSlot: number | null;
  callbackDate: string | null;
  callbackTeam: number | null;
  callbackClosed: boolean;
  callbackKept: boolean;
}

export function toOutcomeFact(row: OutcomeRow): OutcomeFact {
  const { callbackAt, callbackSlot, callbackDate, callbackTeam, callbackClosed, callbackKept, ...rest } = row;
  const callback: CallbackFact | null =
    callbackAt === null || callbackSlot === null || callbackDate === null || callbackTeam === null
      ? null
      : {
          at: callbackAt,
          slotStart: callbackSlot,
          businessDate: callbackDate,
          team: callbackTeam,
          closed: callbackClosed,
          kept: callbackKept,
        };
  return { ...rest, callback };
}

/** What may concern outcomes: the outcomes themselves, and things they name or stand on. */
export interface Touched {
  ids: readonly string[];
  callKeys: readonly string[];
  legs: readonly string[];
  customers: readonly string[];
  /** Addresses of agents that were not known before. */
  identities: readonly string[];
}

/** One look into an index for each element: a plan made while there were few outcomes must not read all of them later. */
const idsBy = (column: string, list: string): string =>
  `SELECT f.id FROM unnest(${list}) AS u(v) CROSS JOIN LATERAL (SELECT t.id FROM outcome t WHERE t.${column} = u.v OFFSET 0) AS f`;

const rowOf = (ids: string): string =>
  `CROSS JOIN LATERAL (SELECT * FROM outcome r WHERE r.id = ${ids}.id OFFSET 0) AS o`;

const TOUCHED = `
  SELECT o.state, ${OUTCOME_COLUMNS} FROM (
    SELECT unnest($1::text[]) AS id
    UNION ${idsBy('call_key', '$2::text[]')}
    UNION ${idsBy('call_ref', '$3::text[]')}
    UNION ${idsBy('customer_id', '$4::bigint[]')}
    UNION ${idsBy('agent_ref', '$5::text[]')}
  ) AS touched ${rowOf('touched')}`;

export async function loadTouched(tx: Queryable, touched: Touched): Promise<StoredOutcome[]> {
  const { ids, callKeys, legs, customers, identities } = touched;
  if (ids.length + callKeys.length + legs.length + customers.length + identities.length === 0) return [];
  const { rows } = await tx.query<OutcomeRow & { state: OutcomeState }>({
    name: 'outcomes-touched',
    text: TOUCHED,
    values: [ids, callKeys, legs, customers, identities],
  });
  return rows.map(({ state, ...row }) => ({ state, fact: toOutcomeFact(row) }));
}

/** In the order of ids, from behind one. */
export async function storedOutcomes(tx: Queryable, after: string, limit: number): Promise<StoredOutcome[]> {
  const { rows } = await tx.query<OutcomeRow & { state: OutcomeState }>(
    `SELECT o.state, ${OUTCOME_COLUMNS} FROM outcome o WHERE o.id > $1 ORDER BY o.id LIMIT $2`,
    [after, limit],
  );
  return rows.map(({ state, ...row }) => ({ state, fact: toOutcomeFact(row) }));
}

/** Facts of all outcomes of these calls, by key. */
export async function outcomesOfCalls(tx: Queryable, keys: readonly string[]): Promise<Map<string, OutcomeFact[]>> {
  const byKey = new Map<string, OutcomeFact[]>();
  if (keys.length === 0) return byKey;
  const { rows } = await tx.query<OutcomeRow>({
    name: 'outcomes-of-calls',
    text: `SELECT ${OUTCOME_COLUMNS} FROM (${idsBy('call_key', '$1::text[]')}) AS found ${rowOf('found')}`,
    values: [keys],
  });
  for (const fact of rows.map(toOutcomeFact)) {
    const key = fact.callKey ?? '';
    byKey.set(key, [...(byKey.get(key) ?? []), fact]);
  }
  return byKey;
}

/** The call each outcome belongs to, by the outcome's id. */
export async function findCalls(
  tx: Queryable,
  wanted: ReadonlyMap<string, CallWanted>,
): Promise<Map<string, CallFact>> {
  const found = new Map<string, CallFact>();
  const byLeg: { id: string; leg: string }[] = [];
  const byCustomer: ({ id: string } & Exclude<CallWanted, { leg: string }>)[] = [];
  for (const [id, want] of wanted) {
    if ('leg' in want) byLeg.push({ id, leg: want.leg });
    else byCustomer.push({ id, ...want });
  }
  const add = (rows: (CallFact & { outcomeId: string })[]): void => {
    for (const { outcomeId, ...fact } of rows) found.set(outcomeId, fact);
  };
  if (byLeg.length > 0)
    add((await tx.query({ name: 'outcome-call-by-leg', text: BY_LEG, values: [JSON.stringify(byLeg)] })).rows);
  if (byCustomer.length > 0) {
    add(
      (await tx.query({ name: 'outcome-call-by-customer', text: BY_CUSTOMER, values: [JSON.stringify(byCustomer)] }))
        .rows,
    );
  }
  return found;
}

const BY_LEG = `
  SELECT x.id AS "outcomeId", ${FACT_COLUMNS}
  FROM json_to_recordset($1::json) AS x(id text, leg text) JOIN call_leg l ON l.leg_id = x.leg JOIN call ON call.key = l.call_key`;

/** One probe of call_customer each. The last one, of the agent where there is one of theirs. */
const BY_CUSTOMER = `
  SELECT x.id AS "outcomeId", c.*
  FROM json_to_recordset($1::json) AS x(id text, customer bigint, "from" float8, "to" float8, agent integer)
  CROSS JOIN LATERAL (
    SELECT ${FACT_COLUMNS} FROM call
    WHERE call.customer_id = x.customer AND counted AND direction <> 'internal'
      AND started_at >= to_timestamp(x."from" / 1000) AND started_at <= to_timestamp(x."to" / 1000)
    ORDER BY (call.agent_id = coalesce(x.agent, -1)) DESC, started_at DESC, key DESC LIMIT 1
  ) AS c`;

/** Facts of outcomes that count anything in [from, to), epoch ms: at their own time, or by a callback that was due. */
export async function outcomesBetween(tx: Queryable, from: number, to: number): Promise<OutcomeFact[]> {
  const between = (column: string): string =>
    `${column} >= to_timestamp($1::float8 / 1000) AND ${column} < to_timestamp($2::float8 / 1000)`;
  const { rows } = await tx.query<OutcomeRow>(
    `SELECT ${OUTCOME_COLUMNS} FROM outcome o
     WHERE (${between('o.at')}) OR (o.callback_closed AND ${between('o.callback_slot')})`,
    [from, to],
  );
  return rows.map(toOutcomeFact);
}

/** The ids of the outcomes whose callback somebody dialled for. One probe of call_customer each. */
export async function keptAmong(
  tx: Queryable,
  callbacks: readonly (KeepingWanted & { id: string })[],
): Promise<Set<string>> {
  if (callbacks.length === 0) return new Set();
  const { rows } = await tx.query<{ id: string }>({
    name: 'outcome-callbacks-kept',
    text: `SELECT x.id
     FROM json_to_recordset($1::json) AS x(id text, customer bigint, "from" float8, "to" float8, "promisedIn" text)
     WHERE EXISTS (SELECT 1 FROM call c WHERE c.customer_id = x.customer AND c.direction = 'outbound' AND c.counted
       AND c.key IS DISTINCT FROM x."promisedIn"
       AND c.started_at >= to_timestamp(x."from" / 1000) AND c.started_at <= to_timestamp(x."to" / 1000))`,
    values: [JSON.stringify(callbacks)],
  });
  return new Set(rows.map(({ id }) => id));
}

export async function writeOutcomes(tx: Queryable, outcomes: readonly StoredOutcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const rows = outcomes.map(({ state, fact: { callback, ...fact } }) => ({
    ...fact,
    state,
    callbackAt: callback?.at ?? null,
    callbackSlot: callback?.slotStart ?? null,
    callbackDate: callback?.businessDate ?? null,
    callbackTeam: callback?.team ?? null,
    callbackClosed: callback?.closed ?? false,
    callbackKept: callback?.kept ?? false,
    callRef: state.call?.value ?? null,
    agentRef: state.agent !== null && 'identity' in state.agent.value ? state.agent.value.identity : null,
    dispositionRef: state.disposition?.value ?? null,
  }));
  rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  await tx.query({ name: 'outcome-write', text: UPSERT, values: [JSON.stringify(rows)] });
}

/** column → value of the JSON row `x`, its type there. */
const FIELDS: readonly (readonly [column: string, field: string, type: string])[] = [
  ['state', 'state', 'jsonb'],
  ['at', 'at', 'instant'],
  ['agent_id', 'agentId', 'integer'],
  ['team_id', 'teamId', 'integer'],
  ['campaign_id', 'campaignId', 'integer'],
  ['time_zone', 'timeZone', 'text'],
  ['slot_start', 'slotStart', 'instant'],
  ['business_date', 'businessDate', 'date'],
  ['call_key', 'callKey', 'text'],
  ['customer_id', 'customerRef', 'bigint'],
  ['origin', 'origin', 'text'],
  ['disposition_id', 'dispositionId', 'integer'],
  ['flags', 'flags', 'text[]'],
  ['sold', 'sold', 'boolean'],
  ['amount_minor', 'amountMinor', 'bigint'],
  ['revenue', 'revenue', 'jsonb'],
  ['callback_at', 'callbackAt', 'instant'],
  ['callback_slot', 'callbackSlot', 'instant'],
  ['callback_date', 'callbackDate', 'date'],
  ['callback_team', 'callbackTeam', 'integer'],
  ['callback_closed', 'callbackClosed', 'boolean'],
  ['callback_kept', 'callbackKept', 'boolean'],
  ['has_note', 'hasNote', 'boolean'],
  ['cancelled', 'cancelled', 'boolean'],
  ['version', 'version', 'bigint'],
  ['problems', 'problems', 'text[]'],
  ['call_ref', 'callRef', 'text'],
  ['agent_ref', 'agentRef', 'text'],
  ['disposition_ref', 'dispositionRef', 'text'],
];

const UPSERT = `
  INSERT INTO outcome (id, ${FIELDS.map(([column]) => column).join(', ')})
  SELECT x.id, ${FIELDS.map(([, field, type]) => (type === 'instant' ? `to_timestamp(x."${field}" / 1000)` : `x."${field}"`)).join(', ')}
  FROM json_to_recordset($1::json) AS x(id text, ${FIELDS.map(([, field, type]) => `"${field}" ${type === 'instant' ? 'float8' : type}`).join(', ')})
  ON CONFLICT (id) DO UPDATE SET ${FIELDS.map(([column]) => `${column} = excluded.${column}`).join(', ')}`;

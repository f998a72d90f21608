/** Replaces an agent's names by pseudonyms in events and calls, whole calls at a time. The caller holds the fold's lock. */
import { isDeepStrictEqual } from 'node:util';
import type { Queryable } from '../audit/index.js';
import type { LegState, OutcomeState } from '../calls/index.js';
import type { Erasures } from '../customers/index.js';
import type { StoredFields } from '../ingest/index.js';
import { levelled, type Pseudonyms, renamedFields, renamedLeg } from './agent-names.js';
import { type FoundEvent, forgetBodies, keyDedupKeys, legsOfCalls } from './forget-events.js';

const NAMES = `(fields->>'agent' = ANY($1::text[]) OR fields->'from'->>'identity' = ANY($1::text[])
  OR fields->'to'->>'identity' = ANY($1::text[]))`;

/** Legs whose events with an id in (`after`, `upTo`] give one of the names. */
export async function legsNaming(tx: Queryable, names: string[], after: number, upTo: number): Promise<string[]> {
  const { rows } = await tx.query<{ leg: string }>(
    `SELECT DISTINCT leg_id AS leg FROM call_event WHERE id > $2::bigint AND id <= $3::bigint AND ${NAMES}`,
    [names, after, upTo],
  );
  return rows.map(({ leg }) => leg);
}

interface EventRow extends FoundEvent {
  fields: StoredFields;
}

/** Returns how many bodies went. */
export async function renameInCalls(
  tx: Queryable,
  legs: string[],
  { names, erasures, keyId }: { names: Pseudonyms; erasures: Erasures; keyId: number },
): Promise<number> {
  const all = await legsOfCalls(tx, legs);
  const { rows: calls } = await tx.query<{ key: string; legs: LegState[] }>(
    `SELECT key, legs FROM call WHERE key IN (SELECT call_key FROM call_leg WHERE leg_id = ANY($1::text[])) ORDER BY key`,
    [all],
  );
  const renamed = calls.map(({ key, legs }) => ({ key, legs: legs.map((leg) => renamedLeg(leg, names)) }));
  const byLeg = new Map(renamed.flatMap(({ legs }) => legs.map((leg) => [leg.id, leg])));
  const { rows: events } = await tx.query<EventRow>(
    `SELECT id::text AS id, leg_id AS "legId", dedup_key AS "dedupKey", fields FROM call_event
     WHERE leg_id = ANY($1::text[]) ORDER BY id`,
    [all],
  );
  const mine = events.map((event) => ({ ...event, fields: renamedFields(event.fields, names) }));
  const naming = new Set(
    mine.filter(({ fields }, i) => !isDeepStrictEqual(fields, events[i]?.fields)).map(({ legId }) => legId),
  );
  const changed = mine.flatMap((event, i) => {
    const leg = naming.has(event.legId) ? byLeg.get(event.legId) : undefined;
    const fields = leg === undefined ? event.fields : levelled(event.fields, leg);
    return isDeepStrictEqual(fields, events[i]?.fields) ? [] : [{ ...event, fields }];
  });
  await tx.query(
    `UPDATE call_event e SET fields = x.fields FROM json_to_recordset($1::json) AS x(id bigint, fields jsonb) WHERE e.id = x.id`,
    [JSON.stringify(changed.map(({ id, fields }) => ({ id, fields })))],
  );
  await tx.query(
    `UPDATE call c SET legs = x.legs FROM json_to_recordset($1::json) AS x(key text, legs jsonb) WHERE c.key = x.key`,
    [JSON.stringify(renamed)],
  );
  const outcomesRenamed = await renameInOutcomes(tx, all, names);
  // A process may hold events it has just logged in memory: with other settings its fold reads them again.
  if (changed.length + outcomesRenamed > 0) await tx.query('UPDATE organisation SET version = version + 1');
  await keyDedupKeys(tx, changed, erasures, keyId);
  return forgetBodies(tx, all);
}

/**
 * Versions decide between contradicting names, but of equal ones the content does, and a pseudonym sorts elsewhere than
 * the name it stands for: then all events of that version say the name that had won. Returns how many outcomes changed.
 */
async function renameInOutcomes(tx: Queryable, ids: string[], names: Pseudonyms): Promise<number> {
  const { rows } = await tx.query<{ id: string; state: OutcomeState }>(
    'SELECT id, state FROM outcome WHERE id = ANY($1::text[]) AND agent_ref = ANY($2::text[]) ORDER BY id',
    [ids, [...names.keys()]],
  );
  for (const { id, state } of rows) {
    const { agent } = state;
    if (agent === null || !('identity' in agent.value)) continue;
    const identity = names.get(agent.value.identity);
    if (identity === undefined) continue;
    const renamed: OutcomeState = { ...state, agent: { v: agent.v, value: { identity } } };
    await tx.query('UPDATE outcome SET state = $2::jsonb, agent_ref = $3 WHERE id = $1', [
      id,
      JSON.stringify(renamed),
      identity,
    ]);
    await tx.query(
      `UPDATE call_event SET fields = fields || jsonb_build_object('agent', $3::text)
       WHERE leg_id = $1 AND fields ? 'agent' AND (fields->'outcome'->>'version')::float8 = $2`,
      [id, agent.v, identity],
    );
  }
  return rows.length;
}

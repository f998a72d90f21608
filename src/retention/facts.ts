/**
 * Retention of calls and outcomes with their events. A call goes as a whole and with its outcomes, when the newest event of
 * any of its legs was received before the horizon, nothing of it waits for the fold, no change of settings has still to move
 * it, and none of its outcomes is younger (old-outcomes.ts). What they counted is kept in the same transaction (kpi/rollup/retained.repository.ts), so no sum changes and `verify` and `rebuild` go on agreeing.
 */
import type { Pool, PoolClient } from 'pg';
import { deleteWithLegs, loadCalls, type OutcomeFact, outcomesOfCalls, type StoredCall } from '../calls/index.js';
import { keepRefusals } from '../customers/index.js';
import {
  forgetLegs,
  holdLog,
  legsAwaited,
  lockFold,
  openTasks,
  settledOutcomesSql,
  settledSql,
} from '../ingest/index.js';
import { retainFacts } from '../kpi/index.js';
import { delay, inTransaction, isoOf } from '../platform/index.js';
import { releaseNumbers } from './numbers.js';
import { callIsFree, deleteOutcomes, factsOfOutcomes, LOOSE_OVER } from './old-outcomes.js';
import { removeStates } from './old-states.js';
import { type Counted, daysBefore, type Retained } from './removal.js';
import type { Db } from './settings.repository.js';

/** Calls of one transaction: well under half a second. */
const CALLS_AT_ONCE = 250;
const EVENTS_AT_ONCE = 5_000;
/** Longer than the fold waits before it tries its lock again, so that it gets its turn in between. */
const PAUSE_MS = 250;
const TRIES = 5;
/** Lock not available, deadlock, serialisation. */
const PASSES = new Set(['55P03', '40P01', '40001']);
/** Each chunk looks through what waits for the fold. */
const BACKLOG_MAX = 10_000;

/** Condition on `call c`; `$1` is the horizon. Leg by leg, so that no plan reads the log for each call. */
const OVER = `NOT EXISTS (
    SELECT 1 FROM jsonb_array_elements(c.legs) o
    WHERE (SELECT max(e.received_at) FROM call_event e WHERE e.leg_id = o->>'id') >= $1)
  AND c.key NOT IN (SELECT l.call_key FROM waits JOIN call_leg l ON l.leg_id = waits.leg)`;
const over = (settledOutcomes: string): string => `${OVER} AND ${callIsFree(settledOutcomes)}`;
/** Legs that events on the fold's list name. */
const WAITS = `waits AS MATERIALIZED (
    SELECT u.leg FROM call_event_pending p JOIN call_event e ON e.id = p.event_id
    CROSS JOIN LATERAL (VALUES (e.leg_id), (e.parent_leg_id)) AS u(leg) WHERE u.leg IS NOT NULL)`;
/** Events the fold refused that are in no call and no outcome: nothing else would take them away. */
const REFUSED = `parked_event p JOIN call_event e ON e.id = p.event_id
  WHERE p.replayed_at IS NULL AND e.type NOT LIKE 'presence.%' AND NOT EXISTS (SELECT 1 FROM call_leg l WHERE l.leg_id = e.leg_id)
    AND NOT EXISTS (SELECT 1 FROM outcome o WHERE o.id = e.leg_id)`;
const REFUSED_OLD = `${REFUSED} AND e.received_at < $1 AND NOT EXISTS (
    SELECT 1 FROM call_event y WHERE y.leg_id = e.leg_id AND y.received_at >= $1)
  AND e.leg_id NOT IN (SELECT leg FROM waits)`;

async function count(db: Db, before: number): Promise<Counted> {
  const values: unknown[] = [isoOf(before)];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const tasks = await openTasks(db);
  const settled = settledSql(tasks, add);
  const settledOutcomes = settledOutcomesSql(tasks, add);
  const { rows } = await db.query<Counted>(
    `WITH ${WAITS}, old AS (
       SELECT DISTINCT l.call_key FROM call_event e JOIN call_leg l ON l.leg_id = e.leg_id WHERE e.received_at < $1
     )
     SELECT ((SELECT count(*) FROM call) + (SELECT count(*) FROM outcome WHERE call_key IS NULL)
         + (SELECT count(*) FROM ${REFUSED}))::float8 AS total,
       ((SELECT count(*) FROM old JOIN call c ON c.key = old.call_key WHERE ${over(settledOutcomes)} AND ${settled})
         + (SELECT count(*) FROM (${LOOSE_OVER(settledOutcomes)}) AS loose)
         + (SELECT count(*) FROM ${REFUSED_OLD}))::float8 AS old,
       -- The log is in the order of receipt, but for what waited in a spool.
       (SELECT (extract(epoch FROM received_at) * 1000)::float8 FROM call_event ORDER BY id LIMIT 1) AS oldest`,
    values,
  );
  return rows[0] ?? { total: 0, old: 0, oldest: null };
}

/** Calls with events of before the horizon, page by page in the order of the log. */
async function* oldCalls(pool: Pool, before: number): AsyncGenerator<string[]> {
  // With a count, or the planner would walk the log from its young end to find the largest id.
  const { rows: span } = await pool.query<{ first: string | null; last: string | null }>(
    'SELECT min(id) AS first, max(id) AS last, count(*) FROM call_event WHERE received_at < $1',
    [isoOf(before)],
  );
  const { first, last } = span[0] ?? { first: null, last: null };
  if (first === null || last === null) return;
  for (let after = BigInt(first) - 1n; ; ) {
    const { rows } = await pool.query<{ last: string | null; keys: string[] | null }>(
      `WITH page AS MATERIALIZED (
         SELECT id, leg_id, received_at FROM call_event WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3
       )
       SELECT max(p.id) AS last, array_agg(DISTINCT l.call_key) FILTER (WHERE p.received_at < $4 AND l.call_key IS NOT NULL) AS keys
       FROM page p LEFT JOIN call_leg l ON l.leg_id = p.leg_id`,
      [after, last, EVENTS_AT_ONCE, isoOf(before)],
    );
    const [page] = rows;
    if (!page?.last) return;
    if (page.keys !== null) yield page.keys;
    after = BigInt(page.last);
  }
}

/** Those of these calls that are over, in one transaction; returns how many went. Exported for the proof. */
export function removeCalls(pool: Pool, before: number, keys: readonly string[]): Promise<number> {
  return retried(pool, async (tx) => {
    const values: unknown[] = [isoOf(before), keys];
    const add = (value: unknown): string => `$${values.push(value)}`;
    const tasks = await openTasks(tx);
    const settled = settledSql(tasks, add);
    const { rows } = await tx.query<{ key: string }>(
      `WITH ${WAITS} SELECT c.key FROM call c WHERE c.key = ANY($2::text[])
         AND ${over(settledOutcomesSql(tasks, add))} AND ${settled} ORDER BY c.key`,
      values,
    );
    const old = await loadCalls(
      tx,
      rows.map(({ key }) => key),
    );
    const outcomes = await outcomesOfCalls(
      tx,
      old.map(({ fact }) => fact.key),
    );
    await holdLog(tx);
    // What was logged since the first look; from here on nothing is.
    const idsOf = (call: StoredCall): string[] => [
      ...legsOf([call]),
      ...(outcomes.get(call.fact.key) ?? []).map(({ id }) => id),
    ];
    const awaited = await legsAwaited(tx, old.flatMap(idsOf));
    const calls = old.filter((call) => !idsOf(call).some((id) => awaited.has(id)));
    await forget(
      tx,
      calls,
      calls.flatMap(({ fact }) => outcomes.get(fact.key) ?? []),
    );
    return calls.length;
  });
}

async function forget(tx: PoolClient, calls: readonly StoredCall[], outcomes: readonly OutcomeFact[]): Promise<void> {
  if (calls.length + outcomes.length === 0) return;
  await retainFacts(
    tx,
    calls.map(({ fact }) => fact),
    outcomes,
  );
  await forgetLegs(tx, [...legsOf(calls), ...outcomes.map(({ id }) => id)]);
  await keepRefusals(
    tx,
    outcomes.map(({ id }) => id),
  );
  await deleteOutcomes(tx, outcomes);
  await deleteWithLegs(tx, calls);
}

/** A chunk of the outcomes of no call that are over; returns how many went. */
function removeLooseOutcomes(pool: Pool, before: number): Promise<number> {
  return retried(pool, async (tx) => {
    await holdLog(tx);
    const values: unknown[] = [isoOf(before), CALLS_AT_ONCE];
    const settled = settledOutcomesSql(await openTasks(tx), (value) => `$${values.push(value)}`);
    const { rows } = await tx.query<{ id: string }>(`WITH ${WAITS} ${LOOSE_OVER(settled)} LIMIT $2`, values);
    const outcomes = await factsOfOutcomes(
      tx,
      rows.map(({ id }) => id),
    );
    await forget(tx, [], outcomes);
    return outcomes.length;
  });
}

function legsOf(calls: readonly { legs: readonly { id: string }[] }[]): string[] {
  return calls.flatMap(({ legs }) => legs.map(({ id }) => id));
}

function removeRefused(pool: Pool, before: number): Promise<number> {
  return retried(pool, async (tx) => {
    await holdLog(tx);
    const { rows } = await tx.query<{ leg: string }>(
      `WITH ${WAITS} SELECT DISTINCT e.leg_id AS leg FROM ${REFUSED_OLD} LIMIT $2`,
      [isoOf(before), CALLS_AT_ONCE],
    );
    return rows.length === 0
      ? 0
      : forgetLegs(
          tx,
          rows.map(({ leg }) => leg),
        );
  });
}

/** A chunk of what people and phone systems said agents did; returns how much went. Exported for the proof. */
export function removeOldStates(pool: Pool, before: number): Promise<number> {
  return retried(pool, async (tx) => {
    await holdLog(tx);
    return removeStates(tx, before);
  });
}

/** One transaction that holds the fold's lock, begun again when it lost a race for another one. */
async function retried(pool: Pool, work: (tx: PoolClient) => Promise<number>): Promise<number> {
  for (let tries = 1; ; tries++) {
    try {
      return await inTransaction(pool, async (tx) => {
        await lockFold(tx);
        await requireNoBacklog(tx);
        return work(tx);
      });
    } catch (error) {
      if (!PASSES.has((error as { code?: string }).code ?? '') || tries >= TRIES) throw error;
      await delay(PAUSE_MS * tries);
    }
  }
}

async function requireNoBacklog(tx: Db): Promise<void> {
  const { rows } = await tx.query<{ n: number }>(
    'SELECT count(*)::integer AS n FROM (SELECT 1 FROM call_event_pending LIMIT $1) AS waiting',
    [BACKLOG_MAX],
  );
  if ((rows[0]?.n ?? 0) >= BACKLOG_MAX) throw new Error('Calls are not removed while so many events wait for the fold');
}

async function remove(pool: Pool, before: number): Promise<number> {
  let removed = 0;
  for await (const keys of oldCalls(pool, before)) {
    for (let at = 0; at < keys.length; at += CALLS_AT_ONCE) {
      removed += await removeCalls(pool, before, keys.slice(at, at + CALLS_AT_ONCE));
      await delay(PAUSE_MS);
    }
  }
  for (const step of [removeLooseOutcomes, removeOldStates, removeRefused]) {
    for (let gone = await step(pool, before); gone > 0; gone = await step(pool, before)) {
      removed += gone;
      await delay(PAUSE_MS);
    }
  }
  return removed;
}

export const FACTS: Retained = {
  horizon: daysBefore,
  count,
  async remove(pool, before, parts) {
    const removed = await remove(pool, before);
    if (removed > 0) await pool.query('ANALYZE forgotten_leg, retained_slot, retained_customer_day');
    await releaseNumbers(pool, parts);
    return removed;
  },
};

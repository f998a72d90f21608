/**
 * Agent states: every mark from its events, every interval from marks and calls, every quarter hour and what everybody does
 * now from the intervals. Hands each quarter hour to `seen`, for the sums.
 */
import { isDeepStrictEqual } from 'node:util';
import type { PoolClient } from 'pg';
import type { PlacedTimes } from '../../calls/index.js';
import { EVENT_COLUMNS, type PendingEvent, toPresenceEvent } from '../../ingest/index.js';
import type { SettingsSnapshot } from '../../organisation/index.js';
import {
  agentsWithStates,
  checkAgent,
  type IntervalRow,
  isSettled,
  queuedStreams,
  rowKey,
  rowsOfEvents,
  rowsOfStreams,
  slotsOfAgent,
} from '../../presence/index.js';
import { COUNTED_EVENTS } from './verify-calls.js';
import { describeDifference, type VerifyReport } from './verify-report.js';

const CHUNK = 500;

export async function verifyPresence(
  tx: PoolClient,
  settings: SettingsSnapshot,
  report: VerifyReport,
  seen: (times: PlacedTimes) => void,
): Promise<void> {
  await verifyStreams(tx, settings, report);
  await verifyCallIntervals(tx, report);
  for (const agentId of await agentsWithStates(tx)) {
    for (const { key, detail } of await checkAgent(tx, agentId, settings)) report.add('presence', key, detail);
    const settled = await isSettled(tx, agentId);
    for (const times of await slotsOfAgent(tx, agentId)) {
      report.counts.presenceSlots++;
      if (!settled.has(times.slotStart)) seen(times);
    }
  }
}

async function verifyStreams(tx: PoolClient, settings: SettingsSnapshot, report: VerifyReport): Promise<void> {
  const waiting = await queuedStreams(tx);
  for (let after = ''; ; ) {
    const { rows } = await tx.query<{ stream: string }>(
      `SELECT s.stream FROM (
         SELECT DISTINCT leg_id AS stream FROM call_event e WHERE e.type LIKE 'presence.%' AND e.leg_id > $1 AND ${COUNTED_EVENTS}
         UNION SELECT DISTINCT stream FROM agent_interval WHERE mark IS NOT NULL AND stream > $1) AS s
       ORDER BY s.stream LIMIT $2`,
      [after, CHUNK],
    );
    const streams = rows.map(({ stream }) => stream);
    if (streams.length === 0) return;
    after = streams.at(-1) ?? after;
    const { rows: events } = await tx.query<PendingEvent>(
      `SELECT ${EVENT_COLUMNS} FROM call_event e WHERE e.leg_id = ANY($1::text[]) AND e.type LIKE 'presence.%' AND ${COUNTED_EVENTS}`,
      [streams],
    );
    const should = new Map(rowsOfEvents(events.map(toPresenceEvent), settings).map((row) => [rowKey(row), row]));
    for (const row of await rowsOfStreams(tx, streams)) {
      const expected = should.get(rowKey(row));
      should.delete(rowKey(row));
      compare(row, expected, waiting.has(row.stream), report);
    }
    for (const [key, row] of should) report.add('presence', key, `is missing; should be ${JSON.stringify(row)}`);
  }
}

function compare(row: IntervalRow, expected: IntervalRow | undefined, waits: boolean, report: VerifyReport): void {
  if (expected === undefined) {
    report.add('presence', rowKey(row), 'no event says so');
    return;
  }
  const told = isDeepStrictEqual([row.mark, row.to], [expected.mark, expected.to]);
  if (told && isDeepStrictEqual(row, expected)) return;
  // A change for the past whose streams are not all looked at yet is no damage.
  if (told && waits) report.counts.waiting++;
  else report.add('presence', rowKey(row), describeDifference(row, expected));
}

async function verifyCallIntervals(tx: PoolClient, report: VerifyReport): Promise<void> {
  const { rows } = await tx.query<{ key: string; detail: string }>(
    `WITH should AS (
       SELECT concat_ws('|', 'call', c.key, b->>'agent') AS stream, (b->>'agent')::integer AS agent_id,
         to_timestamp((b->>'from')::float8 / 1000) AS from_at,
         CASE WHEN b->>'to' IS NULL THEN 'infinity' ELSE least(to_timestamp((b->>'to')::float8 / 1000),
           to_timestamp((b->>'from')::float8 / 1000) + interval '24 hours') END AS to_at
       FROM call c CROSS JOIN jsonb_array_elements(c.busy) AS b
     )
     SELECT concat_ws(' ', coalesce(s.stream, i.stream), coalesce(s.from_at, i.from_at)) AS key,
       format('stored until %s of %s, should be until %s of %s', i.to_at, i.agent_id, s.to_at, s.agent_id) AS detail
     FROM should s FULL JOIN (SELECT * FROM agent_interval WHERE mark IS NULL) AS i USING (stream, from_at)
     WHERE (i.to_at, i.agent_id, i.state) IS DISTINCT FROM (s.to_at, s.agent_id, 'on_call')`,
  );
  for (const { key, detail } of rows) report.add('presence', key, detail);
}

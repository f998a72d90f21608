/** Every fact from its events: loads the events of each call, derives it again and compares. */
import { isDeepStrictEqual } from 'node:util';
import type { PoolClient } from 'pg';
import {
  type CallDisposition,
  type CallFact,
  components,
  deriveCall,
  dispositionOf,
  FACT_COLUMNS,
  joinInto,
  type LegMap,
  type LegState,
  legOf,
  outcomesOfCalls,
  resolveCall,
} from '../../calls/index.js';
import {
  callEventsSql,
  EVENT_COLUMNS,
  openTasks,
  type PendingEvent,
  toCallEvent,
  waitingAmong,
} from '../../ingest/index.js';
import type { SettingsSnapshot } from '../../organisation/index.js';
import { describeDifference, type VerifyReport } from './verify-report.js';

const CHUNK = 2_000;

/** Events the facts must contain: logged, not waiting for the fold, not refused by it. */
export const COUNTED_EVENTS = `NOT EXISTS (SELECT 1 FROM call_event_pending p WHERE p.partition = e.partition AND p.event_id = e.id)
  AND NOT EXISTS (SELECT 1 FROM parked_event k WHERE k.event_id = e.id AND k.replayed_at IS NULL)`;

type StoredRow = CallFact & { legs: LegState[] };

/** Hands each stored fact to `seen`, for the sums. */
export async function verifyCalls(
  tx: PoolClient,
  settings: SettingsSnapshot,
  report: VerifyReport,
  seen: (fact: CallFact) => void,
): Promise<void> {
  const tasks = await openTasks(tx);
  for (let after = ''; ; ) {
    const { rows } = await tx.query<StoredRow>(
      `SELECT legs, ${FACT_COLUMNS} FROM call WHERE key > $1 ORDER BY key LIMIT $2`,
      [after, CHUNK],
    );
    if (rows.length === 0) break;
    after = rows.at(-1)?.key ?? after;
    const events = await eventsOf(
      tx,
      rows.map((row) => row.key),
    );
    const said = await outcomesOfCalls(
      tx,
      rows.map((row) => row.key),
    );
    const resolvedOtherwise = new Map<string, string>();
    for (const { legs, ...fact } of rows) {
      report.counts.calls++;
      seen(fact);
      const disposition = dispositionOf(said.get(fact.key) ?? []);
      const detail = compare({ fact, legs, disposition }, events.get(fact.key) ?? [], settings, report);
      if (detail !== null) resolvedOtherwise.set(fact.key, detail);
    }
    // A change for the past whose calls are not all looked at yet is no damage.
    const waiting = await waitingAmong(tx, 'call', tasks, [...resolvedOtherwise.keys()]);
    report.counts.waiting += waiting.size;
    for (const [key, detail] of resolvedOtherwise) if (!waiting.has(key)) report.add('call', key, detail);
  }
  await verifyGrouping(tx, report);
}

async function eventsOf(tx: PoolClient, keys: string[]): Promise<Map<string, PendingEvent[]>> {
  const { rows } = await tx.query<PendingEvent & { callKey: string }>(
    `SELECT l.call_key AS "callKey", ${EVENT_COLUMNS} FROM call_leg l JOIN call_event e ON e.leg_id = l.leg_id
     WHERE l.call_key = ANY($1::text[]) AND ${callEventsSql('e')} AND ${COUNTED_EVENTS}`,
    [keys],
  );
  const byKey = new Map<string, PendingEvent[]>();
  for (const row of rows) {
    const list = byKey.get(row.callKey);
    if (list === undefined) byKey.set(row.callKey, [row]);
    else list.push(row);
  }
  return byKey;
}

/** Reports what differs; a difference only in what settings say is returned instead. */
function compare(
  { fact, legs: storedLegs, disposition }: { fact: CallFact; legs: LegState[]; disposition: CallDisposition },
  events: PendingEvent[],
  settings: SettingsSnapshot,
  report: VerifyReport,
): string | null {
  const legs: LegMap = new Map();
  joinInto(
    legs,
    events.map((event) => legOf(toCallEvent(event))),
  );
  const groups = components(legs);
  const [only] = groups;
  if (only === undefined || groups.length !== 1) {
    report.add('grouping', fact.key, `its events make ${groups.length} calls`);
    return null;
  }
  const expected = resolveCall(deriveCall(only), settings, disposition);
  const told = isDeepStrictEqual(toldBy(expected), toldBy(fact));
  const detail = isDeepStrictEqual(expected, fact) ? null : describeDifference(fact, expected);
  if (detail !== null && !told) report.add('call', fact.key, detail);
  const byId = (a: LegState, b: LegState): number => (a.id < b.id ? -1 : 1);
  if (!isDeepStrictEqual([...only.values()].sort(byId), [...storedLegs].sort(byId))) {
    report.add('call', fact.key, 'its stored legs are not the join of its events');
  }
  return told ? detail : null;
}

/** The fact as its events tell it, without what was resolved from settings. */
function toldBy(fact: CallFact): Partial<CallFact> {
  const { agentId: _a, teamId: _t, campaignId: _c, handled: _h, busy: _busy, ...rest } = fact;
  const { effectiveMs: _e, assumeHuman: _s, timeZone: _z, businessDate: _b, ...told } = rest;
  return told;
}

/** Every event of calls belongs to one, and to the same one as its parent leg. */
async function verifyGrouping(tx: PoolClient, report: VerifyReport): Promise<void> {
  const { rows: lost } = await tx.query<{ leg: string; n: string }>(
    `SELECT e.leg_id AS leg, count(*) AS n FROM call_event e LEFT JOIN call_leg l ON l.leg_id = e.leg_id
     LEFT JOIN call c ON c.key = l.call_key WHERE c.key IS NULL AND ${callEventsSql('e')} AND ${COUNTED_EVENTS} GROUP BY e.leg_id`,
  );
  for (const { leg, n } of lost) report.add('call', leg, `${n} events of this leg are in no call`);
  const { rows: torn } = await tx.query<{ leg: string; parent: string }>(
    `SELECT DISTINCT e.leg_id AS leg, e.parent_leg_id AS parent FROM call_event e
     JOIN call_leg a ON a.leg_id = e.leg_id LEFT JOIN call_leg b ON b.leg_id = e.parent_leg_id
     WHERE e.parent_leg_id IS NOT NULL AND b.call_key IS DISTINCT FROM a.call_key AND ${callEventsSql('e')} AND ${COUNTED_EVENTS}`,
  );
  for (const { leg, parent } of torn) report.add('grouping', leg, `is not in the call of its parent ${parent}`);
}

/** Every outcome from its events and the calls: joins the events again, resolves what they say and compares. */
import { isDeepStrictEqual } from 'node:util';
import type { PoolClient } from 'pg';
import {
  joinOutcomes,
  type OutcomeFact,
  type OutcomeState,
  outcomeOf,
  resolveOutcomes,
  storedOutcomes,
} from '../../calls/index.js';
import { EVENT_COLUMNS, openTasks, type PendingEvent, toOutcomeEvent, waitingAmong } from '../../ingest/index.js';
import type { SettingsSnapshot } from '../../organisation/index.js';
import { COUNTED_EVENTS } from './verify-calls.js';
import { describeDifference, type VerifyReport } from './verify-report.js';

const CHUNK = 2_000;
const OUTCOME_EVENT = `e.type LIKE 'outcome.%'`;

/** Hands each stored fact to `seen`, for the sums. */
export async function verifyOutcomes(
  tx: PoolClient,
  settings: SettingsSnapshot,
  report: VerifyReport,
  seen: (fact: OutcomeFact) => void,
): Promise<void> {
  const tasks = await openTasks(tx);
  for (let after = ''; ; ) {
    const stored = await storedOutcomes(tx, after, CHUNK);
    if (stored.length === 0) break;
    after = stored.at(-1)?.state.id ?? after;
    const ids = stored.map(({ state }) => state.id);
    const told = await statesOf(tx, ids);
    const expected = await resolveOutcomes(
      tx,
      stored.map(({ state }) => state),
      settings,
    );
    const differing = new Map<string, string>();
    for (const [i, { state, fact }] of stored.entries()) {
      report.counts.outcomes++;
      seen(fact);
      if (!isDeepStrictEqual(state, told.get(state.id))) {
        report.add('outcome', state.id, 'its stored state is not the join of its events');
      }
      const detail = describeDifference(fact, expected[i]?.fact ?? {});
      if (detail !== '') differing.set(state.id, detail);
    }
    // A change for the past whose outcomes are not all looked at yet is no damage.
    const waiting = await waitingAmong(tx, 'outcome', tasks, [...differing.keys()]);
    report.counts.waiting += waiting.size;
    for (const [id, detail] of differing) if (!waiting.has(id)) report.add('outcome', id, detail);
  }
  const { rows: lost } = await tx.query<{ id: string; n: string }>(
    `SELECT e.leg_id AS id, count(*) AS n FROM call_event e WHERE ${OUTCOME_EVENT}
       AND NOT EXISTS (SELECT 1 FROM outcome o WHERE o.id = e.leg_id) AND ${COUNTED_EVENTS} GROUP BY e.leg_id`,
  );
  for (const { id, n } of lost) report.add('outcome', id, `${n} events of this outcome are in none`);
}

async function statesOf(tx: PoolClient, ids: string[]): Promise<Map<string, OutcomeState>> {
  const { rows } = await tx.query<PendingEvent>(
    `SELECT ${EVENT_COLUMNS} FROM call_event e WHERE e.leg_id = ANY($1::text[]) AND ${OUTCOME_EVENT} AND ${COUNTED_EVENTS}`,
    [ids],
  );
  const states = new Map<string, OutcomeState>();
  for (const row of rows) {
    const state = outcomeOf(toOutcomeEvent(row));
    const known = states.get(state.id);
    states.set(state.id, known === undefined ? state : joinOutcomes(known, state));
  }
  return states;
}

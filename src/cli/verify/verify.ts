/**
 * Proves that bodies → events → facts → sums still agree, in one read-only snapshot: also while a server is running.
 * Nothing is repaired; `rebuild` does that.
 */
import type { PoolClient } from 'pg';
import { loadSettings } from '../../organisation/index.js';
import { type Database, inTransaction, type Keys, RawKeys, READ_SNAPSHOT } from '../../platform/index.js';
import { verifyBodies } from './verify-bodies.js';
import { verifyCalls } from './verify-calls.js';
import { verifyClosed } from './verify-closed.js';
import { verifyOutcomes } from './verify-outcomes.js';
import { verifyPresence } from './verify-presence.js';
import { VerifyReport } from './verify-report.js';
import { SumsVerifier } from './verify-sums.js';

export async function verify(database: Database, keys: Keys, options: { bodies: boolean }): Promise<VerifyReport> {
  const report = new VerifyReport();
  const rawKeys = new RawKeys(database.pool, keys);
  await inTransaction(
    database.pool,
    async (tx) => {
      await tx.query('SET LOCAL statement_timeout = 0');
      await tx.query('SET LOCAL idle_in_transaction_session_timeout = 0');
      await countLog(tx, report);
      const settings = await loadSettings(tx);
      const sums = new SumsVerifier();
      await verifyCalls(tx, settings, report, (fact) => sums.add(fact));
      await verifyOutcomes(tx, settings, report, (fact) => sums.addOutcome(fact));
      await verifyPresence(tx, settings, report, (times) => sums.addTime(times));
      await sums.verify(tx, report);
      await verifyClosed(tx, report);
      if (options.bodies) await verifyBodies(tx, rawKeys, keys, report);
    },
    READ_SNAPSHOT,
  );
  return report;
}

async function countLog(tx: PoolClient, report: VerifyReport): Promise<void> {
  const { rows } = await tx.query<{ events: string; pending: string; parked: string }>(
    `SELECT (SELECT count(*) FROM call_event) AS events, (SELECT count(*) FROM call_event_pending) AS pending,
       (SELECT count(*) FROM parked_event WHERE replayed_at IS NULL) AS parked`,
  );
  report.counts.events = Number(rows[0]?.events ?? 0);
  report.counts.pending = Number(rows[0]?.pending ?? 0);
  report.counts.parked = Number(rows[0]?.parked ?? 0);
}

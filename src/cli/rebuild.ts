import type { Command } from 'commander';
import type { PoolClient } from 'pg';
import { FOLD_LOCK } from '../ingest/index.js';
import { restoreRetained, settleClosed, unsettleClosed } from '../kpi/rollup/index.js';
import { openCore } from '../main.js';
import { createLogger, type Database, delay, inTransaction, loadConfig } from '../platform/index.js';

const FORGOTTEN =
  'call, call_leg, outcome, agent_interval, agent_presence, presence_slot, presence_todo, rollup_slot, rollup_day, customer_day, call_event_pending, resolution_task';
const LOCK_WITHIN_MS = 500;
const PAUSE_MS = 100;
/** SQLSTATE after `lock_timeout`. */
const LOCK_NOT_AVAILABLE = '55P03';

/** `tallyboard rebuild`: facts and sums again from the log. Beside a running server both fold; the result is the same. */
export function registerRebuild(program: Command): void {
  program
    .command('rebuild')
    .description('Throw away facts and sums and make them again from the event log.')
    .option('--demo', 'the data of the demo')
    .option('--json', 'one JSON object instead of text')
    .action(async (options: { demo?: boolean; json?: boolean }) => {
      const config = loadConfig(undefined, { demo: options.demo ?? false });
      const { core, close } = await openCore(config, { log: createLogger({ level: 'warn' }), applySettings: false });
      try {
        const events = await forgetFacts(core.database);
        const folded = await foldAll(core.fold, (done) => {
          if (!options.json)
            process.stderr.write(`\r${done.toLocaleString('en-US')} of ${events.toLocaleString('en-US')} events`);
        });
        await closedAgain(core.database);
        // Screens of a running server hold rows that may not exist any more.
        await core.database.pool.query(core.signals.statement, core.signals.values('rebuilt'));
        if (!options.json) process.stderr.write('\n');
        console.log(options.json ? JSON.stringify({ events, folded }) : 'Facts and sums are rebuilt from the log.');
      } finally {
        await close();
      }
    });
}

/** One transaction: whoever reads sees the old facts or none, and an interrupted rebuild goes on by itself. */
export async function forgetFacts(database: Database): Promise<number> {
  return inTransaction(database.pool, async (tx) => {
    await tx.query('SET LOCAL statement_timeout = 0');
    await tx.query('SET LOCAL lock_timeout = 0');
    await tx.query('SELECT pg_advisory_xact_lock($1)', [FOLD_LOCK]);
    await tx.query(`SET LOCAL lock_timeout = ${LOCK_WITHIN_MS}`);
    await lockAlone(tx);
    await tx.query('SET LOCAL lock_timeout = 0');
    // Every call is resolved with the present settings: what changes of the past still had to move is done with it.
    await tx.query(`TRUNCATE ${FORGOTTEN}`);
    await restoreRetained(tx);
    await unsettleClosed(tx);
    const { rowCount } = await tx.query(
      `INSERT INTO call_event_pending (partition, event_id) SELECT e.partition, e.id FROM call_event e
       WHERE NOT EXISTS (SELECT 1 FROM parked_event k WHERE k.event_id = e.id AND k.replayed_at IS NULL)`,
    );
    return rowCount ?? 0;
  });
}

/**
 * All of them or none: whoever has read one of these tables and goes on to another would wait for us while we wait for them.
 * PostgreSQL ends one of two like that after a second; we give up before, let them pass and begin again.
 */
async function lockAlone(tx: PoolClient): Promise<void> {
  for (;;) {
    await tx.query('SAVEPOINT before_locks');
    try {
      await tx.query(`LOCK TABLE ${FORGOTTEN} IN ACCESS EXCLUSIVE MODE`);
      return;
    } catch (error) {
      if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE) throw error;
      await tx.query('ROLLBACK TO SAVEPOINT before_locks');
      await delay(PAUSE_MS);
    }
  }
}

/** Closed months keep their sums and adjustments; what the facts now say otherwise is one more. */
export function closedAgain(database: Database): Promise<number | null> {
  return inTransaction(database.pool, async (tx) => {
    await tx.query('SET LOCAL statement_timeout = 0');
    await tx.query('SELECT pg_advisory_xact_lock($1)', [FOLD_LOCK]);
    return settleClosed(tx);
  });
}

interface Folding {
  pass(): Promise<{ kind: 'busy' } | { kind: 'folded'; events: number }>;
}

/** Folds until nothing is left; returns how many events this process folded. */
export async function foldAll(fold: Folding, progress: (done: number) => void): Promise<number> {
  let done = 0;
  for (;;) {
    const pass = await fold.pass();
    if (pass.kind === 'busy') {
      await delay(50);
      continue;
    }
    if (pass.events === 0) return done;
    done += pass.events;
    progress(done);
  }
}

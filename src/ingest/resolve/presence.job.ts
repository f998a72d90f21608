/**
 * Moves agent states when what they were resolved with changes: works the to-do list of presence/ off in pieces, each one
 * transaction that holds the fold's lock and takes what it did from the list, so that it can be killed anywhere.
 */
import type { Pool } from 'pg';
import { because } from '../../audit/index.js';
import type { CallChanges } from '../../calls/index.js';
import { loadSettings } from '../../organisation/index.js';
import { delay, inTransaction, type Logger, Rounds, type Signals } from '../../platform/index.js';
import { workOff } from '../../presence/index.js';
import { lockFold } from '../fold/fold-lock.js';

/** Longer than the fold waits before it tries its lock again, so that it gets its turn between two pieces. */
const PAUSE_MS = 250;
const LOOK_EVERY_MS = 1_000;

export class PresenceJob {
  private readonly rounds = new Rounds(
    LOOK_EVERY_MS,
    () => this.workAll(),
    (error) => this.log.warn({ err: error }, 'Agent states could not be moved yet; trying again'),
  );

  constructor(
    private readonly pool: Pool,
    private readonly sums: CallChanges,
    private readonly signals: Pick<Signals, 'statement' | 'values'>,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.rounds.start();
  }

  stop(): Promise<void> {
    return this.rounds.stop();
  }

  private async workAll(): Promise<void> {
    while (!this.rounds.stopped && (await this.piece())) await delay(PAUSE_MS);
  }

  /** One piece; false when there is nothing left. */
  async piece(): Promise<boolean> {
    // Without the lock first: nearly always there is nothing to do.
    const { rowCount } = await this.pool.query('SELECT 1 FROM presence_todo LIMIT 1');
    if (rowCount === 0) return false;
    const afterCommit = await inTransaction(this.pool, async (tx) => {
      await lockFold(tx);
      const { changes, cause } = await workOff(tx, await loadSettings(tx));
      const tell = await because(tx, cause, () => this.sums.apply(tx, { calls: [], outcomes: [], presence: changes }));
      await tx.query(this.signals.statement, this.signals.values('folded'));
      return tell;
    });
    afterCommit();
    return true;
  }
}

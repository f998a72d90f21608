/** An interrupted rebuild leaves closed months open for its end: looked for now and then, finished when the fold is. */
import type { Pool } from 'pg';
import { settleClosed } from '../../kpi/index.js';
import type { AttributionChanged } from '../../organisation/index.js';
import { inTransaction, type Logger, Rounds } from '../../platform/index.js';

const LOOK_EVERY_MS = 30_000;

export class SettlingJob {
  private readonly rounds = new Rounds(
    LOOK_EVERY_MS,
    () => this.settle(),
    (error) => this.log.warn({ err: error }, 'Closed months could not be settled yet; trying again'),
  );

  constructor(
    private readonly pool: Pool,
    private readonly attribution: Pick<AttributionChanged, 'lock'>,
    private readonly log: Pick<Logger, 'warn'>,
  ) {}

  start(): void {
    this.rounds.start();
  }

  stop(): Promise<void> {
    return this.rounds.stop();
  }

  private async settle(): Promise<void> {
    const { rowCount } = await this.pool.query('SELECT 1 FROM closed_period WHERE settling LIMIT 1');
    if (rowCount === 0) return;
    await inTransaction(this.pool, async (tx) => {
      await this.attribution.lock(tx);
      await settleClosed(tx);
    });
  }
}

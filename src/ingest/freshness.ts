/** How fresh facts and sums are: the instant up to which everything received is folded (design.md section 5). */
import type { Pool } from 'pg';
import type { Clock, Logger } from '../platform/index.js';
import { backlogOf } from './fold/fold.repository.js';
import type { FoldService } from './fold/fold.service.js';
import type { IngestService } from './ingest.service.js';

const WATCH_MS = 1_000;

export class Freshness {
  /** What the log itself says, where another process folds; epoch ms. */
  private watched: number | null = null;

  constructor(
    private readonly ingest: IngestService,
    private readonly fold: FoldService,
    private readonly clock: Clock,
  ) {}

  /** Epoch ms; now, while nothing is pending. */
  asOf(): number {
    const unlogged = this.ingest.oldestUnlogged();
    const folded = Math.min(this.watched ?? this.fold.foldedUpTo(), this.clock.now());
    return unlogged === null ? folded : Math.min(folded, unlogged);
  }

  /** For a process that does not fold: reads the to-do list every second. Returns how to stop. */
  watch(pool: Pool, log: Logger): () => void {
    this.watched = 0;
    const look = async (): Promise<void> => {
      const now = this.clock.now();
      const { oldestReceivedAt } = await backlogOf(pool);
      this.watched = oldestReceivedAt ?? now;
    };
    const timer = setInterval(() => {
      look().catch((error: unknown) => log.debug({ err: error }, 'The backlog could not be read'));
    }, WATCH_MS);
    return () => clearInterval(timer);
  }
}

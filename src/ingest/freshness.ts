/** How fresh facts and sums are: the instant up to which everything received is folded (design.md section 5). */
import type { Clock } from '../platform/index.js';
import type { FoldService } from './fold/fold.service.js';
import type { IngestService } from './ingest.service.js';

export class Freshness {
  constructor(
    private readonly ingest: IngestService,
    private readonly fold: FoldService,
    private readonly clock: Clock,
  ) {}

  /** Epoch ms; now, while nothing is pending. */
  asOf(): number {
    const unlogged = this.ingest.oldestUnlogged();
    const folded = Math.min(this.fold.foldedUpTo(), this.clock.now());
    return unlogged === null ? folded : Math.min(folded, unlogged);
  }
}

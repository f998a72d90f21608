/** Whatever can be kept, exported and scheduled, as a document. */
import type { Pool } from 'pg';
import { loadZones } from '../../kpi/index.js';
import { type Clock, isoOf } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { PeriodSource } from '../../shared/exports.js';
import type { ReportDocument, ReportSource } from '../../shared/reports.js';
import type { PeriodsService } from '../../targets/index.js';
import type { ExploreDocuments } from '../explore/index.js';
import type { ReportDocuments } from '../ports.js';
import type { ReadyReports } from '../ready/index.js';
import { documentOfPeriod } from './period-document.js';

export class SourceDocuments implements ReportDocuments {
  constructor(
    private readonly explore: Pick<ExploreDocuments, 'document'>,
    private readonly ready: Pick<ReadyReports, 'document'>,
    private readonly periods: Pick<PeriodsService, 'one'>,
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {}

  /** Throws what the source throws; of a month that is not closed `not_found`. */
  async document(source: ReportSource | PeriodSource, scope: Scope): Promise<ReportDocument> {
    switch (source.kind) {
      case 'explore':
        return this.explore.document(source.spec, scope);
      case 'ready':
        return this.ready.document(source.report, source.query, scope);
      case 'period': {
        const now = this.clock.now();
        const { timeZone } = (await loadZones(this.pool)).at(now);
        return documentOfPeriod(await this.periods.one(scope, source.month), { asOf: isoOf(now), timeZone });
      }
    }
  }
}

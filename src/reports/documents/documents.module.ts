import { Module } from '@nestjs/common';
import { AUDIT, type AuditLog } from '../../audit/index.js';
import { ATTRIBUTION, type AttributionChanged } from '../../organisation/index.js';
import { CLOCK, type Clock, DATABASE, type Database } from '../../platform/index.js';
import { PeriodsService } from '../../targets/index.js';
import { ExploreDocuments, ExploreModule } from '../explore/index.js';
import { REPORT_DOCUMENTS } from '../ports.js';
import { ReadyModule, ReadyReports } from '../ready/index.js';
import { SourceDocuments } from './report-documents.js';

/** Offers REPORT_DOCUMENTS. Needs DATABASE, ATTRIBUTION, AUDIT and CLOCK. */
@Module({
  imports: [ExploreModule, ReadyModule],
  providers: [
    {
      provide: REPORT_DOCUMENTS,
      inject: [ExploreDocuments, ReadyReports, DATABASE, ATTRIBUTION, AUDIT, CLOCK],
      useFactory: (
        explore: ExploreDocuments,
        ready: ReadyReports,
        { pool }: Database,
        attribution: AttributionChanged,
        audit: AuditLog,
        clock: Clock,
      ) => new SourceDocuments(explore, ready, new PeriodsService(pool, attribution, audit, clock), pool, clock),
    },
  ],
  exports: [REPORT_DOCUMENTS],
})
export class ReportDocumentsModule {}

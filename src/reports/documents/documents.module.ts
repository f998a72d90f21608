import { Module } from '@nestjs/common';
import { ExploreDocuments, ExploreModule } from '../explore/index.js';
import { REPORT_DOCUMENTS } from '../ports.js';
import { ReadyModule, ReadyReports } from '../ready/index.js';
import { SourceDocuments } from './report-documents.js';

/** Offers REPORT_DOCUMENTS. */
@Module({
  imports: [ExploreModule, ReadyModule],
  providers: [
    {
      provide: REPORT_DOCUMENTS,
      inject: [ExploreDocuments, ReadyReports],
      useFactory: (explore: ExploreDocuments, ready: ReadyReports) => new SourceDocuments(explore, ready),
    },
  ],
  exports: [REPORT_DOCUMENTS],
})
export class ReportDocumentsModule {}

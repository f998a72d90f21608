import { Module } from '@nestjs/common';
import { ExploreDocuments, ExploreModule } from '../explore/index.js';
import { REPORT_DOCUMENTS } from '../ports.js';
import { SourceDocuments } from './report-documents.js';

/** Offers REPORT_DOCUMENTS. */
@Module({
  imports: [ExploreModule],
  providers: [
    {
      provide: REPORT_DOCUMENTS,
      inject: [ExploreDocuments],
      useFactory: (explore: ExploreDocuments) => new SourceDocuments(explore),
    },
  ],
  exports: [REPORT_DOCUMENTS],
})
export class ReportDocumentsModule {}

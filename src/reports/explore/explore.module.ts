import { Module } from '@nestjs/common';
import { OWN_NUMBERS, type OwnNumbers } from '../../organisation/index.js';
import { CLOCK, type Clock, DATABASE, type Database } from '../../platform/index.js';
import { REPORT_ENGINE, type ReportEngine } from '../ports.js';
import { SqlReportEngine } from './engine.js';
import { ExploreController } from './explore.controller.js';
import { ExploreDocuments } from './explore-documents.js';

/** Needs DATABASE, CLOCK and OWN_NUMBERS from a global module. Offers REPORT_ENGINE. */
@Module({
  controllers: [ExploreController],
  providers: [
    {
      provide: REPORT_ENGINE,
      inject: [DATABASE, CLOCK, OWN_NUMBERS],
      useFactory: (database: Database, clock: Clock, numbers: OwnNumbers) =>
        new SqlReportEngine(database, clock, numbers),
    },
    {
      provide: ExploreDocuments,
      inject: [DATABASE, REPORT_ENGINE, OWN_NUMBERS],
      useFactory: (database: Database, engine: ReportEngine, numbers: OwnNumbers) =>
        new ExploreDocuments(database, engine, numbers),
    },
  ],
  exports: [REPORT_ENGINE, ExploreDocuments],
})
export class ExploreModule {}

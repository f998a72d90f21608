import { Module } from '@nestjs/common';
import { CLOCK, type Clock, DATABASE, type Database } from '../../platform/index.js';
import { ExploreModule } from '../explore/index.js';
import { REPORT_ENGINE, type ReportEngine } from '../ports.js';
import { ReadyController } from './ready.controller.js';
import { ReadyReports } from './ready-reports.js';

/** Needs DATABASE and CLOCK from a global module. */
@Module({
  imports: [ExploreModule],
  controllers: [ReadyController],
  providers: [
    {
      provide: ReadyReports,
      inject: [DATABASE, CLOCK, REPORT_ENGINE],
      useFactory: (database: Database, clock: Clock, engine: ReportEngine) => new ReadyReports(database, clock, engine),
    },
  ],
  exports: [ReadyReports],
})
export class ReadyModule {}

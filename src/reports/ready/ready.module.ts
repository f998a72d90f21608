import { Module } from '@nestjs/common';
import { CustomerNumbers } from '../../customers/index.js';
import { CLOCK, type Clock, DATABASE, type Database, KEYS, type Keys } from '../../platform/index.js';
import { ExploreModule } from '../explore/index.js';
import { REPORT_ENGINE, type ReportEngine } from '../ports.js';
import { ReadyController } from './ready.controller.js';
import { ReadyReports } from './ready-reports.js';

/** Needs DATABASE, CLOCK and KEYS from a global module. */
@Module({
  imports: [ExploreModule],
  controllers: [ReadyController],
  providers: [
    {
      provide: ReadyReports,
      inject: [DATABASE, CLOCK, REPORT_ENGINE, KEYS],
      useFactory: (database: Database, clock: Clock, engine: ReportEngine, keys: Keys) =>
        new ReadyReports(database, clock, engine, new CustomerNumbers(keys)),
    },
  ],
  exports: [ReadyReports],
})
export class ReadyModule {}

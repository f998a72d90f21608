import { Module } from '@nestjs/common';
import { ReportChoicesModule } from './choices/index.js';
import { ReportDocumentsModule } from './documents/index.js';
import { ExploreModule } from './explore/index.js';
import { ExportsModule } from './exports/index.js';
import { OdataModule } from './odata/index.js';
import { ReadyModule } from './ready/index.js';
import { SavedReportsModule } from './saved/index.js';
import { SchedulesModule } from './schedules/index.js';

/**
 * Reports, exports, schedules and feeds: a module a folder. Needs DATABASE, CLOCK, KEYS, AUDIT, CONFIG, OWN_NUMBERS, QUEUES,
 * SIGNALS and LOGGER.
 */
@Module({
  imports: [
    ReportChoicesModule,
    ReportDocumentsModule,
    ExploreModule,
    ReadyModule,
    SavedReportsModule,
    ExportsModule,
    SchedulesModule,
    OdataModule,
  ],
})
export class ReportsModule {}

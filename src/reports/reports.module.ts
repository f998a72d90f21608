import { Module } from '@nestjs/common';
import { ReportChoicesModule } from './choices/index.js';
import { SavedReportsModule } from './saved/index.js';

/** Reports, exports, schedules and feeds: a module a folder. Needs DATABASE, CLOCK, KEYS, AUDIT and CONFIG. */
@Module({ imports: [ReportChoicesModule, SavedReportsModule] })
export class ReportsModule {}

import { Module } from '@nestjs/common';
import { SavedReportsModule } from './saved/index.js';

/** Reports, exports, schedules and feeds: a module a folder. Needs DATABASE, CLOCK, KEYS, AUDIT and CONFIG. */
@Module({ imports: [SavedReportsModule] })
export class ReportsModule {}

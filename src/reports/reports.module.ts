import { Module } from '@nestjs/common';

/** Reports, exports, schedules and feeds: a module a folder. Needs DATABASE, CLOCK, KEYS, AUDIT and CONFIG. */
@Module({ imports: [] })
export class ReportsModule {}

import { Module } from '@nestjs/common';
import { AccessModule } from '../../access/index.js';
import { AUDIT, type AuditLog } from '../../audit/index.js';
import { CLOCK, type Clock, DATABASE, type Database } from '../../platform/index.js';
import { SavedReportsController } from './saved-reports.controller.js';
import { SavedReportsService } from './saved-reports.service.js';

/** Needs DATABASE, AUDIT and CLOCK from a global module. */
@Module({
  imports: [AccessModule],
  controllers: [SavedReportsController],
  providers: [
    {
      provide: SavedReportsService,
      inject: [DATABASE, AUDIT, CLOCK],
      useFactory: ({ pool }: Database, audit: AuditLog, clock: Clock) => new SavedReportsService(pool, audit, clock),
    },
  ],
})
export class SavedReportsModule {}

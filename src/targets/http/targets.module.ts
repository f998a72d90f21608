import { Module } from '@nestjs/common';
import { AUDIT, type AuditLog } from '../../audit/index.js';
import { ATTRIBUTION, type AttributionChanged } from '../../organisation/index.js';
import { CLOCK, type Clock, DATABASE, type Database, SIGNALS, type Signals } from '../../platform/index.js';
import { CascadeService } from '../cascade/cascade.service.js';
import { PeriodsService } from '../closing/periods.service.js';
import { PreviewService } from '../model/preview.service.js';
import { TargetsService } from '../model/targets.service.js';
import { AttainmentService } from '../pace/attainment.service.js';
import { TargetBook } from '../target-book.js';
import { CascadeController } from './cascade.controller.js';
import { PeriodsController } from './periods.controller.js';
import { TargetsController } from './targets.controller.js';

/** Needs DATABASE, AUDIT, SIGNALS, CLOCK, ATTRIBUTION and the `TargetBook` from a global module. */
@Module({
  controllers: [TargetsController, CascadeController, PeriodsController],
  providers: [
    {
      provide: TargetsService,
      inject: [DATABASE, AUDIT, SIGNALS, CLOCK, TargetBook],
      useFactory: ({ pool }: Database, audit: AuditLog, signals: Signals, clock: Clock, book: TargetBook) =>
        new TargetsService(pool, audit, signals, clock, () => book.look()),
    },
    {
      provide: CascadeService,
      inject: [DATABASE, TargetsService, AUDIT, CLOCK],
      useFactory: ({ pool }: Database, targets: TargetsService, audit: AuditLog, clock: Clock) =>
        new CascadeService(pool, targets, audit, clock),
    },
    {
      provide: PeriodsService,
      inject: [DATABASE, ATTRIBUTION, AUDIT, CLOCK],
      useFactory: ({ pool }: Database, attribution: AttributionChanged, audit: AuditLog, clock: Clock) =>
        new PeriodsService(pool, attribution, audit, clock),
    },
    {
      provide: PreviewService,
      inject: [DATABASE, CLOCK],
      useFactory: ({ pool }: Database, clock: Clock) => new PreviewService(pool, clock),
    },
    {
      provide: AttainmentService,
      inject: [DATABASE, CLOCK],
      useFactory: ({ pool }: Database, clock: Clock) => new AttainmentService(pool, clock),
    },
  ],
})
export class TargetsModule {}

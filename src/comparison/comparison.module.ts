import { Module } from '@nestjs/common';
import { KpiReadModel, KpiReadModule } from '../kpi/index.js';
import { CLOCK, type Clock, DATABASE, type Database } from '../platform/index.js';
import { TargetBook } from '../targets/index.js';
import { ComparisonController } from './comparison.controller.js';
import { ComparisonReadModel } from './comparison.read-model.js';
import { AgentTargets } from './target-values.js';

/** Needs DATABASE, CLOCK and `TargetBook` from a global module. */
@Module({
  imports: [KpiReadModule],
  controllers: [ComparisonController],
  providers: [
    {
      provide: ComparisonReadModel,
      inject: [DATABASE, KpiReadModel, TargetBook, CLOCK],
      useFactory: (database: Database, kpis: KpiReadModel, book: TargetBook, clock: Clock) =>
        new ComparisonReadModel(database, kpis, new AgentTargets(database, book, clock), clock),
    },
  ],
})
export class ComparisonModule {}

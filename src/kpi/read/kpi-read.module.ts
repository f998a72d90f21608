import { Module } from '@nestjs/common';
import { CustomerNumbers } from '../../customers/index.js';
import { CLOCK, type Clock, DATABASE, type Database, KEYS, type Keys } from '../../platform/index.js';
import { CallsController } from './calls.controller.js';
import { CallsReadModel } from './calls.read-model.js';
import { KpiController } from './kpi.controller.js';
import { KpiReadModel } from './kpi.read-model.js';

/** Needs DATABASE, CLOCK and KEYS from a global module. */
@Module({
  controllers: [KpiController, CallsController],
  providers: [
    {
      provide: KpiReadModel,
      inject: [DATABASE, CLOCK],
      useFactory: (database: Database, clock: Clock) => new KpiReadModel(database, clock),
    },
    {
      provide: CallsReadModel,
      inject: [DATABASE, KEYS],
      useFactory: (database: Database, keys: Keys) => new CallsReadModel(database, new CustomerNumbers(keys)),
    },
  ],
  exports: [KpiReadModel],
})
export class KpiReadModule {}

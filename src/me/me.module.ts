import { Module } from '@nestjs/common';
import { OutcomeNotes } from '../calls/index.js';
import { CustomerNumbers } from '../customers/index.js';
import { CLOCK, type Clock, DATABASE, type Database, KEYS, type Keys } from '../platform/index.js';
import { BestHoursReadModel } from './best-hours.read-model.js';
import { MeController } from './me.controller.js';
import { MyCallsReadModel } from './my-calls.read-model.js';

/** My day. Needs DATABASE, CLOCK and KEYS from a global module. */
@Module({
  controllers: [MeController],
  providers: [
    {
      provide: MyCallsReadModel,
      inject: [DATABASE, KEYS, CLOCK],
      useFactory: (database: Database, keys: Keys, clock: Clock) =>
        new MyCallsReadModel(database, new CustomerNumbers(keys), new OutcomeNotes(keys), clock),
    },
    {
      provide: BestHoursReadModel,
      inject: [DATABASE, CLOCK],
      useFactory: (database: Database, clock: Clock) => new BestHoursReadModel(database, clock),
    },
  ],
})
export class MeModule {}

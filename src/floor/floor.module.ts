import { Module } from '@nestjs/common';
import { CLOCK, type Clock, DATABASE, type Database } from '../platform/index.js';
import { DayNormReadModel } from './day-norm.read-model.js';
import { FloorController } from './floor.controller.js';

/** What Floor asks over HTTP. Needs DATABASE and CLOCK from a global module. */
@Module({
  controllers: [FloorController],
  providers: [
    {
      provide: DayNormReadModel,
      inject: [DATABASE, CLOCK],
      useFactory: (database: Database, clock: Clock) => new DayNormReadModel(database, clock),
    },
  ],
})
export class FloorModule {}

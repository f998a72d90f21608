import { Module } from '@nestjs/common';
import { AccessModule } from '../../access/index.js';
import { OWN_NUMBERS, type OwnNumbers } from '../../organisation/index.js';
import { DATABASE, type Database } from '../../platform/index.js';
import { ChoicesController } from './choices.controller.js';
import { ChoicesReadModel } from './choices.read-model.js';

/** Needs DATABASE and OWN_NUMBERS from a global module. */
@Module({
  imports: [AccessModule],
  controllers: [ChoicesController],
  providers: [
    {
      provide: ChoicesReadModel,
      inject: [DATABASE, OWN_NUMBERS],
      useFactory: ({ pool }: Database, numbers: OwnNumbers) => new ChoicesReadModel(pool, numbers),
    },
  ],
})
export class ReportChoicesModule {}

export { visibleCampaignsSql } from './visible-campaigns.js';

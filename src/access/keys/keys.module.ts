import { Module } from '@nestjs/common';
import { AUDIT, type AuditLog } from '../../audit/index.js';
import { CLOCK, type Clock, DATABASE, type Database } from '../../platform/index.js';
import { KeyController } from './key.controller.js';
import { KeyRepository } from './key.repository.js';
import { KeyService } from './key.service.js';

/** Needs CLOCK, DATABASE and AUDIT from a global module. */
@Module({
  controllers: [KeyController],
  providers: [
    {
      provide: KeyService,
      inject: [DATABASE, AUDIT, CLOCK],
      useFactory: ({ pool }: Database, audit: AuditLog, clock: Clock) =>
        new KeyService(pool, new KeyRepository(pool), audit, clock),
    },
  ],
  exports: [KeyService],
})
export class KeysModule {}

import { Module } from '@nestjs/common';
import { AUDIT_ANCHOR, type AuditAnchor } from '../audit/index.js';
import { CLOCK, type Clock, DATABASE, type Database, KEYS, type Keys } from '../platform/index.js';
import { AuditController } from './audit.controller.js';
import { AuditReadModel } from './audit.read-model.js';

/** Reading the audit log. Needs DATABASE, KEYS, CLOCK, AUDIT and AUDIT_ANCHOR from a global module. */
@Module({
  controllers: [AuditController],
  providers: [
    {
      provide: AuditReadModel,
      inject: [DATABASE, KEYS, AUDIT_ANCHOR, CLOCK],
      useFactory: ({ pool }: Database, keys: Keys, anchor: AuditAnchor, clock: Clock) =>
        new AuditReadModel(pool, keys, anchor, clock),
    },
  ],
})
export class OversightModule {}

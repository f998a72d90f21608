import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import type { Pool } from 'pg';
import type { AuditLog } from '../audit/index.js';
import type { OwnNumbers } from '../organisation/index.js';
import type { Clock } from '../platform/index.js';
import type { CustomerNumbers } from './customer-numbers.js';
import { DoNotCallController } from './do-not-call/do-not-call.controller.js';
import { DoNotCallService } from './do-not-call/do-not-call.service.js';
import { DoNotCallImport } from './do-not-call/do-not-call-import.js';
import { OwnershipController } from './ownership/ownership.controller.js';
import { OwnershipService } from './ownership/ownership.service.js';

export interface CustomerListsParts {
  pool: Pool;
  numbers: CustomerNumbers;
  book: OwnNumbers;
  audit: AuditLog;
  clock: Clock;
  country: string;
}

/** Lists of customers over HTTP: do-not-call and ownership. */
export function customerListsModule({ pool, numbers, book, audit, clock, country }: CustomerListsParts): DynamicModule {
  return {
    module: CustomerListsModule,
    controllers: [DoNotCallController, OwnershipController],
    providers: [
      { provide: DoNotCallService, useValue: new DoNotCallService(pool, numbers, book, audit, clock, country) },
      { provide: DoNotCallImport, useValue: new DoNotCallImport(pool, book, audit, clock) },
      { provide: OwnershipService, useValue: new OwnershipService(pool, book, audit, clock) },
    ],
  };
}

@Module({})
class CustomerListsModule {}

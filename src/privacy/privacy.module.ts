import { type DynamicModule, Module } from '@nestjs/common';
import type { RawKeys } from '../platform/index.js';
import { CustomersService } from './customers.service.js';
import { EraseAgent } from './erase-agent.js';
import { EraseCustomer, type ErasureParts } from './erase-customer.js';
import { ParkedBodies } from './parked-bodies.js';
import { AgentErasureController, CustomersController } from './privacy.controller.js';

export interface PrivacyParts extends Omit<ErasureParts, 'parked'> {
  rawKeys: RawKeys;
  /** Called when an agent lost their name: boards of this process show it no longer. */
  renamed: () => void;
}

/** Search, reveal, erase. The parts are those of the running process: its memory has to forget too. */
export function privacyModule({ rawKeys, renamed, ...shared }: PrivacyParts): DynamicModule {
  const { pool, numbers, audit, country, clock, erasures } = shared;
  const parts: ErasureParts = { ...shared, parked: new ParkedBodies(rawKeys, erasures) };
  const providers = [
    { provide: CustomersService, useValue: new CustomersService(pool, numbers, audit, country, clock) },
    { provide: EraseCustomer, useValue: new EraseCustomer(parts) },
    { provide: EraseAgent, useValue: new EraseAgent(parts, renamed) },
  ];

  @Module({})
  class PrivacyModule {}
  return { module: PrivacyModule, controllers: [CustomersController, AgentErasureController], providers };
}

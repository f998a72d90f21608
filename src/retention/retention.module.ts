import { type DynamicModule, Module } from '@nestjs/common';
import { RetentionController } from './retention.controller.js';
import { RetentionService } from './retention.service.js';

@Module({ controllers: [RetentionController] })
class RetentionModule {}

/** Needs CLOCK and AUDIT only through the service it is given. */
export function retentionModule(retention: RetentionService): DynamicModule {
  return { module: RetentionModule, providers: [{ provide: RetentionService, useValue: retention }] };
}

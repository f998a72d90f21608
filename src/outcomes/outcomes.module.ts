import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { OutcomeNotes } from '../calls/index.js';
import type { OwnNumbers } from '../organisation/index.js';
import type { Keys } from '../platform/index.js';
import { CallbacksController } from './callbacks.controller.js';
import { CallbacksReadModel } from './callbacks.read-model.js';
import { type EnteringParts, EnteringService } from './entering.service.js';
import { OutcomeImportService } from './outcome-import.service.js';
import { OutcomesController } from './outcomes.controller.js';
import { OutcomesReadModel } from './outcomes.read-model.js';

export interface OutcomesParts extends EnteringParts {
  keys: Keys;
  book: OwnNumbers;
}

/** Entering, reading and importing outcomes over HTTP. */
export function outcomesModule(parts: OutcomesParts): DynamicModule {
  const { pool, keys, book, clock, settings } = parts;
  const notes = new OutcomeNotes(keys);
  const entering = new EnteringService(parts);
  return {
    module: OutcomesModule,
    controllers: [OutcomesController, CallbacksController],
    providers: [
      { provide: EnteringService, useValue: entering },
      { provide: OutcomesReadModel, useValue: new OutcomesReadModel(pool, book, notes) },
      { provide: OutcomeImportService, useValue: new OutcomeImportService(pool, entering, settings) },
      { provide: CallbacksReadModel, useValue: new CallbacksReadModel(pool, book, notes, clock) },
    ],
  };
}

@Module({})
class OutcomesModule {}

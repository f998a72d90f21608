import { Module } from '@nestjs/common';
import { AccessModule, Policy } from '../../access/index.js';
import { AUDIT, type AuditLog } from '../../audit/index.js';
import { CLOCK, type Clock, DATABASE, type Database, SIGNALS, type Signals } from '../../platform/index.js';
import { BoardDirectory } from './board-directory.js';
import { BoardsController } from './boards.controller.js';
import { BoardsService } from './boards.service.js';

/** Needs DATABASE, AUDIT, SIGNALS, CLOCK and the `BoardDirectory` of the live boards from a global module. */
@Module({
  imports: [AccessModule],
  controllers: [BoardsController],
  providers: [
    {
      provide: BoardsService,
      inject: [DATABASE, BoardDirectory, Policy, AUDIT, SIGNALS, CLOCK],
      useFactory: (
        { pool }: Database,
        directory: BoardDirectory,
        policy: Policy,
        audit: AuditLog,
        signals: Signals,
        clock: Clock,
      ) => new BoardsService(pool, directory, policy, audit, signals, clock),
    },
  ],
})
export class BoardsModule {}

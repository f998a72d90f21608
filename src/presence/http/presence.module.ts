import { Module } from '@nestjs/common';
import { AUDIT, type AuditLog } from '../../audit/index.js';
import { SettingsChanges } from '../../organisation/index.js';
import { CLOCK, type Clock, DATABASE, type Database } from '../../platform/index.js';
import { OwnStateService } from './own-state.service.js';
import { CURRENT_SETTINGS, type CurrentSettings, SAY_STATE, type SayState } from './ports.js';
import { PresenceController } from './presence.controller.js';
import { StateSettingsController } from './state-settings.controller.js';
import { StateSettingsService } from './state-settings.service.js';
import { TimelineReadModel } from './timeline.read-model.js';

/** Needs DATABASE, CLOCK, AUDIT, `SettingsChanges`, CURRENT_SETTINGS and SAY_STATE from a global module. */
@Module({
  controllers: [PresenceController, StateSettingsController],
  providers: [
    {
      provide: OwnStateService,
      inject: [DATABASE, SAY_STATE, AUDIT, CLOCK],
      useFactory: ({ pool }: Database, say: SayState, audit: AuditLog, clock: Clock) =>
        new OwnStateService(pool, say, audit, clock),
    },
    {
      provide: TimelineReadModel,
      inject: [DATABASE, CURRENT_SETTINGS, CLOCK],
      useFactory: (database: Database, settings: CurrentSettings, clock: Clock) =>
        new TimelineReadModel(database, settings, clock),
    },
    {
      provide: StateSettingsService,
      inject: [DATABASE, SettingsChanges],
      useFactory: ({ pool }: Database, changes: SettingsChanges) => new StateSettingsService(pool, changes),
    },
  ],
})
export class PresenceModule {}

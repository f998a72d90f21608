import { Module } from '@nestjs/common';
import { AUDIT, type AuditLog } from '../audit/index.js';
import { CLOCK, type Clock, DATABASE, type Database } from '../platform/index.js';
import { AgentViews } from './agents/agent-views.js';
import { AgentsController } from './agents/agents.controller.js';
import { AgentsReadModel } from './agents/agents.read-model.js';
import { AgentsService } from './agents/agents.service.js';
import { MergeService } from './agents/merge.service.js';
import { MyDisplayController } from './agents/my-display.controller.js';
import { NewAgentsReadModel } from './agents/new-agents.read-model.js';
import { ATTRIBUTION, type AttributionChanged } from './attribution.port.js';
import { CalendarController } from './calendar/calendar.controller.js';
import { CalendarService } from './calendar/calendar.service.js';
import { CampaignsController } from './campaigns/campaigns.controller.js';
import { CampaignsService } from './campaigns/campaigns.service.js';
import { DispositionsController } from './dispositions/dispositions.controller.js';
import { DispositionsService } from './dispositions/dispositions.service.js';
import { OrganisationController } from './organisation.controller.js';
import { OrganisationService } from './organisation.service.js';
import { OWN_NUMBERS, type OwnNumbers } from './own-numbers.port.js';
import { PeopleController } from './people-file/people.controller.js';
import { PeopleExportService } from './people-file/people-export.js';
import { PeopleImportService } from './people-file/people-import.service.js';
import { SettingsChanges } from './settings-changes.js';
import { SitesController } from './sites/sites.controller.js';
import { SitesService } from './sites/sites.service.js';
import { TeamsController } from './teams/teams.controller.js';
import { TeamsService } from './teams/teams.service.js';

/** A service that needs the database, the one way to change a setting, and the clock. */
function changing<T>(type: new (pool: Database['pool'], changes: SettingsChanges, clock: Clock) => T) {
  return {
    provide: type,
    inject: [DATABASE, SettingsChanges, CLOCK],
    useFactory: ({ pool }: Database, changes: SettingsChanges, clock: Clock) => new type(pool, changes, clock),
  };
}

/** Needs DATABASE, CLOCK, `SettingsChanges`, ATTRIBUTION and OWN_NUMBERS from a global module. */
@Module({
  controllers: [
    OrganisationController,
    SitesController,
    TeamsController,
    AgentsController,
    MyDisplayController,
    CalendarController,
    CampaignsController,
    DispositionsController,
    PeopleController,
  ],
  providers: [
    changing(SitesService),
    changing(TeamsService),
    changing(CalendarService),
    changing(DispositionsService),
    {
      provide: OrganisationService,
      inject: [DATABASE, SettingsChanges, ATTRIBUTION],
      useFactory: ({ pool }: Database, changes: SettingsChanges, attribution: AttributionChanged) =>
        new OrganisationService(pool, changes, attribution),
    },
    {
      provide: CampaignsService,
      inject: [DATABASE, SettingsChanges, CLOCK, OWN_NUMBERS],
      useFactory: ({ pool }: Database, changes: SettingsChanges, clock: Clock, numbers: OwnNumbers) =>
        new CampaignsService(pool, changes, clock, numbers),
    },
    {
      provide: PeopleImportService,
      inject: [DATABASE, SettingsChanges, CLOCK, OWN_NUMBERS],
      useFactory: ({ pool }: Database, changes: SettingsChanges, clock: Clock, numbers: OwnNumbers) =>
        new PeopleImportService(pool, changes, clock, numbers),
    },
    {
      provide: PeopleExportService,
      inject: [DATABASE, AgentViews, AUDIT, CLOCK],
      useFactory: ({ pool }: Database, views: AgentViews, audit: AuditLog, clock: Clock) =>
        new PeopleExportService(pool, views, audit, clock),
    },
    { provide: AgentViews, inject: [OWN_NUMBERS], useFactory: (numbers: OwnNumbers) => new AgentViews(numbers) },
    {
      provide: AgentsReadModel,
      inject: [DATABASE, AgentViews, CLOCK],
      useFactory: ({ pool }: Database, views: AgentViews, clock: Clock) => new AgentsReadModel(pool, views, clock),
    },
    {
      provide: NewAgentsReadModel,
      inject: [DATABASE, AgentViews, CLOCK],
      useFactory: ({ pool }: Database, views: AgentViews, clock: Clock) => new NewAgentsReadModel(pool, views, clock),
    },
    {
      provide: AgentsService,
      inject: [SettingsChanges, AgentViews, OWN_NUMBERS, CLOCK],
      useFactory: (changes: SettingsChanges, views: AgentViews, numbers: OwnNumbers, clock: Clock) =>
        new AgentsService(changes, views, numbers, clock),
    },
    {
      provide: MergeService,
      inject: [DATABASE, SettingsChanges, AgentViews, CLOCK],
      useFactory: ({ pool }: Database, changes: SettingsChanges, views: AgentViews, clock: Clock) =>
        new MergeService(pool, changes, views, clock),
    },
  ],
  exports: [AgentViews, NewAgentsReadModel],
})
export class OrganisationModule {}

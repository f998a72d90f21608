/** The only file that knows every folder, in flow order: telephony → ingest → calls → kpi → live. */
import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import { AccessModule } from './access/index.js';
import { OidcModule } from './access/oidc/index.js';
import { ScreensModule } from './access/screens/index.js';
import { AUDIT, AUDIT_ANCHOR } from './audit/index.js';
import { ComparisonModule } from './comparison/index.js';
import { type Core, sayState } from './core.js';
import { customerListsModule } from './customers/http/index.js';
import { FloorModule } from './floor/index.js';
import {
  AttentionController,
  backlogOf,
  FoldService,
  IngestController,
  IngestService,
  ParkedService,
  StatusReadModel,
  UnresolvedReadModel,
} from './ingest/index.js';
import { KpiReadModule } from './kpi/read/index.js';
import { BoardDirectory, BoardsModule } from './live/index.js';
import { MeModule } from './me/index.js';
import { OrganisationModule } from './organisation/http/index.js';
import { ATTRIBUTION, OWN_NUMBERS, SettingsChanges } from './organisation/index.js';
import { outcomesModule } from './outcomes/index.js';
import { OversightModule } from './oversight/index.js';
import { CLOCK, CONFIG, DATABASE, FOLD_LAG, type FoldLag, KEYS, LOGGER, QUEUES, SIGNALS } from './platform/index.js';
import { CURRENT_SETTINGS, PresenceModule, SAY_STATE } from './presence/index.js';
import { privacyModule } from './privacy/index.js';
import { ReportsModule } from './reports/index.js';
import { retentionModule } from './retention/index.js';
import { TargetsModule } from './targets/http/index.js';
import { TargetBook } from './targets/index.js';
import { SetupController } from './telephony/index.js';

function coreModule(core: Core): DynamicModule {
  @Global()
  @Module({})
  class CoreModule {}
  const { config, clock, database, keys, ingest, fold, parked, freshness } = core;
  const lag: FoldLag = {
    oldestPendingAgeMs: async () => {
      const { oldestReceivedAt } = await backlogOf(database.pool);
      return oldestReceivedAt === null ? null : clock.now() - oldestReceivedAt;
    },
  };
  const providers = [
    { provide: CONFIG, useValue: config },
    { provide: CLOCK, useValue: clock },
    { provide: DATABASE, useValue: database },
    { provide: KEYS, useValue: keys },
    { provide: AUDIT, useValue: core.auditLog },
    { provide: AUDIT_ANCHOR, useValue: core.auditAnchor },
    { provide: SIGNALS, useValue: core.signals },
    { provide: QUEUES, useValue: core.queues },
    { provide: LOGGER, useValue: core.log },
    { provide: FOLD_LAG, useValue: lag },
    { provide: TargetBook, useValue: core.targetBook },
    { provide: BoardDirectory, useValue: core.board.directory },
    { provide: ATTRIBUTION, useValue: core.reattribution },
    { provide: OWN_NUMBERS, useValue: core.ownNumbers },
    { provide: UnresolvedReadModel, useValue: new UnresolvedReadModel(database.pool, core.ownNumbers, clock) },
    { provide: SettingsChanges, useValue: core.settingsChanges },
    { provide: IngestService, useValue: ingest },
    { provide: CURRENT_SETTINGS, useValue: () => fold.currentSettings() },
    { provide: SAY_STATE, useValue: sayState(core) },
    { provide: FoldService, useValue: fold },
    { provide: ParkedService, useValue: parked },
    {
      provide: StatusReadModel,
      useValue: new StatusReadModel(database.pool, ingest, fold, parked, freshness, clock, () => core.audit.counters),
    },
  ];
  return { module: CoreModule, providers, exports: providers };
}

function privacyOf(core: Core): DynamicModule {
  const { database, keys, numbers, erasures, rawKeys, auditLog: audit, signals, clock, config } = core;
  const renamed = (): void => core.board.foldedElsewhere();
  const country = config.orgCountry;
  return privacyModule({
    pool: database.pool,
    keys,
    numbers,
    erasures,
    rawKeys,
    audit,
    signals,
    clock,
    country,
    renamed,
  });
}

function outcomesOf(core: Core): DynamicModule {
  const { database, keys, ownNumbers: book, ingest, auditLog: audit, clock, config, fold } = core;
  const settings = () => fold.currentSettings();
  return outcomesModule({
    pool: database.pool,
    keys,
    book,
    ingest,
    audit,
    clock,
    country: config.orgCountry,
    settings,
  });
}

function listsOf(core: Core): DynamicModule {
  const { database, numbers, ownNumbers: book, auditLog: audit, clock, config } = core;
  return customerListsModule({ pool: database.pool, numbers, book, audit, clock, country: config.orgCountry });
}

/** The application of one process. */
export function appModule(core: Core): Type<unknown> {
  @Module({
    imports: [
      coreModule(core),
      AccessModule,
      OidcModule,
      OrganisationModule,
      ScreensModule,
      KpiReadModule,
      PresenceModule,
      TargetsModule,
      MeModule,
      ComparisonModule,
      BoardsModule,
      FloorModule,
      ReportsModule,
      outcomesOf(core),
      listsOf(core),
      OversightModule,
      retentionModule(core.retention),
      privacyOf(core),
    ],
    controllers: [IngestController, AttentionController, SetupController],
  })
  class AppModule {}
  return AppModule;
}

/** What a process without the api role needs of it: background work on reports, and whom it is done for. */
export function workerModule(core: Core): Type<unknown> {
  @Module({ imports: [coreModule(core), ReportsModule] })
  class WorkerModule {}
  return WorkerModule;
}

/** Starts the roles of this process in order, and stops them in the opposite one. */
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  Authenticator,
  actorFor,
  ensureFirstAdministrator,
  type FirstAdministrator,
  Policy,
  RefusalLog,
} from './access/index.js';
import { ScreenService } from './access/screens/index.js';
import { openApi } from './api-docs.js';
import { appModule, workerModule } from './app.module.js';
import { buildCore, type Core } from './core.js';
import { ensureRawPartitions } from './ingest/index.js';
import { LiveGateway } from './live/index.js';
import { ensureOrganisation } from './organisation/index.js';
import {
  type Clock,
  type Config,
  createHttpApp,
  createLogger,
  type Database,
  type Logger,
  listen,
  migrateQueue,
  NestLogger,
  openDatabase,
  openKeys,
  queueKind,
  systemClock,
} from './platform/index.js';
import { watchErasures } from './privacy/index.js';
import { TwilioWebhook, trustedProxies, twilioRoutes } from './telephony/index.js';

const PARTITIONS_EVERY_MS = 6 * 3_600_000;

export interface StartOptions {
  clock?: Clock;
  log?: Logger;
  /** An open database (tests); it is then left open. */
  database?: Database;
  /** False for commands beside a server: the settings of their shell must not become the organisation's. */
  applySettings?: boolean;
}

export interface RunningServer {
  /** Where people reach it; null without the api role. */
  url: string | null;
  administrator: FirstAdministrator;
  core: Core;
  close(): Promise<void>;
}

/** Opens and migrates the database and everything that has to be there before the first event. */
export async function openCore(
  config: Config,
  options: StartOptions = {},
): Promise<{ core: Core; close(): Promise<void> }> {
  const log = options.log ?? createLogger({ level: config.logLevel });
  const clock = options.clock ?? systemClock;
  const database = options.database ?? (await openDatabase(config, { log }));
  const close = async (): Promise<void> => {
    if (options.database === undefined) await database.close();
  };
  try {
    await database.migrate();
    if (queueKind(config) === 'postgres') await migrateQueue(database.pool);
    if (options.applySettings ?? true) {
      await ensureOrganisation(
        database.pool,
        { timeZone: config.orgTimeZone, country: config.orgCountry, currency: config.orgCurrency },
        new Date(clock.now()),
      );
    }
    const keys = await openKeys(config.masterKeyFile, database.pool);
    const core = buildCore({ config, database, keys, clock, log });
    const closeAll = async (): Promise<void> => {
      await core.auditLog.stop();
      await close();
    };
    return { core, close: closeAll };
  } catch (error) {
    await close();
    throw error;
  }
}

export async function startServer(config: Config, options: StartOptions = {}): Promise<RunningServer> {
  const { core, close: closeCore } = await openCore(config, options);
  const stops: (() => Promise<void> | void)[] = [closeCore, () => core.queues.close()];
  const stop = async (): Promise<void> => {
    for (const step of stops.splice(0).reverse()) await step();
  };
  try {
    if (config.roles.includes('worker')) core.signals.on('logged', () => core.fold.wake());
    else stops.push(core.freshness.watch(core.database.pool, core.log));
    core.signals.on('folded', () => core.board.foldedElsewhere());
    core.signals.on('rebuilt', () => core.board.reload());
    stops.push(watchErasures({ ...core, pool: core.database.pool }));
    core.signals.start();
    stops.push(() => core.signals.stop());
    core.auditLog.start();
    core.signals.on('keys', () => void core.keyFollower.look());
    core.keyFollower.start();
    stops.push(() => core.keyFollower.stop());
    const administrator = await ensureFirstAdministrator(core.database, config, core.auditLog);
    if (config.roles.includes('worker')) stops.push(await startWorker(core));
    core.ingest.start();
    stops.push(() => core.ingest.stop());
    const url = config.roles.includes('api') ? await startApi(core, stops) : null;
    if (url === null) {
      // What the application does in the background, without its routes.
      const context = await NestFactory.createApplicationContext(workerModule(core), {
        logger: new NestLogger(core.log),
        abortOnError: false,
      });
      stops.push(() => context.close());
    }
    return { url, administrator, core, close: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startWorker(core: Core): Promise<() => Promise<void>> {
  const partitions = (): void => {
    ensureRawPartitions(core.database.pool, core.clock.now()).catch((error: unknown) =>
      core.log.warn({ err: error }, 'Partitions for raw bodies could not be made; the default one takes them'),
    );
  };
  partitions();
  const timer = setInterval(partitions, PARTITIONS_EVERY_MS);
  core.fold.start();
  core.stale.start();
  core.status.start();
  core.presenceJob.start();
  core.callbacks.start();
  core.audit.start();
  core.retentionJob.start();
  core.reattribution.start();
  core.settling.start();
  return async () => {
    clearInterval(timer);
    await core.stale.stop();
    await core.status.stop();
    await core.presenceJob.stop();
    await core.callbacks.stop();
    await core.settling.stop();
    await core.reattribution.stop();
    await core.retentionJob.stop();
    await core.audit.stop();
    await core.fold.stop();
  };
}

function twilioWebhook({ config, ingest, clock }: Core): TwilioWebhook {
  return new TwilioWebhook(
    {
      tokens: config.twilioAuthTokens,
      publicUrl: config.publicUrl,
      country: config.orgCountry,
      proxies: trustedProxies(config.trustedProxies),
    },
    ingest,
    clock,
  );
}

async function startApi(core: Core, stops: (() => Promise<void> | void)[]): Promise<string> {
  const app: NestFastifyApplication = await createHttpApp(appModule(core), core.config, {
    log: core.log,
    machineRoutes: { prefix: '/webhooks/', register: twilioRoutes(twilioWebhook(core), core.log) },
  });
  stops.push(() => app.close());
  openApi(app);
  await app.init();
  await core.board.start();
  stops.push(() => core.board.stop());
  core.targetBook.start(core.signals);
  stops.push(() => core.targetBook.stop());
  const authenticator = app.get(Authenticator);
  const screens = app.get(ScreenService, { strict: false });
  const gateway = new LiveGateway(
    core.board,
    core.floors,
    core.freshness,
    authenticator,
    app.get(Policy),
    screens,
    core.clock,
    core.log,
  );
  const refusals = app.get(RefusalLog, { strict: false });
  gateway.onRefused((principal, address, board) => refusals.note(actorFor(principal, address), 'board', board));
  authenticator.onSessionEnded((idHash) => {
    gateway.revokeSession(idHash);
    // For screens of other processes; their look at every session once a minute finds it too.
    core.database.pool.query(core.signals.statement, core.signals.values('sessions')).catch(() => {});
  });
  authenticator.onKeyRevoked(() => {
    void gateway.checkSessions();
    core.database.pool.query(core.signals.statement, core.signals.values('sessions')).catch(() => {});
  });
  core.signals.on('sessions', () => void gateway.checkSessions());
  screens.onChanged(() => void gateway.checkScreens());
  core.signals.on('screens', () => void gateway.checkScreens());
  core.signals.on('boards', () => core.board.boardsChanged());
  gateway.attach(app.getHttpServer());
  stops.push(() => gateway.close());
  return listen(app, core.config);
}

/**
 * The object graph from the log to the sums, wired once: the server, the commands and the tests all use this.
 * Ports are filled here: `Translators` by telephony, `CallChanges` by kpi, `AttributionChanged` by ingest.
 */
import { join } from 'node:path';
import { AuditAnchor, ChainedAuditLog } from './audit/index.js';
import { OutcomeNotes, OWN_PROVIDER } from './calls/index.js';
import { CustomerNumbers, Erasures, readNumber } from './customers/index.js';
import {
  CallbackJob,
  FoldService,
  Freshness,
  IngestService,
  LogWriter,
  OwnNumberBook,
  ParkedService,
  PresenceJob,
  Reattribution,
  RecentEvents,
  Spool,
  StaleJob,
  StatusJob,
} from './ingest/index.js';
import { RollupService, SelfAuditJob } from './kpi/rollup/index.js';
import { BoardDirectory, BoardRepository, BoardService, DayHub, FloorRepository, FloorService } from './live/index.js';
import { SettingsChanges } from './organisation/index.js';
import {
  type Clock,
  type Config,
  createQueues,
  type Database,
  KeyFollower,
  type Keys,
  type Logger,
  RawKeys,
  Signals,
} from './platform/index.js';
import { type SayState, STATE_KIND, STATE_TARGET, stateBody } from './presence/index.js';
import { RetentionJob, RetentionService } from './retention/index.js';
import { SettlingJob, TargetBook } from './targets/index.js';
import { translators } from './telephony/index.js';

export interface CoreParts {
  config: Config;
  database: Database;
  keys: Keys;
  clock: Clock;
  log: Logger;
}

export type Core = ReturnType<typeof buildCore>;

const RECENT_EVENTS_MAX = 20_000;
/** A process without the worker role tells the others at most this often that there is something to fold. */
const WAKE_EVERY_MS = 50;

/** Runs `action` at once, then at most every `everyMs`, and once more when it was called in between. */
function throttled(everyMs: number, action: () => void): () => void {
  let timer: NodeJS.Timeout | null = null;
  let again = false;
  const run = (): void => {
    again = false;
    action();
    timer = setTimeout(() => {
      timer = null;
      if (again) run();
    }, everyMs);
  };
  return () => {
    if (timer === null) run();
    else again = true;
  };
}

export function buildCore({ config, database, keys, clock, log }: CoreParts) {
  const { pool } = database;
  const country = config.orgCountry;
  const numbers = new CustomerNumbers(keys);
  const erasures = new Erasures(keys);
  const rawKeys = new RawKeys(pool, keys);
  const notes = new OutcomeNotes(keys);
  const rollups = new RollupService();
  const signals = new Signals(database.url, log);
  const recent = new RecentEvents(config.roles.includes('worker') ? RECENT_EVENTS_MAX : 0);
  const fold = new FoldService(pool, rollups, recent, signals, clock, log);
  const writer = new LogWriter(pool, numbers, erasures, rawKeys, recent, country, notes);
  const spool = new Spool(join(config.dataDir, 'spool'), keys, config.spoolMaxBytes);
  const ingest = new IngestService(writer, spool, translators, country, clock, log);
  const wakeElsewhere = throttled(WAKE_EVERY_MS, () => {
    pool.query(signals.statement, signals.values('logged')).catch(() => {}); // the worker's sweep finds it too
  });
  const wake = config.roles.includes('worker') ? () => fold.wake() : wakeElsewhere;
  ingest.onLogged(wake);
  const parked = new ParkedService(pool, writer, rawKeys, translators, country, clock, wake);
  const anchor = new AuditAnchor(config.auditAnchorFile ?? join(config.dataDir, 'audit.anchor'));
  const auditLog = new ChainedAuditLog(pool, keys, anchor, clock, log);
  const retention = new RetentionService({
    pool,
    keys,
    clock,
    audit: auditLog,
    log,
    signals,
    forgetDays: () => rawKeys.forget(),
  });
  const audit = new SelfAuditJob(pool, log);
  const stale = new StaleJob(pool, clock, wake, log);
  const status = new StatusJob(pool, clock, wake, log);
  const presenceJob = new PresenceJob(pool, rollups, signals, log);
  const callbacks = new CallbackJob(pool, clock, wake, log);
  const freshness = new Freshness(ingest, fold, clock);
  const floorRepository = new FloorRepository(pool);
  const boards = new BoardDirectory(new BoardRepository(pool));
  const targetBook = new TargetBook(pool, clock, log);
  const hub = new DayHub(
    floorRepository,
    rollups,
    {
      settings: () => fold.currentSettings(),
      latestSettings: () => fold.latestSettings(),
      lastReceivedAt: () => ingest.lastReceivedAt,
    },
    targetBook,
    clock,
    log,
  );
  const board = new BoardService(hub, floorRepository, boards, log);
  const floors = new FloorService(hub, floorRepository, boards, log);
  fold.onRecovered(() => board.foldedElsewhere());
  const reattribution = new Reattribution(pool, rollups, signals, log);
  reattribution.onMoved(() => board.foldedElsewhere());
  const settingsChanges = new SettingsChanges(pool, reattribution, auditLog, signals, () => {
    targetBook.look();
    return board.settingsChanged();
  });
  const ownNumbers = new OwnNumberBook(numbers, (text) => {
    const read = readNumber(text, country);
    return read.kind === 'tel' ? read.number : null;
  });
  const queues = createQueues({ ...config, databaseUrl: database.url }, log);
  return {
    queues,
    config,
    database,
    keys,
    clock,
    log,
    numbers,
    notes,
    erasures,
    rawKeys,
    rollups,
    signals,
    fold,
    writer,
    spool,
    ingest,
    parked,
    stale,
    status,
    presenceJob,
    callbacks,
    audit,
    auditLog,
    auditAnchor: anchor,
    retention,
    settling: new SettlingJob(pool, reattribution, log),
    retentionJob: new RetentionJob(retention, log),
    keyFollower: new KeyFollower(pool, keys, log),
    freshness,
    board,
    floors,
    targetBook,
    reattribution,
    settingsChanges,
    ownNumbers,
  };
}

/** What somebody says of themself, as a request of our own: durable like any webhook. */
export function sayState({ ingest, clock }: Core): SayState {
  return async (body) => {
    const request = { provider: OWN_PROVIDER, kind: STATE_KIND, target: STATE_TARGET };
    await ingest.acceptRaw({ ...request, body: stateBody(body), receivedAt: clock.now() });
  };
}

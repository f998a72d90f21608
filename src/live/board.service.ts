/**
 * The organisation's board of today, kept in memory by each api process and fed by commits. Ticks on the leading edge of
 * a change and at most ten times a second; listeners (the gateway) are told after each tick that changed something.
 */
import type { Committed, RollupRow, RollupService } from '../kpi/rollup/index.js';
import {
  businessDate,
  businessDayBounds,
  DEFAULT_SITE,
  type SettingsSnapshot,
  type SiteVersion,
} from '../organisation/index.js';
import { type Clock, type Logger, uuid } from '../platform/index.js';
import type { BoardMeta } from '../shared/live.js';
import type { BoardRepository } from './board.repository.js';
import { type AgentLabel, BoardModel } from './board-model.js';
import { BoardState } from './board-state.js';
import { Norm } from './norm.js';

const TICK_MS = 100;
const REFERENCE_MS = 30_000;
const RETRY_MS = 2_000;
const CATCH_UP_MS = 250;
const NORM_EVERY_MS = 3_600_000;

/** Where the board learns names, zones and thresholds, and how fresh the facts are. */
export interface BoardSources {
  settings(): Promise<SettingsSnapshot>;
  /** The settings as this process last saw them; null before the first load. */
  latestSettings(): SettingsSnapshot | null;
  lastReceivedAt(): number | null;
}

export class BoardService {
  readonly state = new BoardState(uuid(), 'board:default');
  private model: BoardModel | null = null;
  private zone: SiteVersion | null = null;
  private settings: SettingsSnapshot | null = null;
  private lastTickAt = 0;
  private timer: NodeJS.Timeout | null = null;
  private catchUpTimer: NodeJS.Timeout | null = null;
  private referenceTimer: NodeJS.Timeout | null = null;
  private loading: Promise<void> | null = null;
  /** Commits that arrive while the board is being read; rows are absolute, so replaying them is harmless. */
  private buffered: Committed[] = [];
  /** Commits of this process while it catches up with others; null when it does not. */
  private meanwhile: Committed[] | null = null;
  /** Newest revision read from the database. Commits of our own do not count: an older one elsewhere may be missing. */
  private readUpTo = 0;
  private storedLastEventAt: number | null = null;
  private normReadAt = 0;
  private stopped = false;
  private unsubscribe: () => void = () => {};
  private listener: () => void = () => {};

  constructor(
    private readonly repository: BoardRepository,
    private readonly rollups: RollupService,
    private readonly sources: BoardSources,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  onTick(listener: () => void): void {
    this.listener = listener;
  }

  async start(): Promise<void> {
    this.unsubscribe = this.rollups.onCommitted((committed) => this.committed(committed));
    await this.load();
    this.referenceTimer = setInterval(() => this.onClock(), REFERENCE_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.unsubscribe();
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.catchUpTimer !== null) clearTimeout(this.catchUpTimer);
    if (this.referenceTimer !== null) clearInterval(this.referenceTimer);
    await this.loading;
  }

  /** Reads everything again: start, a new day, or facts that changed in another process. */
  async load(): Promise<void> {
    this.loading ??= this.read().finally(() => {
      this.loading = null;
    });
    await this.loading;
  }

  /** Facts changed without our being told, mostly in another process: takes over what is newer, at most four times a second. */
  foldedElsewhere(): void {
    if (this.catchUpTimer !== null || this.stopped) return;
    this.catchUpTimer = setTimeout(() => {
      this.catchUpTimer = null;
      this.catchUp().catch((error: unknown) => {
        this.log.warn({ err: error }, 'The board could not catch up yet');
        setTimeout(() => this.foldedElsewhere(), RETRY_MS).unref();
      });
    }, CATCH_UP_MS);
  }

  private async catchUp(): Promise<void> {
    const model = this.model;
    if (model === null || this.loading !== null) return;
    if (this.meanwhile !== null) return this.foldedElsewhere();
    const meanwhile: Committed[] = [];
    this.meanwhile = meanwhile;
    try {
      this.settings = await this.sources.settings();
      const rows = await this.repository.todaysRows(model.businessDate, model.dayStart, this.readUpTo);
      const calls = await this.repository.currentCalls(model.dayStart);
      for (const row of rows) model.applyRow(row);
      this.noteRead(rows);
      model.resetCalls(calls);
      // These may be newer than what was read: without them a call that has just ended would be open again.
      for (const { changes } of meanwhile) for (const change of changes) model.applyChange(change);
      model.markAgents();
    } finally {
      this.meanwhile = null;
    }
    this.storedLastEventAt = await this.repository.lastEventAt();
    this.schedule();
  }

  private noteRead(rows: RollupRow[]): void {
    for (const { rev } of rows) this.readUpTo = Math.max(this.readUpTo, rev);
  }

  private async read(): Promise<void> {
    // Older ones, of a reading that failed, are in what is read now; repeated, they would bring back ended calls.
    this.buffered = [];
    const now = this.clock.now();
    const settings = await this.sources.settings();
    const zone = settings.zoneOfSite(DEFAULT_SITE, now);
    const date = businessDate(now, zone.timeZone, zone.dayStartMinutes);
    const { start, end } = businessDayBounds(date, zone.timeZone, zone.dayStartMinutes);
    const norm = Norm.of(await this.repository.past(date, zone.timeZone, zone.dayStartMinutes));
    this.normReadAt = now;
    const model = new BoardModel(date, start, end, norm);
    const calls = await this.repository.currentCalls(start);
    const rows = await this.repository.todaysRows(date, start, 0);
    for (const row of rows) model.applyRow(row);
    this.noteRead(rows);
    for (const fact of calls) model.applyChange({ old: null, now: fact });
    this.storedLastEventAt = await this.repository.lastEventAt();
    for (const { rows, changes } of this.buffered) {
      for (const row of rows) model.applyRow(row);
      for (const change of changes) model.applyChange(change);
    }
    this.buffered = [];
    this.settings = settings;
    this.zone = zone;
    this.model = model;
    const fresh = model.takeChanges(now, (id) => this.label(id));
    const kept = new Set(Object.keys(fresh));
    const stale = this.state.keys().filter((key) => !kept.has(key) && key !== 'meta');
    this.state.update({ ...fresh, meta: this.meta(now) }, stale);
    this.listener();
  }

  private committed(committed: Committed): void {
    this.meanwhile?.push(committed);
    if (this.loading !== null || this.model === null) this.buffered.push(committed);
    if (this.model === null) return;
    for (const row of committed.rows) this.model.applyRow(row);
    for (const change of committed.changes) this.model.applyChange(change);
    this.schedule();
  }

  private schedule(): void {
    if (this.timer !== null) return;
    const wait = Math.max(0, this.lastTickAt + TICK_MS - this.clock.now());
    if (wait === 0) {
      this.tick();
      return;
    }
    this.timer = setTimeout(() => {
      this.timer = null;
      this.tick();
    }, wait);
  }

  private tick(): void {
    const now = this.clock.now();
    this.lastTickAt = now;
    if (this.model === null) return;
    if (now >= this.model.dayEnd) {
      this.reload();
      return;
    }
    this.refreshSettings();
    const changes = this.model.takeChanges(now, (id) => this.label(id));
    if (this.state.update({ ...changes, meta: this.meta(now) })) this.listener();
  }

  /** Moves what depends on the clock alone: the usual figures, and the day itself. */
  private onClock(): void {
    const now = this.clock.now();
    if (this.model === null || now >= this.model.dayEnd) {
      this.reload();
      return;
    }
    if (now - this.normReadAt > NORM_EVERY_MS) {
      this.refreshNorm().catch((error: unknown) => this.log.warn({ err: error }, 'What is usual could not be read'));
    }
    if (this.state.update({ ...this.model.references(now), meta: this.meta(now) })) this.listener();
  }

  /** Reads past days again: an import may have brought some, a correction changed them. */
  async refreshNorm(): Promise<void> {
    const { model, zone } = this;
    if (model === null || zone === null) return;
    this.normReadAt = this.clock.now();
    model.setNorm(Norm.of(await this.repository.past(model.businessDate, zone.timeZone, zone.dayStartMinutes)));
    this.schedule();
  }

  /** Like `load`, until it works. */
  reload(): void {
    this.load().catch((error: unknown) => {
      this.log.warn({ err: error }, 'The board cannot be read; trying again');
      setTimeout(() => this.reload(), RETRY_MS).unref();
    });
  }

  /** Settings change when the fold has made an agent or somebody edited them: every name is looked up again. */
  private refreshSettings(): void {
    const settings = this.sources.latestSettings();
    if (settings === null || settings === this.settings) return;
    this.settings = settings;
    this.model?.markAgents();
  }

  private label(agentId: number): AgentLabel {
    const data = this.settings?.data;
    const agent = data?.agents.get(agentId);
    const team = this.settings?.teamOf(agentId, this.clock.now()) ?? 0;
    return {
      name: agent?.name ?? `#${agentId}`,
      team: data?.teams.get(team)?.name ?? '',
      isNew: agent?.status === 'new',
    };
  }

  private meta(now: number): BoardMeta {
    const thresholds = new Set(
      [...(this.settings?.data.campaigns.keys() ?? [])].map((id) => this.settings?.campaignAt(id, now).effectiveMs),
    );
    const [threshold] = thresholds;
    return {
      name: '',
      timeZone: this.zone?.timeZone ?? 'UTC',
      businessDate: this.model?.businessDate ?? '',
      dayStart: this.model?.dayStart ?? 0,
      dayEnd: this.model?.dayEnd ?? 0,
      currency: this.settings?.data.currency ?? '',
      effectiveSeconds: thresholds.size === 1 && threshold !== undefined ? threshold / 1000 : null,
      lastEventAt: latest(this.sources.lastReceivedAt(), this.storedLastEventAt),
    };
  }
}

/** What this process received, or what another one put into the log. */
function latest(a: number | null, b: number | null): number | null {
  return a === null || (b !== null && b > a) ? b : a;
}

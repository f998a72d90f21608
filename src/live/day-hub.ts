/**
 * Today's facts of each time zone somebody watches, kept in memory by each api process and fed by commits. Ticks on the
 * leading edge of a change and at most ten times a second; boards and floors hang on it. Read from the database at a
 * start, at a new day and after commits of other processes, never for a viewer.
 */
import type { Committed, RollupService } from '../kpi/rollup/index.js';
import { DEFAULT_SITE, type SettingsSnapshot } from '../organisation/index.js';
import { type Clock, type Logger, Reading } from '../platform/index.js';
import type { BoardMeta } from '../shared/live.js';
import { DEFAULT_STATE_THRESHOLDS, type StateThresholds } from '../shared/presence.js';
import type { TargetBook } from '../targets/index.js';
import { type DayChange, DaySource, type Zone } from './floor/day-source.js';
import type { FloorRepository } from './floor/floor.repository.js';
import { PresenceBook } from './floor/presence-book.js';
import { TargetsToday } from './floor/targets-today.js';

const TICK_MS = 100;
const CLOCK_MS = 30_000;
const SLOW_MS = 1_000;
const RETRY_MS = 2_000;
const CATCH_UP_MS = 250;

/** Where names, zones and thresholds come from, and how fresh the facts are. */
export interface LiveFacts {
  settings(): Promise<SettingsSnapshot>;
  /** The settings as this process last saw them; null before the first load. */
  latestSettings(): SettingsSnapshot | null;
  lastReceivedAt(): number | null;
}

/** What boards and floors are told. */
export interface DayListener {
  /** Followed by a tick. */
  changed(day: DaySource, change: DayChange): void;
  /** Whose state changed; followed by a tick. */
  presence(agents: readonly number[]): void;
  /** The day was read anew. */
  reset(day: DaySource): void;
  /** Time to send what changed. */
  tick(now: number): void;
  /** Once a second. */
  second(now: number): void;
  /** Twice a minute: moves what depends on the clock alone, and forgets what nobody needs. */
  clock(now: number): void;
  settings(settings: SettingsSnapshot, isFirst: boolean): void;
  /** The days it needs. */
  uses(): Iterable<DaySource>;
}

export class DayHub {
  readonly presence = new PresenceBook();
  readonly targets: TargetsToday;
  settings: SettingsSnapshot | null = null;
  /** Steps of colour, as the organisation has set them. */
  thresholds: StateThresholds = DEFAULT_STATE_THRESHOLDS;
  /** Only an api process shows anything live; in others nothing here asks the database anything. */
  running = false;
  private readonly days = new Map<string, DaySource>();
  private readonly reading = new Set<DaySource>();
  /** Thrown away while they were being read: of what is read then, nobody knows from when it is. */
  private readonly outdated = new Set<DaySource>();
  private readonly listeners: DayListener[] = [];
  private lastTickAt = 0;
  private timer: NodeJS.Timeout | null = null;
  private catchUpTimer: NodeJS.Timeout | null = null;
  private readonly catchingUp = new Reading(() => this.catchUp());
  /** What was committed here while states are being read; null while they are not. */
  private meanwhile: Committed['presence'][] | null = null;
  private intervals: NodeJS.Timeout[] = [];
  private storedLastEventAt: number | null = null;
  private unsubscribe: () => void = () => {};

  constructor(
    private readonly repository: FloorRepository,
    private readonly rollups: RollupService,
    private readonly sources: LiveFacts,
    book: TargetBook,
    readonly clock: Clock,
    private readonly log: Logger,
  ) {
    this.targets = new TargetsToday(book, (action) => this.later(action), log);
  }

  listen(listener: DayListener): void {
    this.listeners.push(listener);
  }

  async start(): Promise<void> {
    this.running = true;
    this.unsubscribe = this.rollups.onCommitted((committed) => this.committed(committed));
    await this.catchingUp.again();
    await this.dayOf(this.zoneOf(null)).load();
    this.intervals = [setInterval(() => this.onClock(), CLOCK_MS), setInterval(() => this.onSecond(), SLOW_MS)];
  }

  stop(): void {
    this.running = false;
    this.unsubscribe();
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.catchUpTimer !== null) clearTimeout(this.catchUpTimer);
    for (const interval of this.intervals) clearInterval(interval);
  }

  /** Facts changed without our being told, mostly in another process: takes over what is newer, at most four times a second. */
  foldedElsewhere(): void {
    if (this.catchUpTimer !== null || !this.running) return;
    this.catchUpTimer = setTimeout(() => {
      this.catchUpTimer = null;
      void this.catchUpNow();
    }, CATCH_UP_MS);
  }

  /** The same at once: resolves when what was committed before the call is known here. Never rejects, but tries again. */
  async catchUpNow(): Promise<void> {
    if (!this.running) return;
    try {
      await this.catchingUp.again();
    } catch (error) {
      this.log.warn({ err: error }, 'What is live could not catch up yet');
      this.later(() => this.foldedElsewhere());
    }
  }

  /** Facts and sums were thrown away and made anew. */
  reload(): void {
    for (const day of this.days.values()) {
      if (this.reading.has(day)) this.outdated.add(day);
      else this.read(day);
    }
  }

  /** The day in a zone, read if it is not yet known. */
  dayOf(zone: Zone): DaySource {
    const key = keyOf(zone);
    const known = this.days.get(key);
    if (known !== undefined) return known;
    const day: DaySource = new DaySource(zone, this.repository, this.clock, {
      changed: (change) => {
        for (const listener of this.listeners) listener.changed(day, change);
        this.schedule();
      },
      reset: () => {
        this.targets.reset(day);
        for (const listener of this.listeners) listener.reset(day);
      },
    });
    this.days.set(key, day);
    this.read(day);
    return day;
  }

  /** The zone all these teams count their days in; where they differ, and for the organisation, that of the main site. */
  zoneOf(teams: readonly number[] | null): Zone {
    const { settings } = this;
    if (settings === null) throw new Error('Something live was asked for before the settings were read');
    const now = this.clock.now();
    const zones = new Map((teams ?? []).map((id) => settings.zoneOfTeam(id, now)).map((zone) => [keyOf(zone), zone]));
    const [only] = zones.values();
    return only !== undefined && zones.size === 1 ? only : settings.zoneOfSite(DEFAULT_SITE, now);
  }

  /** Currency of a campaign; null for no campaign. */
  readonly currencyOf = (campaignId: number): string | null =>
    this.settings?.data.campaigns.get(campaignId)?.currency ?? null;

  meta({ facts, zone }: DaySource, now: number): BoardMeta {
    const { settings } = this;
    const thresholds = new Set(
      [...(settings?.data.campaigns.keys() ?? [])].map((id) => settings?.campaignAt(id, now).effectiveMs),
    );
    const [threshold] = thresholds;
    return {
      name: '',
      timeZone: zone.timeZone,
      businessDate: facts?.businessDate ?? '',
      dayStart: facts?.dayStart ?? 0,
      dayEnd: facts?.dayEnd ?? 0,
      currency: settings?.data.currency ?? '',
      effectiveSeconds: thresholds.size === 1 && threshold !== undefined ? threshold / 1000 : null,
      thresholds: this.thresholds,
      lastEventAt: latest(this.sources.lastReceivedAt(), this.storedLastEventAt),
    };
  }

  /** Sends what changed with the next tick. */
  schedule(): void {
    if (this.timer !== null || !this.running) return;
    // No longer than one tick, even when the clock was set back since the last.
    const wait = Math.min(TICK_MS, Math.max(0, this.lastTickAt + TICK_MS - this.clock.now()));
    if (wait === 0) {
      this.tick();
      return;
    }
    this.timer = setTimeout(() => {
      this.timer = null;
      this.tick();
    }, wait);
  }

  /** Tries something again a little later, unless everything ends before. */
  later(action: () => void): void {
    setTimeout(() => {
      if (this.running) action();
    }, RETRY_MS).unref();
  }

  private committed(committed: Committed): void {
    this.meanwhile?.push(committed.presence);
    this.tellPresence(this.presence.apply(committed.presence));
    for (const day of this.days.values()) day.committed(committed);
  }

  private tellPresence(agents: readonly number[]): void {
    if (agents.length === 0) return;
    for (const listener of this.listeners) listener.presence(agents);
    this.schedule();
  }

  private async catchUp(): Promise<void> {
    this.takeSettings(await this.sources.settings());
    for (const day of this.days.values()) if (!(await day.catchUp())) this.foldedElsewhere();
    await this.readPresence();
    this.storedLastEventAt = await this.repository.lastEventAt();
    this.schedule();
  }

  private async readPresence(): Promise<void> {
    const meanwhile: Committed['presence'][] = [];
    this.meanwhile = meanwhile;
    try {
      const changed = this.presence.replace(await this.repository.presence());
      // These may be newer than what was read.
      this.tellPresence([...changed, ...meanwhile.flatMap((list) => this.presence.apply(list))]);
    } finally {
      this.meanwhile = null;
    }
  }

  /** Reads a day until it works. */
  private read(day: DaySource): void {
    if (this.reading.has(day)) return;
    this.reading.add(day);
    this.outdated.delete(day);
    day.load().then(
      () => {
        this.reading.delete(day);
        if (this.outdated.has(day)) this.read(day);
      },
      (error: unknown) => {
        this.log.warn({ err: error }, 'The day cannot be read; trying again');
        this.later(() => {
          this.reading.delete(day);
          this.read(day);
        });
      },
    );
  }

  private tick(): void {
    const now = this.clock.now();
    this.lastTickAt = now;
    for (const day of this.days.values()) if (day.isOver(now)) this.read(day);
    const latest = this.sources.latestSettings();
    if (latest !== null) this.takeSettings(latest);
    for (const listener of this.listeners) listener.tick(now);
  }

  private onSecond(): void {
    const now = this.clock.now();
    for (const listener of this.listeners) listener.second(now);
  }

  private onClock(): void {
    const now = this.clock.now();
    for (const listener of this.listeners) listener.clock(now);
    const home = keyOf(this.zoneOf(null));
    const used = new Set(this.listeners.flatMap((listener) => [...listener.uses()]));
    this.targets.forget(used);
    for (const [key, day] of this.days) if (key !== home && !used.has(day)) this.days.delete(key);
    for (const day of this.days.values()) if (day.isOver(now) || day.facts === null) this.read(day);
    this.sources.settings().then(
      (settings) => this.takeSettings(settings),
      (error: unknown) => this.log.debug({ err: error }, 'The settings could not be read'),
    );
  }

  /**
   * Names, teams and zones change when the fold has made an agent or somebody edited the organisation. Of two readings
   * under way at once the older may end last.
   */
  private takeSettings(settings: SettingsSnapshot): void {
    if (settings === this.settings || settings.data.version < (this.settings?.data.version ?? 0)) return;
    const isFirst = this.settings === null;
    this.settings = settings;
    for (const listener of this.listeners) listener.settings(settings, isFirst);
  }
}

export function keyOf({ timeZone, dayStartMinutes }: Zone): string {
  return `${timeZone}|${dayStartMinutes}`;
}

/** What this process received, or what another one put into the log. */
function latest(a: number | null, b: number | null): number | null {
  return a === null || (b !== null && b > a) ? b : a;
}

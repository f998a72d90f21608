/**
 * The boards somebody watches, kept in memory by each api process and fed by commits. Ticks on the leading edge of a
 * change and at most ten times a second; the gateway is told after each tick which boards changed. A board lives from its
 * first viewer until a while after its last; a thousand viewers of a board are one state.
 */
import type { Committed, RollupService } from '../kpi/rollup/index.js';
import { DEFAULT_SITE, type SettingsSnapshot } from '../organisation/index.js';
import type { Clock, Logger } from '../platform/index.js';
import type { BoardMeta } from '../shared/live.js';
import type { BoardDirectory, KnownBoard } from './boards/board-directory.js';
import { DaySource, type Zone } from './floor/day-source.js';
import type { FloorRepository } from './floor/floor.repository.js';
import { Norm } from './floor/norm.js';
import { LiveBoard, type People } from './live-board.js';

const TICK_MS = 100;
const CLOCK_MS = 30_000;
const RETRY_MS = 2_000;
const CATCH_UP_MS = 250;
const NORM_EVERY_MS = 3_600_000;
const DIRECTORY_EVERY_MS = 60_000;
/** A screen that reloads or lost its connection finds its board as it was. */
const IDLE_MS = 5 * 60_000;

/** Where boards learn names, zones and thresholds, and how fresh the facts are. */
export interface BoardSources {
  settings(): Promise<SettingsSnapshot>;
  /** The settings as this process last saw them; null before the first load. */
  latestSettings(): SettingsSnapshot | null;
  lastReceivedAt(): number | null;
}

export interface BoardEvents {
  /** There is something to send to those who watch it. */
  changed(board: LiveBoard): void;
  /** It was saved with other contents, or for others: who watches it is asked for again. */
  redefined(board: LiveBoard): void;
  deleted(board: LiveBoard): void;
  /** Teams were moved: those who lead them may watch other boards than before. */
  reorganised(): void;
}

export class BoardService {
  private readonly boards = new Map<string, LiveBoard>();
  private readonly days = new Map<string, DaySource>();
  private readonly reading = new Set<DaySource>();
  private settings: SettingsSnapshot | null = null;
  private lastTickAt = 0;
  private timer: NodeJS.Timeout | null = null;
  private catchUpTimer: NodeJS.Timeout | null = null;
  private clockTimer: NodeJS.Timeout | null = null;
  private storedLastEventAt: number | null = null;
  private directoryReadAt = 0;
  /** Only an api process shows boards; in others nothing here asks the database anything. */
  private running = false;
  private unsubscribe: () => void = () => {};
  private events: BoardEvents = { changed: () => {}, redefined: () => {}, deleted: () => {}, reorganised: () => {} };
  private readonly people: People;

  constructor(
    private readonly repository: FloorRepository,
    readonly directory: BoardDirectory,
    private readonly rollups: RollupService,
    private readonly sources: BoardSources,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {
    this.people = { settings: null, isHidden: (id) => directory.isHidden(id) };
    directory.onRead((treeChanged) => this.boardsRead(treeChanged));
  }

  listen(events: BoardEvents): void {
    this.events = events;
  }

  async start(): Promise<void> {
    this.running = true;
    this.unsubscribe = this.rollups.onCommitted((committed) => this.committed(committed));
    this.takeSettings(await this.sources.settings());
    await this.directory.refresh();
    this.directoryReadAt = this.clock.now();
    this.storedLastEventAt = await this.repository.lastEventAt();
    await this.dayOf(this.zoneOf(null)).load();
    this.clockTimer = setInterval(() => this.onClock(), CLOCK_MS);
  }

  stop(): void {
    this.running = false;
    this.unsubscribe();
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.catchUpTimer !== null) clearTimeout(this.catchUpTimer);
    if (this.clockTimer !== null) clearInterval(this.clockTimer);
  }

  /** The board for one more viewer; `changed` is told once there is something to show. Null = there is none. */
  watch(id: string): LiveBoard | null {
    const known = this.directory.get(id);
    if (known === undefined) return null;
    const board = this.boards.get(id) ?? this.open(known);
    board.viewers++;
    board.idleSince = null;
    if (board.viewers === 1) this.wake(board);
    return board;
  }

  unwatch(board: LiveBoard): void {
    board.viewers--;
    if (board.viewers === 0) board.idleSince = this.clock.now();
  }

  /** Facts changed without our being told, mostly in another process: takes over what is newer, at most four times a second. */
  foldedElsewhere(): void {
    if (this.catchUpTimer !== null || !this.running) return;
    this.catchUpTimer = setTimeout(() => {
      this.catchUpTimer = null;
      this.catchUp().catch((error: unknown) => {
        this.log.warn({ err: error }, 'The boards could not catch up yet');
        this.later(() => this.foldedElsewhere());
      });
    }, CATCH_UP_MS);
  }

  /** Facts and sums were thrown away and made anew. */
  reload(): void {
    for (const day of this.days.values()) this.read(day);
  }

  /** Reads past days again: an import may have brought some, a correction changed them. */
  refreshNorms(): void {
    for (const board of this.boards.values()) this.build(board);
  }

  private open(known: KnownBoard): LiveBoard {
    const board = new LiveBoard(known, this.dayOf(this.zoneOf(known.teams)));
    this.boards.set(board.id, board);
    this.build(board);
    return board;
  }

  /** Takes over what happened while nobody watched. */
  private wake(board: LiveBoard): void {
    const now = this.clock.now();
    this.refresh(board, now);
    board.refreshReferences(now, this.meta(board.source, now));
  }

  private committed(committed: Committed): void {
    for (const day of this.days.values()) day.committed(committed);
  }

  private async catchUp(): Promise<void> {
    this.takeSettings(await this.sources.settings());
    for (const day of this.days.values()) if (!(await day.catchUp())) this.foldedElsewhere();
    this.storedLastEventAt = await this.repository.lastEventAt();
    this.schedule();
  }

  /** The day in a zone, read if it is not yet known. */
  private dayOf(zone: Zone): DaySource {
    const key = keyOf(zone);
    const known = this.days.get(key);
    if (known !== undefined) return known;
    const day: DaySource = new DaySource(zone, this.repository, this.clock, {
      changed: (facts, rows, calls) => {
        for (const { model } of this.boards.values()) {
          if (model?.facts !== facts) continue;
          for (const row of rows) model.rowChanged(row);
          model.callsChanged(calls);
        }
        this.schedule();
      },
      reset: () => {
        for (const board of this.boards.values()) if (board.source === day) this.build(board);
      },
    });
    this.days.set(key, day);
    this.read(day);
    return day;
  }

  /** Reads a day until it works. */
  private read(day: DaySource): void {
    if (this.reading.has(day)) return;
    this.reading.add(day);
    day.load().then(
      () => this.reading.delete(day),
      (error: unknown) => {
        this.log.warn({ err: error }, 'The day cannot be read; trying again');
        this.later(() => {
          this.reading.delete(day);
          this.read(day);
        });
      },
    );
  }

  /** Works a board out anew, with what is usual there; tries until it works or something newer replaces it. */
  private build(board: LiveBoard): void {
    const { source, known } = board;
    const { facts } = source;
    // It will be told when the day has been read.
    if (facts === null) return;
    board.building = Symbol(board.id);
    const turn = board.building;
    this.repository.past(facts.businessDate, source.zone, known.teams).then(
      (past) => {
        if (board.building === turn) this.finish(board, Norm.of(past));
      },
      (error: unknown) => {
        this.log.warn({ err: error }, 'What is usual could not be read; trying again');
        this.later(() => {
          if (board.building === turn) this.build(board);
        });
      },
    );
  }

  private finish(board: LiveBoard, norm: Norm | null): void {
    const now = this.clock.now();
    board.norm = norm;
    board.normReadAt = now;
    board.rebuild(now, this.meta(board.source, now), this.people);
    this.events.changed(board);
  }

  private schedule(): void {
    if (this.timer !== null || !this.running) return;
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
    for (const day of this.days.values()) if (day.isOver(now)) this.read(day);
    const latest = this.sources.latestSettings();
    if (latest !== null) this.takeSettings(latest);
    for (const board of this.boards.values()) {
      if (board.viewers > 0 && this.refresh(board, now)) this.events.changed(board);
    }
  }

  private refresh(board: LiveBoard, now: number): boolean {
    // A day that is over stays as it ended until the new one is read.
    if (board.model === null || now >= board.model.facts.dayEnd) return false;
    return board.refresh(now, this.meta(board.source, now), this.people);
  }

  /** Moves what depends on the clock alone: the usual figures, the days themselves, and what nobody needs any more. */
  private onClock(): void {
    const now = this.clock.now();
    for (const board of [...this.boards.values()]) {
      if (board.idleSince !== null && now - board.idleSince > IDLE_MS) {
        this.boards.delete(board.id);
        continue;
      }
      this.placeInZone(board);
      if (now - board.normReadAt > NORM_EVERY_MS) this.build(board);
      else if (board.viewers > 0 && board.refreshReferences(now, this.meta(board.source, now))) {
        this.events.changed(board);
      }
    }
    const home = keyOf(this.zoneOf(null));
    const used = new Set([...this.boards.values()].map(({ source }) => source));
    for (const [key, day] of this.days) if (key !== home && !used.has(day)) this.days.delete(key);
    for (const day of this.days.values()) if (day.isOver(now) || day.facts === null) this.read(day);
    if (now - this.directoryReadAt >= DIRECTORY_EVERY_MS) this.refreshDirectory();
    this.sources.settings().then(
      (settings) => this.takeSettings(settings),
      (error: unknown) => this.log.debug({ err: error }, 'The settings could not be read'),
    );
  }

  /** Names, teams and zones change when the fold has made an agent or somebody edited the organisation. */
  private takeSettings(settings: SettingsSnapshot): void {
    if (settings === this.settings) return;
    const first = this.settings === null;
    this.settings = settings;
    this.people.settings = settings;
    for (const board of this.boards.values()) board.model?.markAgents();
    if (!first) this.refreshDirectory();
  }

  /** Boards were changed elsewhere, or what of the organisation they show. */
  boardsChanged(): void {
    if (this.running) this.refreshDirectory();
  }

  private refreshDirectory(): void {
    this.directoryReadAt = this.clock.now();
    this.directory.refresh().catch((error: unknown) => {
      this.log.warn({ err: error }, 'The boards could not be read; trying again');
      this.later(() => this.refreshDirectory());
    });
  }

  private boardsRead(treeChanged: boolean): void {
    for (const board of [...this.boards.values()]) {
      const known = this.directory.get(board.id);
      if (known === undefined) {
        this.boards.delete(board.id);
        this.events.deleted(board);
        continue;
      }
      const change = board.adopt(known);
      // Whom it is not for any more sees nothing of what follows.
      if (change !== null) this.events.redefined(board);
      // Names first, before anything else can be sent: what is kept back from now on is forgotten from now on.
      board.model?.markAgents();
      if (this.refresh(board, this.clock.now())) this.events.changed(board);
      if (change === 'teams') this.build(board);
      if (change === 'drawing') this.finish(board, board.norm);
      this.placeInZone(board);
    }
    if (treeChanged) this.events.reorganised();
  }

  private placeInZone(board: LiveBoard): void {
    const zone = this.zoneOf(board.known.teams);
    if (keyOf(zone) === keyOf(board.source.zone)) return;
    board.source = this.dayOf(zone);
    this.build(board);
  }

  /** The zone all these teams count their days in; where they differ, and for the organisation, that of the main site. */
  private zoneOf(teams: readonly number[] | null): Zone {
    const { settings } = this;
    if (settings === null) throw new Error('Boards were asked for before the settings were read');
    const now = this.clock.now();
    const zones = new Map((teams ?? []).map((id) => settings.zoneOfTeam(id, now)).map((zone) => [keyOf(zone), zone]));
    const [only] = zones.values();
    return only !== undefined && zones.size === 1 ? only : settings.zoneOfSite(DEFAULT_SITE, now);
  }

  private meta({ facts, zone }: DaySource, now: number): BoardMeta {
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
      lastEventAt: latest(this.sources.lastReceivedAt(), this.storedLastEventAt),
    };
  }

  private later(action: () => void): void {
    setTimeout(() => {
      if (this.running) action();
    }, RETRY_MS).unref();
  }
}

function keyOf({ timeZone, dayStartMinutes }: Zone): string {
  return `${timeZone}|${dayStartMinutes}`;
}

/** What this process received, or what another one put into the log. */
function latest(a: number | null, b: number | null): number | null {
  return a === null || (b !== null && b > a) ? b : a;
}

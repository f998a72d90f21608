/**
 * The boards somebody watches, hung on today's facts. The gateway is told after each tick which boards changed. A board
 * lives from its first viewer until a while after its last; a thousand viewers of a board are one state.
 */
import type { SettingsSnapshot } from '../organisation/index.js';
import type { Clock, Logger } from '../platform/index.js';
import type { BoardDirectory, KnownBoard } from './boards/board-directory.js';
import { type DayHub, type DayListener, keyOf } from './day-hub.js';
import type { DayChange, DaySource } from './floor/day-source.js';
import type { FloorRepository } from './floor/floor.repository.js';
import { Norm } from './floor/norm.js';
import { LiveBoard, type People } from './live-board.js';

const NORM_EVERY_MS = 3_600_000;
const DIRECTORY_EVERY_MS = 60_000;
const SLOWLY_EVERY_S = 5;
/** A screen that reloads or lost its connection finds its board as it was. */
const IDLE_MS = 5 * 60_000;

export interface BoardEvents {
  /** There is something to send to those who watch it. */
  changed(board: LiveBoard): void;
  /** It was saved with other contents, or for others: who watches it is asked for again. */
  redefined(board: LiveBoard): void;
  deleted(board: LiveBoard): void;
  /** Teams were moved: those who lead them may watch other boards than before. */
  reorganised(): void;
}

export class BoardService implements DayListener {
  private readonly boards = new Map<string, LiveBoard>();
  private directoryReadAt = 0;
  private seconds = 0;
  private events: BoardEvents = { changed: () => {}, redefined: () => {}, deleted: () => {}, reorganised: () => {} };
  private readonly people: People;
  private readonly time: Clock;

  constructor(
    private readonly hub: DayHub,
    private readonly repository: FloorRepository,
    readonly directory: BoardDirectory,
    private readonly log: Logger,
  ) {
    this.time = hub.clock;
    this.people = {
      settings: null,
      isHidden: (id) => directory.isHidden(id),
      presence: hub.presence,
      targetsOf: (day) => hub.targets.of(day),
    };
    hub.listen(this);
    hub.targets.onLoaded(() => {
      for (const board of this.boards.values()) board.markAgents();
      this.moveSlowly(hub.clock.now());
    });
    directory.onRead((treeChanged) => this.boardsRead(treeChanged));
  }

  listen(events: BoardEvents): void {
    this.events = events;
  }

  async start(): Promise<void> {
    await this.directory.refresh();
    this.directoryReadAt = this.time.now();
    await this.hub.start();
  }

  stop(): void {
    this.hub.stop();
  }

  /** The board for one more viewer; `changed` is told once there is something to show. Null = there is none. */
  watch(id: string): LiveBoard | null {
    const known = this.directory.get(id);
    if (known === undefined) return null;
    const board = this.boards.get(id) ?? this.open(known);
    board.enter();
    if (board.viewers === 1) this.wake(board);
    return board;
  }

  /** See `DayHub`. */
  foldedElsewhere(): void {
    this.hub.foldedElsewhere();
  }

  /**
   * Settings were changed in this process: once this has resolved, whoever changed them finds boards, floors and own days
   * with them, however busy the process is. Never rejects: what cannot be read now is caught up with later.
   */
  async settingsChanged(): Promise<void> {
    await this.hub.catchUpNow();
    if (this.hub.running) await this.directory.refresh().catch(() => this.refreshDirectory());
  }

  /** Facts and sums were thrown away and made anew. */
  reload(): void {
    this.hub.reload();
  }

  /** Reads past days again: an import may have brought some, a correction changed them. */
  refreshNorms(): void {
    for (const board of this.boards.values()) this.build(board);
  }

  changed(day: DaySource, { facts, rows, calls, sales }: DayChange): void {
    for (const board of this.boards.values()) {
      const { model } = board;
      if (board.source !== day || model?.facts !== facts) continue;
      if (sales) board.markSales();
      for (const row of rows) model.rowChanged(row);
      model.callsChanged(calls);
    }
  }

  presence(agents: readonly number[]): void {
    const now = this.time.now();
    for (const board of this.boards.values()) board.presenceChanged(agents, now, this.people);
  }

  reset(day: DaySource): void {
    for (const board of this.boards.values()) if (board.source === day) this.build(board);
  }

  tick(now: number): void {
    for (const board of this.boards.values()) {
      if (board.viewers > 0 && this.refresh(board, now)) this.events.changed(board);
    }
  }

  second(now: number): void {
    this.seconds++;
    if (this.seconds % SLOWLY_EVERY_S === 0) this.moveSlowly(now);
  }

  clock(now: number): void {
    for (const board of [...this.boards.values()]) {
      if (board.isForgotten(now, IDLE_MS)) {
        this.boards.delete(board.id);
        continue;
      }
      this.placeInZone(board);
      if (now - board.normReadAt > NORM_EVERY_MS) this.build(board);
      else if (board.viewers > 0 && board.refreshReferences(now, this.hub.meta(board.source, now))) {
        this.events.changed(board);
      }
    }
    if (now - this.directoryReadAt >= DIRECTORY_EVERY_MS) this.refreshDirectory();
  }

  settings(settings: SettingsSnapshot, isFirst: boolean): void {
    this.people.settings = settings;
    for (const board of this.boards.values()) {
      board.markAgents();
      this.placeInZone(board);
    }
    if (!isFirst) this.refreshDirectory();
  }

  uses(): DaySource[] {
    return [...this.boards.values()].map(({ source }) => source);
  }

  /** Boards were changed elsewhere, or what of the organisation they show. */
  boardsChanged(): void {
    if (this.hub.running) this.refreshDirectory();
  }

  private moveSlowly(now: number): void {
    for (const board of this.boards.values()) {
      if (board.viewers === 0 || board.model === null || now >= board.model.facts.dayEnd) continue;
      if (board.refreshSlowly(now, this.hub.meta(board.source, now), this.people)) this.events.changed(board);
    }
  }

  private open(known: KnownBoard): LiveBoard {
    const board = new LiveBoard(known, this.hub.dayOf(this.hub.zoneOf(known.teams)));
    this.boards.set(board.id, board);
    this.build(board);
    return board;
  }

  /** Takes over what happened while nobody watched. */
  private wake(board: LiveBoard): void {
    const now = this.time.now();
    this.refresh(board, now);
    board.refreshReferences(now, this.hub.meta(board.source, now));
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
        this.hub.later(() => {
          if (board.building === turn) this.build(board);
        });
      },
    );
  }

  private finish(board: LiveBoard, norm: Norm | null): void {
    const now = this.time.now();
    board.norm = norm;
    board.normReadAt = now;
    board.rebuild(now, this.hub.meta(board.source, now), this.people, this.hub.currencyOf);
    this.events.changed(board);
  }

  private refresh(board: LiveBoard, now: number): boolean {
    // A day that is over stays as it ended until the new one is read.
    if (board.model === null || now >= board.model.facts.dayEnd) return false;
    return board.refresh(now, this.hub.meta(board.source, now), this.people);
  }

  private refreshDirectory(): void {
    this.directoryReadAt = this.time.now();
    this.directory.refresh().catch((error: unknown) => {
      this.log.warn({ err: error }, 'The boards could not be read; trying again');
      this.hub.later(() => this.refreshDirectory());
    });
  }

  private boardsRead(treeChanged: boolean): void {
    this.hub.thresholds = this.directory.thresholds;
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
      board.markAgents();
      if (this.refresh(board, this.time.now())) this.events.changed(board);
      if (change === 'teams') this.build(board);
      if (change === 'drawing') this.finish(board, board.norm);
      this.placeInZone(board);
    }
    if (treeChanged) this.events.reorganised();
  }

  private placeInZone(board: LiveBoard): void {
    const zone = this.hub.zoneOf(board.known.teams);
    if (keyOf(zone) === keyOf(board.source.zone)) return;
    board.source = this.hub.dayOf(zone);
    this.build(board);
  }
}

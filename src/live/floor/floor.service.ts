/**
 * Floors and own days somebody watches, hung on today's facts. All who look at the same teams and campaign share one
 * state; all states with the same teams and campaign share one set of sums.
 */
import type { SettingsSnapshot } from '../../organisation/index.js';
import type { Logger } from '../../platform/index.js';
import type { BoardDirectory } from '../boards/board-directory.js';
import { type DayHub, type DayListener, keyOf } from '../day-hub.js';
import type { LiveSubject } from '../live-subject.js';
import { AgentSums } from './agent-sums.js';
import type { DncCall } from './attention.js';
import type { DayFacts } from './day-facts.js';
import type { DayChange, DaySource } from './day-source.js';
import type { FloorRepository } from './floor.repository.js';
import { type FloorWorld, LiveFloor } from './live-floor.js';
import { LiveMe } from './live-me.js';

const IDLE_MS = 5 * 60_000;
const ATTENTION_EVERY_S = 5;
const OWN_ROW_EVERY_S = 5;
const RANKS_EVERY_S = 2;

export class FloorService implements DayListener {
  private readonly floors = new Map<string, LiveFloor>();
  private readonly people = new Map<number, LiveMe>();
  private readonly sums = new Map<DayFacts, Map<string, AgentSums>>();
  /** Agents by team, until somebody may have moved. */
  private roster: Map<number, number[]> | null = null;
  private seconds = 0;
  /** Calls of the day to listed numbers, and whether there may be others by now. */
  private readonly dncCalls = new Map<DaySource, { facts: DayFacts; calls: DncCall[]; isOld: boolean }>();
  private changedListener: (subject: LiveSubject) => void = () => {};

  constructor(
    private readonly hub: DayHub,
    private readonly repository: FloorRepository,
    private readonly directory: BoardDirectory,
    private readonly log: Logger,
  ) {
    hub.listen(this);
    hub.targets.onLoaded(() => {
      if (hub.settings !== null) this.settings(hub.settings);
    });
    directory.onRead(() => {
      if (hub.settings !== null) this.settings(hub.settings);
    });
  }

  onChanged(listener: typeof this.changedListener): void {
    this.changedListener = listener;
  }

  /** The floor of these teams (null: of all) for one more viewer; null: there is no such campaign. */
  watchFloor(teams: readonly number[] | null, campaign: number | null): LiveFloor | null {
    if (campaign !== null && this.hub.settings?.data.campaigns.has(campaign) !== true) return null;
    const key = sumsKey(teams, campaign);
    const floor = this.floors.get(key) ?? this.openFloor(key, teams, campaign);
    floor.enter();
    if (floor.viewers === 1) this.refresh(floor, this.hub.clock.now());
    return floor;
  }

  /** An agent's own day; null: nobody knows them. */
  watchMe(agentId: number): LiveMe | null {
    const status = this.hub.settings?.data.agents.get(agentId)?.status;
    if (status === undefined || status === 'merged' || status === 'erased') return null;
    const me = this.people.get(agentId) ?? this.openMe(agentId);
    me.enter();
    if (me.viewers === 1) this.refresh(me, this.hub.clock.now());
    return me;
  }

  changed(day: DaySource, { facts, rows, calls, outcomes, isCatchUp }: DayChange): void {
    for (const sums of this.sums.get(facts)?.values() ?? []) {
      const agents = rows.flatMap((row) => sums.rowChanged(row) ?? []);
      for (const floor of this.floorsOf(sums)) floor.mark(agents);
    }
    const known = this.dncCalls.get(day);
    if (known !== undefined) known.isOld = true;
    const touched = new Set(rows.map(({ row }) => row.agentId));
    // A catch-up touches everybody who ever called: only what was counted anew says whose list is another one.
    if (!isCatchUp) for (const { agent } of calls) touched.add(agent);
    const entered = new Set(outcomes.flatMap(({ old, now }) => [old?.agentId ?? 0, now?.agentId ?? 0]));
    for (const floor of this.floors.values()) if (floor.source === day) floor.callsChanged(calls);
    for (const me of this.people.values()) {
      if (me.source !== day) continue;
      if (entered.has(me.agentId) || (isCatchUp && touched.has(me.agentId))) me.outcomesChanged();
      else if (touched.has(me.agentId)) me.callsChanged();
    }
  }

  presence(agents: readonly number[]): void {
    for (const floor of this.floors.values()) floor.presenceChanged(agents);
    for (const id of agents) this.people.get(id)?.mark();
  }

  reset(day: DaySource): void {
    for (const floor of this.floors.values()) if (floor.source === day) this.buildFloor(floor);
    for (const me of this.people.values()) if (me.source === day) this.buildMe(me);
    this.forgetSums();
  }

  tick(now: number): void {
    for (const floor of this.floors.values()) if (floor.viewers > 0) this.tell(floor, this.refresh(floor, now));
    for (const me of this.people.values()) if (me.viewers > 0) this.tell(me, this.refresh(me, now));
  }

  second(now: number): void {
    this.seconds++;
    const isTime = (every: number): boolean => this.seconds % every === 0;
    for (const floor of this.floors.values()) {
      if (floor.viewers === 0) continue;
      floor.second(this.hub.presence, this.hub.targets.of(floor.source) !== null);
      const rows = this.refresh(floor, now);
      const world = this.world(floor.source);
      const round = isTime(ATTENTION_EVERY_S) && world !== null && floor.lookRound(world, now);
      this.tell(floor, rows || round);
    }
    for (const me of this.people.values()) {
      if (me.viewers === 0) continue;
      if (isTime(OWN_ROW_EVERY_S)) me.mark();
      const world = isTime(RANKS_EVERY_S) ? this.world(me.source) : null;
      const ranked = world !== null && me.refreshRank(world, now);
      this.tell(me, this.refresh(me, now) || ranked);
    }
  }

  clock(now: number): void {
    for (const day of new Set([...this.floors.values()].map(({ source }) => source))) this.lookForDnc(day);
    for (const day of this.dncCalls.keys()) if (!this.uses().includes(day)) this.dncCalls.delete(day);
    this.roster = null;
    for (const floor of [...this.floors.values()]) {
      if (floor.isForgotten(now, IDLE_MS)) this.floors.delete(floor.key);
      else if (this.placeFloor(floor)) this.buildFloor(floor);
      else if (this.hub.settings !== null) floor.lookAtTeams(this.hub.settings, now);
    }
    for (const me of [...this.people.values()]) {
      if (me.isForgotten(now, IDLE_MS)) this.people.delete(me.agentId);
      else if (this.placeMe(me)) this.buildMe(me);
    }
    this.forgetSums();
  }

  settings(settings: SettingsSnapshot): void {
    this.roster = null;
    const now = this.hub.clock.now();
    for (const floor of this.floors.values()) floor.markAll(settings, now);
    for (const me of this.people.values()) me.mark();
    this.hub.schedule();
  }

  uses(): DaySource[] {
    return [...this.floors.values(), ...this.people.values()].map(({ source }) => source);
  }

  private openFloor(key: string, teams: readonly number[] | null, campaign: number | null): LiveFloor {
    const floor = new LiveFloor(key, teams, campaign, this.dayFor(teams));
    this.floors.set(key, floor);
    this.lookForDnc(floor.source);
    this.buildFloor(floor);
    return floor;
  }

  private openMe(agentId: number): LiveMe {
    const me = new LiveMe(agentId, this.dayFor(this.teamOf(agentId)));
    this.people.set(agentId, me);
    this.buildMe(me);
    return me;
  }

  private dayFor(teams: readonly number[] | null): DaySource {
    return this.hub.dayOf(this.hub.zoneOf(teams));
  }

  private teamOf(agentId: number): number[] {
    return [this.hub.settings?.teamOf(agentId, this.hub.clock.now()) ?? 0];
  }

  private buildFloor(floor: LiveFloor): void {
    const [sums, world] = [this.sumsOf(floor.source, floor.teams, floor.campaign), this.world(floor.source)];
    if (sums === null || world === null) return;
    const now = this.hub.clock.now();
    floor.rebuild(sums, this.hub.meta(floor.source, now), world, now);
    this.changedListener(floor);
  }

  private buildMe(me: LiveMe): void {
    const [sums, world] = [this.sumsOf(me.source, null, null), this.world(me.source)];
    if (sums === null || world === null) return;
    const now = this.hub.clock.now();
    me.rebuild(sums, this.hub.meta(me.source, now), world, now);
    this.changedListener(me);
  }

  private refresh(subject: LiveFloor | LiveMe, now: number): boolean {
    const world = this.world(subject.source);
    return world !== null && subject.refresh(this.hub.meta(subject.source, now), world, now);
  }

  private tell(subject: LiveSubject, isChanged: boolean): void {
    if (isChanged) this.changedListener(subject);
  }

  private world(day: DaySource): FloorWorld | null {
    const { settings, presence } = this.hub;
    if (settings === null) return null;
    const targets = this.hub.targets.of(day);
    return {
      settings,
      parents: this.directory.tree,
      presence,
      targets,
      whole: this.sumsOf(day, null, null),
      dncCalls: this.dncCalls.get(day)?.calls ?? [],
      peersOf: this.peersOf,
    };
  }

  /** At most twice a minute for all floors together, and only when calls came in. */
  private lookForDnc(day: DaySource): void {
    const { facts } = day;
    const known = this.dncCalls.get(day);
    if (facts === null || (known?.facts === facts && !known.isOld)) return;
    const entry = { facts, calls: known?.facts === facts ? known.calls : [], isOld: false };
    this.dncCalls.set(day, entry);
    this.repository.dncCalls(facts.dayStart).then(
      (calls) => {
        entry.calls = calls;
      },
      (error: unknown) => {
        entry.isOld = true;
        this.log.warn({ err: error }, 'Calls to numbers of the do-not-call list could not be read; trying again');
      },
    );
  }

  private readonly peersOf = (team: number): readonly number[] => {
    if (this.roster === null) {
      this.roster = new Map();
      const now = this.hub.clock.now();
      for (const id of this.hub.settings?.data.agents.keys() ?? []) {
        const own = this.hub.settings?.teamOf(id, now) ?? 0;
        this.roster.set(own, [...(this.roster.get(own) ?? []), id]);
      }
    }
    return this.roster.get(team) ?? [];
  };

  /** Null while the day has not been read. */
  private sumsOf({ facts }: DaySource, teams: ReadonlySet<number> | null, campaign: number | null): AgentSums | null {
    if (facts === null) return null;
    const ofDay = this.sums.get(facts) ?? new Map<string, AgentSums>();
    this.sums.set(facts, ofDay);
    const key = sumsKey(teams, campaign);
    const sums = ofDay.get(key) ?? new AgentSums(facts, teams, campaign, this.hub.currencyOf);
    ofDay.set(key, sums);
    return sums;
  }

  private floorsOf(sums: AgentSums): LiveFloor[] {
    return [...this.floors.values()].filter((floor) => floor.isFedBy(sums));
  }

  /** Sums nobody looks at any more. */
  private forgetSums(): void {
    const days = new Set(this.uses().map(({ facts }) => facts));
    const needed = new Set([...this.floors.keys(), sumsKey(null, null)]);
    for (const [facts, ofDay] of this.sums) {
      if (!days.has(facts)) this.sums.delete(facts);
      for (const key of ofDay.keys()) if (!needed.has(key)) ofDay.delete(key);
    }
  }

  private placeFloor(floor: LiveFloor): boolean {
    const day = this.dayFor(floor.teams === null ? null : [...floor.teams]);
    const isElsewhere = keyOf(day.zone) !== keyOf(floor.source.zone);
    floor.source = day;
    return isElsewhere;
  }

  private placeMe(me: LiveMe): boolean {
    const day = this.dayFor(this.teamOf(me.agentId));
    const isElsewhere = keyOf(day.zone) !== keyOf(me.source.zone);
    me.source = day;
    return isElsewhere;
  }
}

function sumsKey(teams: Iterable<number> | null, campaign: number | null): string {
  return `${teams === null ? 'all' : [...teams].sort((a, b) => a - b).join(',')}|${campaign ?? 'every'}`;
}

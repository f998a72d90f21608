/**
 * The figures of one board for one business day: sums over the rows of its teams, kept up to date by differences. Pure:
 * changes of the day's facts in, changed keys out.
 */
import type { StateTimes } from '../calls/index.js';
import {
  addMeasures,
  CurrencySums,
  emptyMeasures,
  evaluate,
  findDefinition,
  isOfStates,
  type Measures,
} from '../kpi/catalog/index.js';
import type { BoardAgent, BoardHour, LiveState } from '../shared/live.js';
import type { TargetsOfDay } from '../targets/index.js';
import { fairPlaces } from './board-places.js';
import type { CurrencyOf } from './floor/agent-sums.js';
import { type DayFacts, isOf, type Participant, type RowChange, type Teams } from './floor/day-facts.js';
import { openTime, withOpenTime } from './floor/floor-row.js';
import type { Norm } from './floor/norm.js';
import { activityWith, type PresenceNow } from './floor/presence-book.js';

export const HOUR_MS = 3_600_000;

export interface AgentLabel {
  name: string;
  team: string;
  isNew: boolean;
  ranked: boolean;
  /** What they are said to be doing, where the board may know. */
  presence?: PresenceNow | null;
}

/** Labels by agent id, as the settings say now; null = not to be shown at all. */
export type Labels = (agentId: number) => AgentLabel | null;

/** Whose money it is: the organisation's currency, and that of each campaign; and what is expected of each agent today. */
export interface Money {
  currency: string;
  currencyOf: CurrencyOf;
  targets(): TargetsOfDay | null;
}
const NO_MONEY: Money = { currency: '', currencyOf: () => null, targets: () => null };

/** What a board asks for. */
export interface ModelView {
  teams: Teams;
  /** KPIs of its figures. */
  figures: readonly string[];
  /** Those of them with a target. */
  paced: readonly string[];
  /** KPIs of its leaderboards. */
  ranked: readonly string[];
  /** KPIs of leaderboards by what is reached of one's own target. */
  attained?: readonly string[];
  /** KPIs of leaderboards that rank rates fairly. */
  fair?: readonly string[];
  /** Whether anything shows single agents. */
  agents: boolean;
}

export interface Changes {
  set: LiveState;
  unset: string[];
}

export class BoardModel {
  private readonly total = new CurrencySums();
  private readonly hours = new Map<number, Measures>();
  private readonly agents = new Map<number, CurrencySums>();
  /** Agents somebody said something about. */
  private readonly told = new Set<number>();
  private readonly dirtyHours = new Set<number>();
  private readonly dirtyAgents = new Set<number>();
  private totalDirty = true;
  /** Time in states that lasts, by agent, as it was last looked at. */
  private open = new Map<number, StateTimes>();

  constructor(
    readonly facts: DayFacts,
    private readonly view: ModelView,
    private norm: Norm | null,
    private readonly money: Money = NO_MONEY,
  ) {
    for (let at = facts.dayStart; at < facts.dayEnd; at += HOUR_MS) {
      this.hours.set(at, emptyMeasures());
      this.dirtyHours.add(at);
    }
    for (const row of facts.rows()) this.rowChanged({ row, before: null });
    for (const agent of facts.present(view.teams)) this.dirtyAgents.add(agent);
  }

  /** Of all of it, as of the last row. */
  get sums(): CurrencySums {
    return this.total;
  }

  setNorm(norm: Norm | null): void {
    this.norm = norm;
    this.totalDirty = true;
    for (const hour of this.hours.keys()) this.dirtyHours.add(hour);
  }

  rowChanged({ row, before }: RowChange): void {
    if (!isOf(this.view.teams, row.teamId)) return;
    const hour = this.hourOf(row.slotStart);
    const currency = this.money.currencyOf(row.campaignId);
    for (const sums of [this.total, this.agent(row.agentId)]) {
      if (before !== null) sums.add(currency, before, -1);
      sums.add(currency, row.measures);
    }
    const inHour = this.hours.get(hour);
    if (inHour !== undefined) {
      if (before !== null) addMeasures(inHour, before, -1);
      addMeasures(inHour, row.measures);
    }
    this.totalDirty = true;
    this.dirtyHours.add(hour);
    this.dirtyAgents.add(row.agentId);
  }

  callsChanged(participants: readonly Participant[]): void {
    for (const { agent, team } of participants) if (isOf(this.view.teams, team)) this.dirtyAgents.add(agent);
  }

  /** What agents are said to be doing has changed. */
  presenceChanged(agents: Iterable<number>): void {
    for (const agent of agents) {
      this.told.add(agent);
      this.dirtyAgents.add(agent);
    }
  }

  /** Time goes by: what lasts is looked at anew, where anything shown is made of it. */
  timePassed(now: number, labels: Labels): void {
    const isTotalOfTime = this.view.figures.some(isOfStates);
    const isRankOfTime = this.view.ranked.some(isOfStates);
    if (!isTotalOfTime && !isRankOfTime) return;
    this.open = new Map();
    for (const id of this.told) {
      const open = openTime(labels(id)?.presence ?? null, this.facts.dayStart, now);
      if (open !== null) this.open.set(id, open);
      if (isRankOfTime) this.dirtyAgents.add(id);
    }
    this.totalDirty ||= isTotalOfTime;
  }

  /** Every agent is told again: names or their privacy changed. */
  markAgents(): void {
    for (const id of this.agents.keys()) this.dirtyAgents.add(id);
    for (const id of this.told) this.dirtyAgents.add(id);
    for (const id of this.facts.present(this.view.teams)) this.dirtyAgents.add(id);
  }

  /** Changed keys since the last call, with their values. */
  takeChanges(now: number, labels: Labels): Changes {
    const set: LiveState = {};
    const unset: string[] = [];
    if (this.totalDirty) this.writeTotals(now, set);
    for (const hour of this.dirtyHours) {
      const value = this.hourValue(hour);
      if (value !== null) set[`hour:${hour}`] = value;
    }
    for (const id of this.view.agents ? this.dirtyAgents : []) {
      const label = id === 0 ? null : labels(id);
      if (label === null || !this.isOnFloor(id, label)) unset.push(`agent:${id}`);
      else set[`agent:${id}`] = this.agentValue(id, label, now);
    }
    this.totalDirty = false;
    this.dirtyHours.clear();
    this.dirtyAgents.clear();
    return { set, unset };
  }

  /** What is usual by now: moves with the clock, not with events. */
  references(now: number): LiveState {
    const { dayStart, dayEnd } = this.facts;
    const usual = this.norm?.upTo(now - dayStart) ?? null;
    const wholeDay = this.norm?.upTo(dayEnd - dayStart) ?? null;
    const state: LiveState = {};
    for (const id of this.view.figures) {
      state[`kpi-ref:${id}`] = usual === null ? null : evaluate(id, { measures: usual });
    }
    for (const id of this.view.paced) {
      state[`kpi-pace:${id}`] = usual === null || wholeDay === null ? null : shareOf(id, usual, wholeDay);
    }
    return state;
  }

  private writeTotals(now: number, set: LiveState): void {
    const total = this.totalWithOpenTime();
    for (const id of this.view.figures) set[`kpi:${id}`] = total.value(id, this.money.currency);
    Object.assign(set, this.references(now));
  }

  private totalWithOpenTime(): CurrencySums {
    if (this.open.size === 0) return this.total;
    const all = new CurrencySums();
    all.addAll(this.total);
    for (const open of this.open.values()) all.add(null, { ...emptyMeasures(), ...open });
    return all;
  }

  private hourValue(start: number): BoardHour | null {
    const sums = this.hours.get(start);
    if (sums === undefined) return null;
    const offset = start - this.facts.dayStart;
    return {
      start,
      dials: sums.dials,
      connects: sums.connects,
      effective: sums.effective,
      talkSeconds: sums.talk_ms / 1000,
      expectedDials: this.norm?.dialsBetween(offset, offset + HOUR_MS) ?? null,
    };
  }

  private agentValue(id: number, label: AgentLabel, now: number): BoardAgent {
    const sums = this.agents.get(id) ?? new CurrencySums();
    const measures = sums.total;
    const all = withOpenTime(sums, this.open.get(id) ?? null);
    const { presence = null, ...shown } = label;
    return {
      id,
      ...shown,
      ...activityWith(this.facts.activityOf(id, this.view.teams), presence),
      dials: measures.dials,
      connects: measures.connects,
      effective: measures.effective,
      talkSeconds: (measures.talk_ms + measures.inbound_talk_ms) / 1000,
      connectRate: evaluate('connect_rate', { measures }),
      inboundAnswered: measures.inbound_answered,
      values: Object.fromEntries(this.view.ranked.map((kpi) => [kpi, all.value(kpi, this.money.currency)])),
      attainment: this.attainmentOf(id, sums, now),
    };
  }

  private attainmentOf(id: number, sums: CurrencySums, now: number): Record<string, number | null> {
    const asked = this.view.attained ?? [];
    if (asked.length === 0) return {};
    const targets = this.money.targets()?.of({ kind: 'agent', id }) ?? [];
    return Object.fromEntries(
      asked.map((kpi) => {
        const target = targets.find((one) => one.kpi === kpi && one.period === 'day');
        return [kpi, target?.progress({ sums }, now).attainment ?? null];
      }),
    );
  }

  /** Places by what rates probably are: of everybody who may be shown. */
  places(labels: Labels): LiveState {
    const fair = this.view.fair ?? [];
    if (fair.length === 0) return {};
    const contenders = [...this.agents].flatMap(([id, sums]) =>
      id !== 0 && labels(id)?.ranked === true ? [{ id, sums }] : [],
    );
    return Object.fromEntries(fair.map((kpi) => [`places:${kpi}`, fairPlaces(kpi, contenders, this.money.currency)]));
  }

  /** With a call today, or there without one. */
  private isOnFloor(id: number, { presence = null }: AgentLabel): boolean {
    if (this.agents.has(id) || this.facts.isPresent(id, this.view.teams)) return true;
    return presence !== null && presence.state !== 'offline';
  }

  private agent(id: number): CurrencySums {
    const sums = this.agents.get(id) ?? new CurrencySums();
    this.agents.set(id, sums);
    return sums;
  }

  private hourOf(slot: number): number {
    const { dayStart } = this.facts;
    return dayStart + Math.floor((slot - dayStart) / HOUR_MS) * HOUR_MS;
  }
}

/** Of what grows through the day, the part usually reached by now; null for rates and averages. */
function shareOf(kpi: string, usual: Measures, wholeDay: Measures): number | null {
  if (findDefinition(kpi)?.expression.type !== 'sum') return null;
  const [part, whole] = [usual, wholeDay].map((measures) => evaluate(kpi, { measures }));
  return typeof part === 'number' && typeof whole === 'number' && whole > 0 ? part / whole : null;
}

/** The floor of some teams, maybe of one campaign: a row for everybody there, and who may need help. */
import type { SettingsSnapshot } from '../../organisation/index.js';
import { uuid } from '../../platform/index.js';
import type { BoardMeta, FloorAgent, FloorAttention, FloorMeta, LiveState, TargetNow } from '../../shared/live.js';
import type { TargetsOfDay } from '../../targets/index.js';
import { BoardState } from '../board-state.js';
import { LiveSubject } from '../live-subject.js';
import type { AgentSums } from './agent-sums.js';
import { attentionOf, type DncCall } from './attention.js';
import { isOf, type Participant, type Teams } from './day-facts.js';
import type { DaySource } from './day-source.js';
import { floorRow, progressOf } from './floor-row.js';
import type { PresenceBook } from './presence-book.js';

/** Statuses of agents who work here. */
const EMPLOYED = new Set(['new', 'active']);
/** Statuses of agents who are somebody else now, or nobody. */
const GONE = new Set(['merged', 'erased', 'system']);
/** Rows whose time goes by are told anew within so many seconds, a part of them every second. */
const ROUND_SECONDS = 10;

/** What rows are made of beside the sums. */
export interface FloorWorld {
  settings: SettingsSnapshot;
  /** Team → the one above it. */
  parents: ReadonlyMap<number, number | null>;
  presence: PresenceBook;
  targets: TargetsOfDay | null;
  /** Of everybody, whatever team and campaign: what targets are held against, here as in GET /attainment. */
  whole: AgentSums | null;
  dncCalls: readonly DncCall[];
  /** Agents of a team as of now. */
  peersOf(team: number): readonly number[];
}

export class LiveFloor extends LiveSubject {
  readonly state: BoardState;
  readonly teams: Teams;
  private sums: AgentSums | null = null;
  private readonly dirty = new Set<number>();
  /** Employed agents of the teams, with the team they are in. */
  private members = new Map<number, number>();
  private round: number[] = [];
  private attention: FloorAttention[] = [];

  constructor(
    readonly key: string,
    teams: readonly number[] | null,
    readonly campaign: number | null,
    public source: DaySource,
  ) {
    super();
    this.teams = teams === null ? null : new Set(teams);
    this.state = new BoardState(uuid(), campaign === null ? 'floor' : `floor:${campaign}`);
  }

  isFedBy(sums: AgentSums): boolean {
    return this.sums === sums;
  }

  get isReady(): boolean {
    return this.sums !== null;
  }

  /** Starts anew, with the sums of a day. */
  rebuild(sums: AgentSums, meta: BoardMeta, world: FloorWorld, now: number): void {
    this.sums = sums;
    this.markAll(world.settings, now);
    const fresh = { ...this.changes(world, now).set, meta: this.meta(meta, world.settings, world.parents) };
    const kept = new Set(Object.keys(fresh));
    this.state.update(
      fresh,
      this.state.keys().filter((key) => !kept.has(key)),
    );
    this.lookRound(world, now);
  }

  /** Names, teams and memberships may be others: everybody is looked at again. */
  markAll(settings: SettingsSnapshot, now: number): void {
    this.lookAtTeams(settings, now);
    for (const id of this.everybody()) this.dirty.add(id);
    for (const key of this.state.keys()) if (key.startsWith('agent:')) this.dirty.add(Number(key.slice(6)));
  }

  /** Somebody may have come or gone on a date set before. */
  lookAtTeams(settings: SettingsSnapshot, now: number): void {
    const before = this.members;
    this.members = new Map();
    for (const { id, status } of settings.data.agents.values()) {
      const team = settings.teamOf(id, now);
      if (!EMPLOYED.has(status) || !isOf(this.teams, team)) continue;
      this.members.set(id, team);
      if (before.get(id) !== team) this.dirty.add(id);
    }
    for (const id of before.keys()) if (!this.members.has(id)) this.dirty.add(id);
  }

  mark(agents: Iterable<number>): void {
    for (const id of agents) this.dirty.add(id);
  }

  callsChanged(participants: readonly Participant[]): void {
    for (const { agent, team } of participants) if (isOf(this.teams, team)) this.dirty.add(agent);
  }

  presenceChanged(agents: readonly number[]): void {
    for (const id of agents) if (this.members.has(id)) this.dirty.add(id);
  }

  /** Marks the next part of those whose time goes by. */
  second(presence: PresenceBook, hasTargets: boolean): void {
    if (this.round.length === 0) this.round = [...this.members.keys()];
    const part = this.round.splice(0, Math.ceil(this.members.size / ROUND_SECONDS));
    for (const id of part) {
      const state = presence.of(id)?.state;
      if (hasTargets || (state !== undefined && state !== 'offline')) this.dirty.add(id);
    }
  }

  /** Takes over what changed; returns whether anything did. */
  refresh(meta: BoardMeta, world: FloorWorld, now: number): boolean {
    if (this.sums === null || now >= this.sums.facts.dayEnd) return false;
    const { set, unset } = this.changes(world, now);
    return this.state.update({ ...set, meta: this.meta(meta, world.settings, world.parents) }, unset);
  }

  /** Works out who may need help; returns whether that is another list than before. */
  lookRound(world: FloorWorld, now: number): boolean {
    const { sums } = this;
    if (sums === null) return false;
    const agents = this.state.values<FloorAgent>('agent:');
    const thresholds = (this.state.get('meta') as FloorMeta).thresholds;
    const targets = new Map<number, TargetNow[]>();
    if (world.targets !== null) {
      for (const { id } of agents) targets.set(id, progressOf(id, world.whole ?? sums, world.targets, now));
    }
    const previous = this.attention;
    this.attention = attentionOf({ now, thresholds, agents, targets, dncCalls: world.dncCalls, previous });
    const keyed = new Map(this.attention.map((one) => [`attention:${one.agentId}:${one.rule}`, one]));
    const gone = this.state.keys().filter((key) => key.startsWith('attention:') && !keyed.has(key));
    return this.state.update(Object.fromEntries(keyed), gone);
  }

  private changes(world: FloorWorld, now: number): { set: LiveState; unset: string[] } {
    const set: LiveState = {};
    const unset: string[] = [];
    for (const id of this.dirty) {
      const row = this.row(id, world, now);
      if (row === null) unset.push(`agent:${id}`);
      else set[`agent:${id}`] = row;
    }
    this.dirty.clear();
    return { set, unset };
  }

  private row(id: number, { settings, presence, targets, whole }: FloorWorld, now: number): FloorAgent | null {
    const { sums, members } = this;
    const agent = settings.data.agents.get(id);
    if (sums === null || agent === undefined || GONE.has(agent.status)) return null;
    const team = members.get(id);
    const wasHere = sums.of(id) !== null || sums.facts.isPresent(id, this.teams);
    if (team === undefined && !wasHere) return null;
    return floorRow({
      id,
      name: agent.name,
      isNew: agent.status === 'new',
      teamId: team ?? sums.facts.teamIn(id, this.teams) ?? settings.teamOf(id, sums.facts.dayStart),
      sums,
      // What somebody does who has moved to another team is none of this floor's business.
      presence: team === undefined ? null : presence.of(id),
      targets: team === undefined ? [] : progressOf(id, whole ?? sums, targets, now),
      currency: settings.data.currency,
      now,
    });
  }

  private *everybody(): Iterable<number> {
    yield* this.members.keys();
    if (this.sums === null) return;
    yield* this.sums.agents();
    yield* this.sums.facts.present(this.teams);
  }

  private meta({ name: _, ...meta }: BoardMeta, { data }: SettingsSnapshot, parents: FloorWorld['parents']): FloorMeta {
    const teams = [...data.teams.values()].filter(({ id }) => isOf(this.teams, id));
    return {
      ...meta,
      // One above them that is not theirs is not named.
      teams: teams.map(({ id, name }) => {
        const parent = parents.get(id) ?? null;
        return { id, name, parentId: parent !== null && isOf(this.teams, parent) ? parent : null };
      }),
      campaigns: [...data.campaigns.values()].map(({ id, name }) => ({ id, name })),
    };
  }
}

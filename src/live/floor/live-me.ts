/** One agent's own day: their row, their targets, their place in the team, and when their lists are others. */
import { type CurrencySums, findDefinition } from '../../kpi/catalog/index.js';
import { uuid } from '../../platform/index.js';
import type { KpiValue } from '../../shared/api.js';
import { type BoardMeta, FLOOR_KPIS, type LiveState, type MyRank } from '../../shared/live.js';
import { type Contender, fairPlaces } from '../board-places.js';
import { BoardState } from '../board-state.js';
import { LiveSubject } from '../live-subject.js';
import type { AgentSums } from './agent-sums.js';
import type { DaySource } from './day-source.js';
import { floorRow, progressOf } from './floor-row.js';
import type { FloorWorld } from './live-floor.js';

/** What ranks go by where nobody has a target. */
const RANKED_BY = 'dials';

export class LiveMe extends LiveSubject {
  readonly state: BoardState;
  private sums: AgentSums | null = null;
  private isDirty = true;
  private calls = 0;
  private callbacks = 0;

  constructor(
    readonly agentId: number,
    public source: DaySource,
  ) {
    super();
    this.state = new BoardState(uuid(), 'me');
  }

  get isReady(): boolean {
    return this.sums !== null;
  }

  rebuild(sums: AgentSums, meta: BoardMeta, world: FloorWorld, now: number): void {
    this.sums = sums;
    this.calls++;
    this.callbacks++;
    this.isDirty = true;
    const { name: _, ...shown } = meta;
    const fresh = { ...this.values(world, now), ...this.rankKey(world, now), meta: shown };
    const kept = new Set(Object.keys(fresh));
    this.state.update(
      fresh,
      this.state.keys().filter((key) => !kept.has(key)),
    );
  }

  mark(): void {
    this.isDirty = true;
  }

  /** A call of theirs is another one. */
  callsChanged(): void {
    this.calls++;
    this.isDirty = true;
  }

  /** An outcome of theirs is, and with it maybe a callback. */
  outcomesChanged(): void {
    this.callbacks++;
    this.callsChanged();
  }

  refresh(meta: BoardMeta, world: FloorWorld, now: number): boolean {
    if (this.sums === null || now >= this.sums.facts.dayEnd) return false;
    const { name: _, ...shown } = meta;
    if (!this.isDirty) return this.state.update({ meta: shown });
    const fresh: LiveState = { ...this.values(world, now), meta: shown };
    const gone = this.state.keys().filter((key) => key.startsWith('target:') && !Object.hasOwn(fresh, key));
    return this.state.update(fresh, gone);
  }

  /** Their place among those of their team: moves with what others do. */
  refreshRank(world: FloorWorld, now: number): boolean {
    return this.sums !== null && this.state.update(this.rankKey(world, now));
  }

  private values({ settings, presence, targets }: FloorWorld, now: number): LiveState {
    const { sums, agentId } = this;
    this.isDirty = false;
    if (sums === null) return {};
    const agent = settings.data.agents.get(agentId);
    const progress = progressOf(agentId, sums, targets, now);
    const row = floorRow({
      id: agentId,
      name: agent?.name ?? '',
      isNew: agent?.status === 'new',
      teamId: settings.teamOf(agentId, now),
      sums,
      presence: presence.of(agentId),
      targets: progress,
      currency: settings.data.currency,
      now,
    });
    const state: LiveState = { agent: row, calls: this.calls, callbacks: this.callbacks };
    for (const kpi of FLOOR_KPIS) state[`kpi:${kpi}`] = row.values[kpi];
    for (const target of progress) state[`target:${target.targetId}`] = target;
    return state;
  }

  private rankKey({ settings, targets, peersOf }: FloorWorld, now: number): { rank: MyRank | null } {
    const { sums, agentId } = this;
    const team = settings.teamOf(agentId, now);
    if (sums === null || settings.data.teams.get(team)?.showsRanks !== true) return { rank: null };
    const kpi = targets?.of({ kind: 'agent', id: agentId })[0]?.kpi ?? RANKED_BY;
    return { rank: rankAmong(agentId, peersOf(team), kpi, sums, settings.data.currency) };
  }
}

/**
 * Their place among these by a KPI, of rates by what they probably are; null as long as there is nothing to compare, or too
 * little behind a rate. Equal results share a place. Pure.
 */
export function rankAmong(
  agentId: number,
  peers: readonly number[],
  kpi: string,
  sums: Pick<AgentSums, 'of'>,
  currency: string,
): MyRank | null {
  const contenders = peers.flatMap((id) => {
    const own = sums.of(id);
    return own !== null && hasCalls(own) ? [{ id, sums: own }] : [];
  });
  const scored = scoresOf(kpi, contenders, currency);
  const mine = scored.find(({ id }) => id === agentId);
  if (mine === undefined) return null;
  const isLessBetter = findDefinition(kpi)?.goodDirection === 'down';
  const better = scored.filter(({ score }) => (isLessBetter ? score < mine.score : score > mine.score));
  const ahead = better.map(({ score }) => Math.abs(score - mine.score));
  return {
    kpi,
    rank: better.length + 1,
    of: scored.length,
    value: sums.of(agentId)?.value(kpi, currency) ?? null,
    gap: ahead.length === 0 ? null : Math.min(...ahead),
  };
}

function scoresOf(kpi: string, contenders: readonly Contender[], currency: string): { id: number; score: number }[] {
  const fair = fairPlaces(kpi, contenders, currency);
  if (fair !== null) return fair.places.map(({ id, value }) => ({ id, score: value }));
  return contenders.flatMap(({ id, sums }) => {
    const score = scalar(sums.value(kpi, currency));
    return score === null ? [] : [{ id, score }];
  });
}

function hasCalls({ total }: CurrencySums): boolean {
  return total.dials > 0 || total.handled > 0 || total.inbound_answered > 0 || total.sales > 0;
}

/** Amounts of several currencies have no order. */
function scalar(value: KpiValue): number | null {
  if (value === null || typeof value === 'number') return value;
  return Array.isArray(value) ? null : value.amountMinor;
}

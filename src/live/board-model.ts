/**
 * The figures of one board for one business day, in memory. Pure: committed rows and changed calls in, changed keys out.
 * Rows are absolute and carry a revision, so a row that arrives twice or late changes nothing.
 */
import type { CallChange, CallFact } from '../calls/index.js';
import { AVAILABLE_KPI_IDS, addMeasures, emptyMeasures, evaluate, type Measures } from '../kpi/catalog/index.js';
import type { RollupRow } from '../kpi/rollup/index.js';
import type { AgentActivity, BoardAgent, BoardHour, LiveState } from '../shared/live.js';
import type { Norm } from './norm.js';

export const HOUR_MS = 3_600_000;

export interface AgentLabel {
  name: string;
  team: string;
  isNew: boolean;
}

/** Names by agent id, as the settings say now. */
export type Labels = (agentId: number) => AgentLabel;

interface OpenCall {
  agents: number[];
  talking: boolean;
  since: number;
}

interface AgentDay {
  measures: Measures;
  open: Map<string, OpenCall>;
  /** End of the last call, epoch ms. */
  lastEndAt: number | null;
}

/** KPIs that rollups can answer; distinct customers are not among them. */
export const BOARD_KPIS = AVAILABLE_KPI_IDS.filter((id) => !id.includes('customer'));

export class BoardModel {
  private readonly rows = new Map<string, RollupRow>();
  private readonly total = emptyMeasures();
  private readonly hours = new Map<number, Measures>();
  private readonly agents = new Map<number, AgentDay>();
  private readonly dirtyHours = new Set<number>();
  private readonly dirtyAgents = new Set<number>();
  private totalDirty = true;

  constructor(
    readonly businessDate: string,
    readonly dayStart: number,
    readonly dayEnd: number,
    private norm: Norm | null,
  ) {
    for (let at = dayStart; at < dayEnd; at += HOUR_MS) {
      this.hours.set(at, emptyMeasures());
      this.dirtyHours.add(at);
    }
  }

  setNorm(norm: Norm | null): void {
    this.norm = norm;
    this.totalDirty = true;
    for (const hour of this.hours.keys()) this.dirtyHours.add(hour);
  }

  /** Replaces what is known of calls by what the database says: facts changed in another process. */
  resetCalls(facts: CallFact[]): void {
    for (const [id, day] of this.agents) {
      if (day.open.size > 0) this.dirtyAgents.add(id);
      day.open.clear();
    }
    for (const fact of facts) this.applyChange({ old: null, now: fact });
  }

  applyRow(row: RollupRow): void {
    if (row.businessDate !== this.businessDate) return;
    const id = `${row.slotStart}|${row.agentId}|${row.teamId}|${row.campaignId}`;
    const known = this.rows.get(id);
    if (known !== undefined && known.rev >= row.rev) return;
    this.rows.set(id, row);
    const agent = this.agent(row.agentId);
    const hour = this.hourOf(row.slotStart);
    for (const sums of [this.total, agent.measures, this.hours.get(hour)]) {
      if (sums === undefined) continue;
      if (known !== undefined) addMeasures(sums, known.measures, -1);
      addMeasures(sums, row.measures);
    }
    this.totalDirty = true;
    this.dirtyHours.add(hour);
    this.dirtyAgents.add(row.agentId);
  }

  applyChange({ old, now }: CallChange): void {
    if (old !== null) this.drop(old);
    // A call that is still open is shown even when it began yesterday.
    if (now === null || (now.endedAt !== null && now.businessDate !== this.businessDate)) return;
    const agents = [...new Set([now.agentId, ...now.handled.map((by) => by.agent)])].filter((id) => id !== 0);
    for (const id of agents) {
      const agent = this.agent(id);
      this.dirtyAgents.add(id);
      if (now.endedAt === null) {
        agent.open.set(now.key, {
          agents,
          talking: now.outcome === 'answered',
          since: now.answeredAt ?? now.startedAt,
        });
      } else if (agent.lastEndAt === null || now.endedAt > agent.lastEndAt) {
        agent.lastEndAt = now.endedAt;
      }
    }
  }

  /** Changed keys since the last call, with their values. */
  takeChanges(now: number, labels: Labels): LiveState {
    const changes: LiveState = {};
    if (this.totalDirty) this.writeTotals(now, changes);
    for (const hour of this.dirtyHours) {
      const value = this.hourValue(hour);
      if (value !== null) changes[`hour:${hour}`] = value;
    }
    for (const id of this.dirtyAgents) if (id !== 0) changes[`agent:${id}`] = this.agentValue(id, labels(id));
    this.totalDirty = false;
    this.dirtyHours.clear();
    this.dirtyAgents.clear();
    return changes;
  }

  /** Figures "usually by now": move with the clock, not with events. */
  references(now: number): LiveState {
    const state: LiveState = {};
    const usual = this.norm?.upTo(now - this.dayStart) ?? null;
    for (const id of BOARD_KPIS) {
      state[`kpi-ref:${id}`] = usual === null ? null : evaluate(id, { measures: usual });
    }
    return state;
  }

  markAgents(): void {
    for (const id of this.agents.keys()) this.dirtyAgents.add(id);
  }

  private writeTotals(now: number, changes: LiveState): void {
    for (const id of BOARD_KPIS) changes[`kpi:${id}`] = evaluate(id, { measures: this.total });
    Object.assign(changes, this.references(now));
  }

  private hourValue(start: number): BoardHour | null {
    const sums = this.hours.get(start);
    if (sums === undefined) return null;
    return {
      start,
      dials: sums.dials,
      connects: sums.connects,
      effective: sums.effective,
      talkSeconds: sums.talk_ms / 1000,
      expectedDials: this.norm?.dialsBetween(start - this.dayStart, start - this.dayStart + HOUR_MS) ?? null,
    };
  }

  private agentValue(id: number, label: AgentLabel): BoardAgent {
    const day = this.agent(id);
    const { activity, since } = activityOf(day);
    return {
      id,
      ...label,
      activity,
      since,
      dials: day.measures.dials,
      connects: day.measures.connects,
      effective: day.measures.effective,
      talkSeconds: (day.measures.talk_ms + day.measures.inbound_talk_ms) / 1000,
      connectRate: evaluate('connect_rate', { measures: day.measures }),
      inboundAnswered: day.measures.inbound_answered,
      ranked: true,
      values: {},
    };
  }

  private drop(fact: CallFact): void {
    for (const id of [fact.agentId, ...fact.handled.map((by) => by.agent)]) {
      if (this.agents.get(id)?.open.delete(fact.key)) this.dirtyAgents.add(id);
    }
  }

  private agent(id: number): AgentDay {
    const day = this.agents.get(id) ?? {
      measures: emptyMeasures(),
      open: new Map<string, OpenCall>(),
      lastEndAt: null,
    };
    this.agents.set(id, day);
    return day;
  }

  private hourOf(slot: number): number {
    return this.dayStart + Math.floor((slot - this.dayStart) / HOUR_MS) * HOUR_MS;
  }
}

function activityOf(day: AgentDay): { activity: AgentActivity; since: number | null } {
  const open = [...day.open.values()];
  const talking = open.filter((call) => call.talking);
  const shown = talking.length > 0 ? talking : open;
  if (shown.length > 0) {
    return {
      activity: talking.length > 0 ? 'talking' : 'dialing',
      since: Math.max(...shown.map((call) => call.since)),
    };
  }
  return day.lastEndAt === null ? { activity: 'absent', since: null } : { activity: 'idle', since: day.lastEndAt };
}

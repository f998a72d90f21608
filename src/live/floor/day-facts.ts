/**
 * Everything boards show of one business day, once per process: the newest row of each sum and who is on the phone.
 * Pure: committed rows and changed calls in, what they changed out. Rows are absolute and carry a revision, so a row that
 * arrives twice or late changes nothing.
 */
import type { CallChange, CallDirection, CallFact } from '../../calls/index.js';
import type { Measures } from '../../kpi/catalog/index.js';
import type { RollupRow } from '../../kpi/rollup/index.js';
import type { AgentActivity } from '../../shared/live.js';
import { DaySales } from './day-sales.js';

/** A row that replaced another one. */
export interface RowChange {
  row: RollupRow;
  before: Readonly<Measures> | null;
}

/** An agent in a call, with the team they had in it. */
export interface Participant {
  agent: number;
  team: number;
}

export interface Activity {
  activity: AgentActivity;
  /** Since when, epoch ms; null for `absent`. */
  since: number | null;
}

/** A call somebody is in. */
export interface OpenCall {
  key: string;
  direction: CallDirection;
  team: number;
  talking: boolean;
  since: number;
}

interface Presence {
  /** By call key and team. */
  open: Map<string, OpenCall>;
  /** End of the last call by team, epoch ms. */
  lastEnds: Map<number, number>;
  /** Teams this agent was ever seen in today. */
  teams: Set<number>;
}

/** Null = all teams. */
export type Teams = ReadonlySet<number> | null;

export class DayFacts {
  readonly sales: DaySales;
  /** Newest revision read from the database. Commits of our own do not count: an older one elsewhere may be missing. */
  readUpTo = 0;
  private readonly newest = new Map<string, RollupRow>();
  private readonly presences = new Map<number, Presence>();

  constructor(
    readonly businessDate: string,
    readonly dayStart: number,
    readonly dayEnd: number,
  ) {
    this.sales = new DaySales(businessDate);
  }

  noteRead(rows: readonly RollupRow[]): void {
    for (const { rev } of rows) this.readUpTo = Math.max(this.readUpTo, rev);
  }

  rows(): Iterable<RollupRow> {
    return this.newest.values();
  }

  /** Null = nothing new. */
  applyRow(row: RollupRow): RowChange | null {
    if (row.businessDate !== this.businessDate) return null;
    const id = `${row.slotStart}|${row.agentId}|${row.teamId}|${row.campaignId}`;
    const known = this.newest.get(id);
    if (known !== undefined && known.rev >= row.rev) return null;
    this.newest.set(id, row);
    return { row, before: known?.measures ?? null };
  }

  /** Whose activity may have changed. */
  applyChange({ old, now }: CallChange): Participant[] {
    const touched = old === null ? [] : this.drop(old);
    // A call that is still open is shown even when it began yesterday.
    if (now === null || (now.endedAt !== null && now.businessDate !== this.businessDate)) return touched;
    for (const participant of participantsOf(now)) {
      this.take(participant, now);
      touched.push(participant);
    }
    return touched;
  }

  /** Replaces what is known of calls by what the database says: facts changed in another process. */
  resetCalls(facts: CallFact[]): Participant[] {
    const touched: Participant[] = [];
    for (const [agent, { open }] of this.presences) {
      for (const { team } of open.values()) touched.push({ agent, team });
      open.clear();
    }
    for (const fact of facts) touched.push(...this.applyChange({ old: null, now: fact }));
    return touched;
  }

  /** Agents with a call of one of these teams today, also where it turned out to be somebody else's. */
  present(teams: Teams): number[] {
    return [...this.presences].flatMap(([agent, presence]) =>
      [...presence.teams].some((team) => isOf(teams, team)) ? [agent] : [],
    );
  }

  /** Whether an agent had a call of one of these teams today. */
  isPresent(agent: number, teams: Teams): boolean {
    return [...(this.presences.get(agent)?.teams ?? [])].some((team) => isOf(teams, team));
  }

  /** The team of some call of these teams today; null without one. */
  teamIn(agent: number, teams: Teams): number | null {
    return [...(this.presences.get(agent)?.teams ?? [])].find((team) => isOf(teams, team)) ?? null;
  }

  /** The call an agent is in, of these teams: one that talks before one that rings, the latest first. */
  openCallOf(agent: number, teams: Teams): OpenCall | null {
    const open = [...(this.presences.get(agent)?.open.values() ?? [])].filter(({ team }) => isOf(teams, team));
    open.sort((a, b) => Number(b.talking) - Number(a.talking) || b.since - a.since || (a.key < b.key ? -1 : 1));
    return open[0] ?? null;
  }

  /** What an agent does, as far as calls of these teams tell. */
  activityOf(agent: number, teams: Teams): Activity {
    const presence = this.presences.get(agent);
    if (presence === undefined) return { activity: 'absent', since: null };
    const open = this.openCallOf(agent, teams);
    if (open !== null) return { activity: open.talking ? 'talking' : 'dialing', since: open.since };
    const ends = [...presence.lastEnds].flatMap(([team, at]) => (isOf(teams, team) ? [at] : []));
    return ends.length === 0 ? { activity: 'absent', since: null } : { activity: 'idle', since: Math.max(...ends) };
  }

  private take({ agent, team }: Participant, call: CallFact): void {
    const presence = this.presences.get(agent) ?? { open: new Map(), lastEnds: new Map(), teams: new Set() };
    this.presences.set(agent, presence);
    presence.teams.add(team);
    if (call.endedAt !== null) {
      presence.lastEnds.set(team, Math.max(presence.lastEnds.get(team) ?? call.endedAt, call.endedAt));
      return;
    }
    const since = call.answeredAt ?? call.startedAt;
    const { key, direction } = call;
    presence.open.set(`${key}|${team}`, { key, direction, team, talking: call.outcome === 'answered', since });
  }

  private drop(fact: CallFact): Participant[] {
    return participantsOf(fact).filter(({ agent, team }) =>
      this.presences.get(agent)?.open.delete(`${fact.key}|${team}`),
    );
  }
}

export function isOf(teams: Teams, team: number): boolean {
  return teams === null || teams.has(team);
}

/** The owner and everybody who handled it, each once per team; nobody for unassigned ones. */
function participantsOf({ agentId, teamId, handled }: CallFact): Participant[] {
  const all = [{ agent: agentId, team: teamId }, ...handled.map(({ agent, team }) => ({ agent, team }))];
  const unique = new Map(all.map((one) => [`${one.agent}|${one.team}`, one]));
  return [...unique.values()].filter(({ agent }) => agent !== 0);
}

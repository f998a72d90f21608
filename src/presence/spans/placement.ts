/**
 * Where time counts: the quarter hour, the agent's team at the time, and that team's business date. Cut at quarter hours
 * and wherever a team or a zone changes, to the millisecond. Pure.
 */
import type { PlacedTimes } from '../../calls/index.js';
import { businessDate, type SettingsSnapshot, SLOT_MS, slotStart } from '../../organisation/index.js';
import { columnOf, noTimes } from './state-times.js';
import type { MergedSpan } from './timeline.js';

/** What of the settings says where time counts. */
export interface PlacementSource {
  teamOf(agentId: number, instant: number): number;
  zoneOfTeam(teamId: number, instant: number): { timeZone: string; dayStartMinutes: number };
  /** Instants at which the agent's team changes, or the way some site counts its days; in any order. */
  cutsOf(agentId: number): readonly number[];
}

/** Of a snapshot of the settings. */
export function placementSource(settings: SettingsSnapshot): PlacementSource {
  const { memberships, sites } = settings.data;
  const zoneCuts = [...sites.values()].flatMap((versions) => versions.map(({ validFrom }) => validFrom));
  return {
    teamOf: (agentId, instant) => settings.teamOf(agentId, instant),
    zoneOfTeam: (teamId, instant) => settings.zoneOfTeam(teamId, instant),
    cutsOf: (agentId) => [...zoneCuts, ...(memberships.get(agentId) ?? []).map(({ validFrom }) => validFrom)],
  };
}

export interface Place {
  slotStart: number;
  teamId: number;
  businessDate: string;
}

export class Placement {
  constructor(private readonly source: PlacementSource) {}

  at(agentId: number, instant: number): Place {
    const teamId = this.source.teamOf(agentId, instant);
    const zone = this.source.zoneOfTeam(teamId, instant);
    return {
      slotStart: slotStart(instant),
      teamId,
      businessDate: businessDate(instant, zone.timeZone, zone.dayStartMinutes),
    };
  }

  /** Time of these spans, by place; spans are finite. */
  times(agentId: number, spans: readonly MergedSpan[]): PlacedTimes[] {
    const placed = new Map<string, PlacedTimes>();
    const cuts = this.source.cutsOf(agentId);
    for (const span of spans) {
      const column = columnOf(span.state);
      if (column === null) continue;
      for (let from = span.from; from < span.to; ) {
        const to = Math.min(span.to, nextCut(cuts, from));
        const place = this.at(agentId, from);
        const key = keyOfPlace(place);
        const known = placed.get(key) ?? { agentId, ...place, ...noTimes() };
        known[column] += to - from;
        placed.set(key, known);
        from = to;
      }
    }
    return [...placed.values()];
  }
}

function nextCut(cuts: readonly number[], after: number): number {
  let next = slotStart(after) + SLOT_MS;
  for (const at of cuts) if (at > after && at < next) next = at;
  return next;
}

export function keyOfPlace({ slotStart: slot, teamId, businessDate: date }: Place): string {
  return `${slot}|${teamId}|${date}`;
}

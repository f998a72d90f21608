/** What one agent is and does today, as Floor and My day show it. Pure. */
import type { StateTimes } from '../../calls/index.js';
import { CurrencySums, emptyMeasures } from '../../kpi/catalog/index.js';
import { openSpanMs } from '../../presence/index.js';
import type { KpiValue } from '../../shared/api.js';
import { FLOOR_KPIS, type FloorAgent, type TargetNow } from '../../shared/live.js';
import type { TargetsOfDay } from '../../targets/index.js';
import type { AgentSums } from './agent-sums.js';
import { activityWith, type PresenceNow } from './presence-book.js';

export interface RowInput {
  id: number;
  name: string;
  isNew: boolean;
  teamId: number;
  /** Sums of the day, in the scope of whoever looks. */
  sums: AgentSums;
  /** Null: nothing is known, or it is none of their business. */
  presence: PresenceNow | null;
  targets: readonly TargetNow[];
  /** Of the organisation, for amounts of 0. */
  currency: string;
  now: number;
}

export function floorRow({ id, name, isNew, teamId, sums, presence, targets, currency, now }: RowInput): FloorAgent {
  const { facts, teams } = sums;
  const open = facts.openCallOf(id, teams);
  const shown = activityWith(facts.activityOf(id, teams), presence);
  const [first] = targets;
  return {
    id,
    name,
    teamId,
    isNew,
    ...shown,
    reason: shown.activity === 'paused' ? (presence?.reason ?? null) : null,
    call: open && { id: open.key, direction: open.direction, since: open.since, answered: open.talking },
    values: valuesOf(sums.of(id) ?? new CurrencySums(), openTime(presence, facts.dayStart, now), currency),
    attainment: first?.attainment ?? null,
    pace: first?.pace ?? null,
    targetKpi: first?.kpi ?? null,
  };
}

/** Today's targets with their progress, in the order of the catalog. */
export function progressOf(agentId: number, sums: AgentSums, targets: TargetsOfDay | null, now: number): TargetNow[] {
  const own = targets?.of({ kind: 'agent', id: agentId }) ?? [];
  if (own.length === 0) return [];
  const today = { sums: sums.of(agentId) ?? new CurrencySums() };
  return own.map((target) => target.progress(today, now));
}

/** Sums hold closed spans; the one that lasts (`open`, milliseconds in each state) is added when it is looked at. */
export function valuesOf(sums: CurrencySums, open: StateTimes | null, currency: string): Record<string, KpiValue> {
  const all = withOpenTime(sums, open);
  return Object.fromEntries(FLOOR_KPIS.map((kpi) => [kpi, all.value(kpi, currency)]));
}

export function withOpenTime(sums: CurrencySums, open: StateTimes | null): CurrencySums {
  if (open === null) return sums;
  const all = new CurrencySums();
  all.addAll(sums);
  all.add(null, { ...emptyMeasures(), ...open });
  return all;
}

/** Of today, up to now. */
export function openTime(presence: PresenceNow | null, dayStart: number, now: number): StateTimes | null {
  return presence === null || presence.state === 'offline' ? null : openSpanMs(presence, now, dayStart);
}

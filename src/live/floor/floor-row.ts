/** What one agent is and does today, as Floor and My day show it. Pure. */
import { CurrencySums, evaluate, type MeasureColumn } from '../../kpi/catalog/index.js';
import type { KpiValue } from '../../shared/api.js';
import { FLOOR_KPIS, type FloorAgent, type TargetNow } from '../../shared/live.js';
import type { AgentState } from '../../shared/presence.js';
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

interface OpenTime {
  column: MeasureColumn;
  ms: number;
}

const COLUMNS: Partial<Record<AgentState, MeasureColumn>> = {
  available: 'available_ms',
  on_call: 'on_call_ms',
  wrap_up: 'wrap_up_ms',
  paused: 'paused_ms',
};

/** Sums hold closed spans; the one that lasts is added when it is looked at. */
function openTime(presence: PresenceNow | null, dayStart: number, now: number): OpenTime | null {
  const column = presence === null ? undefined : COLUMNS[presence.state];
  if (presence === null || column === undefined) return null;
  return { column, ms: Math.max(0, now - Math.max(presence.since, dayStart)) };
}

/** The KPIs of a row that time in states is a part of. */
const OF_TIME: ReadonlySet<string> = new Set(['logged_in_s', 'occupancy']);

export function valuesOf(sums: CurrencySums, open: OpenTime | null, currency: string): Record<string, KpiValue> {
  const withOpen = { ...sums.total };
  if (open !== null) withOpen[open.column] += open.ms;
  return Object.fromEntries(
    FLOOR_KPIS.map((kpi) => [
      kpi,
      OF_TIME.has(kpi) ? evaluate(kpi, { measures: withOpen }) : sums.value(kpi, currency),
    ]),
  );
}

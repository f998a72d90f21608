import type { KpiValue } from '../../../src/shared/api.js';
import type { AgentActivity, FloorAgent, FloorMeta } from '../../../src/shared/live.js';
import type { StateThresholds } from '../../../src/shared/presence.js';
import { type Column, type ColumnId, columnOf, isKpi } from './columns.js';

/** Which rows Floor shows, in which order, and how a row's state looks. Pure. */

export interface FloorSort {
  column: ColumnId;
  direction: 'asc' | 'desc';
}

export interface FloorFilter {
  /** In the name or the team's name; case does not matter. */
  search: string;
  /** With the teams below it; null = all. */
  team: number | null;
  /** Empty = all. */
  activities: readonly AgentActivity[];
}

export type Teams = FloorMeta['teams'];

/** By how much somebody is taken, then by how there they are. */
export const ACTIVITIES = [
  'talking',
  'dialing',
  'wrap_up',
  'paused',
  'available',
  'idle',
  'offline',
  'absent',
] as const satisfies readonly AgentActivity[];
const ACTIVITY_RANK = new Map<AgentActivity, number>(ACTIVITIES.map((activity, rank) => [activity, rank]));

export const DEFAULT_SORT: FloorSort = { column: 'agent', direction: 'asc' };

/** A team and all below it. A circle, which the server does not allow, would not hang this. */
export function teamsBelow(teams: Teams, root: number): Set<number> {
  const found = new Set([root]);
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const { id, parentId } of teams) if (parentId !== null && found.has(parentId)) found.add(id);
  }
  return found;
}

export interface TeamNode {
  value: number;
  title: string;
  children: TeamNode[];
}

const byName = new Intl.Collator('zh-Hans-CN', { numeric: true });

/** The teams of the scope as trees; one whose parent is out of sight is a root. */
export function teamTrees(teams: Teams): TeamNode[] {
  const known = new Set(teams.map(({ id }) => id));
  const below = (parent: number | null): TeamNode[] =>
    teams
      .filter(({ parentId }) => (parentId !== null && known.has(parentId) ? parentId : null) === parent)
      .sort((a, b) => byName.compare(a.name, b.name) || a.id - b.id)
      .map(({ id, name }) => ({ value: id, title: name, children: below(id) }));
  return below(null);
}

export interface FloorView {
  /** Ids of the rows, in order. */
  order: number[];
  /** How many do what, whichever of them are shown. */
  counts: Record<AgentActivity, number>;
  /** Everybody the search and the team let through, whatever they do. */
  matching: ReadonlySet<number>;
  /** Everybody on the floor. */
  total: number;
}

/** The rows to show. Equal ones are in the order of their names. */
export function viewOf(
  agents: readonly FloorAgent[],
  teams: Teams,
  filter: FloorFilter,
  sort: FloorSort,
  currency: string,
): FloorView {
  const names = new Map(teams.map(({ id, name }) => [id, name]));
  const wanted = filter.team === null ? null : teamsBelow(teams, filter.team);
  const search = filter.search.trim().toLocaleLowerCase();
  const counts = Object.fromEntries(ACTIVITIES.map((activity) => [activity, 0])) as Record<AgentActivity, number>;
  const matching = agents.filter(({ name, teamId }) => {
    if (wanted !== null && !wanted.has(teamId)) return false;
    return search === '' || `${name}\n${names.get(teamId) ?? ''}`.toLocaleLowerCase().includes(search);
  });
  for (const { activity } of matching) counts[activity]++;
  const activities = new Set(filter.activities);
  const shown = matching.filter(({ activity }) => activities.size === 0 || activities.has(activity));
  return {
    order: sorted(shown, names, sort, currency),
    counts,
    matching: new Set(matching.map(({ id }) => id)),
    total: agents.length,
  };
}

type SortKey = number | string | null;

function sorted(agents: FloorAgent[], names: Map<number, string>, sort: FloorSort, currency: string): number[] {
  const keyed = agents.map((agent) => ({ agent, key: sortKey(agent, sort.column, names, currency) }));
  const sign = sort.direction === 'asc' ? 1 : -1;
  keyed.sort((a, b) => {
    // "No value" comes last whichever way: it is neither the best nor the worst.
    if (a.key === null || b.key === null) {
      if (a.key !== b.key) return a.key === null ? 1 : -1;
    } else if (a.key !== b.key) return sign * compareKeys(a.key, b.key);
    return inState(a.agent, b.agent, sort) || byName.compare(a.agent.name, b.agent.name) || a.agent.id - b.agent.id;
  });
  return keyed.map(({ agent }) => agent.id);
}

function compareKeys(a: number | string, b: number | string): number {
  return typeof a === 'string' || typeof b === 'string' ? byName.compare(String(a), String(b)) : a - b;
}

/** Of those in the same state, whoever has been in it longest comes first. */
function inState(a: FloorAgent, b: FloorAgent, { column }: FloorSort): number {
  if (column !== 'state') return 0;
  return (a.since ?? Number.POSITIVE_INFINITY) - (b.since ?? Number.POSITIVE_INFINITY) || 0;
}

function sortKey(agent: FloorAgent, column: ColumnId, names: Map<number, string>, currency: string): SortKey {
  if (isKpi(column)) return amountOf(agent.values[column], currency);
  switch (column) {
    case 'agent':
      return agent.name;
    case 'team':
      return names.get(agent.teamId) ?? null;
    case 'state':
      return ACTIVITY_RANK.get(agent.activity) ?? ACTIVITIES.length;
    case 'time':
      return agent.since === null ? null : -agent.since;
    case 'call':
      return agent.call?.since ?? null;
    case 'attainment':
      return agent.attainment;
    case 'pace':
      return agent.pace;
  }
}

/** Of several currencies the organisation's own counts; they cannot be compared. */
function amountOf(value: KpiValue | undefined, currency: string): number | null {
  if (value === null || value === undefined || typeof value === 'number') return value ?? null;
  if (!Array.isArray(value)) return value.amountMinor;
  return (value.find((amount) => amount.currency === currency) ?? value[0])?.amountMinor ?? null;
}

/** The order while somebody is looking at a row: who was there stays where they were, who is new comes at the end. */
export function heldOrder(held: readonly number[], fresh: readonly number[]): number[] {
  const there = new Set(fresh);
  const kept = held.filter((id) => there.has(id));
  const known = new Set(kept);
  return [...kept, ...fresh.filter((id) => !known.has(id))];
}

export function sortFrom(column: string | null, direction: string | null): FloorSort {
  const found = columnOf(column ?? '');
  if (found === undefined) return DEFAULT_SORT;
  return { column: found.id, direction: direction === 'asc' || direction === 'desc' ? direction : found.first };
}

/** What a click on a column's head sorts by: its first direction, then the other one. */
export function nextSort(sort: FloorSort, column: Column): FloorSort {
  if (sort.column !== column.id) return { column: column.id, direction: column.first };
  return { column: column.id, direction: sort.direction === 'asc' ? 'desc' : 'asc' };
}

/** 0: nothing to say … 3: past the last step of the organisation's thresholds. */
export type Level = 0 | 1 | 2 | 3;

const STEPS_OF: Partial<Record<AgentActivity, keyof StateThresholds>> = {
  talking: 'on_call',
  wrap_up: 'wrap_up',
  paused: 'paused',
  available: 'available',
  idle: 'available',
};

/** How far a time in a state has climbed; steps in between are spread over the levels. */
export function levelOf(activity: AgentActivity, milliseconds: number, thresholds: StateThresholds | undefined): Level {
  const state = STEPS_OF[activity];
  const steps = state === undefined ? [] : (thresholds?.[state] ?? []);
  const passed = steps.filter((seconds) => milliseconds >= seconds * 1_000).length;
  if (passed === 0) return 0;
  if (passed === steps.length) return 3;
  return passed * 2 > steps.length ? 2 : 1;
}

export type Tone = 'good' | 'warn' | 'bad';

/** Pace at which somebody is on course, and below which they are behind. */
const ON_PACE = 1;
const BEHIND_PACE = 0.8;

export function paceTone(pace: number): Tone {
  if (pace >= ON_PACE) return 'good';
  return pace >= BEHIND_PACE ? 'warn' : 'bad';
}

export const TONE_SIGNS: Record<Tone, string> = { good: '▲', warn: '●', bad: '▼' };

import type { AgentActivity, BoardAgent } from '../../../src/shared/live.js';
import { DEFAULT_STATE_THRESHOLDS, type StateThresholds } from '../../../src/shared/presence.js';
import { textEms } from './figure-model.js';

/** How the floor strip is laid out and ordered. Pure. */

export interface FloorGrid {
  columns: number;
  rows: number;
  /** Type size that fits a cell, in the unit of width and height. */
  type: number;
  cellWidth: number;
  cellHeight: number;
  /** How much a cell can hold: also the activity's word, or only name and time. */
  detail: 'word' | 'time';
}

/** A cell in em of its type beside the name: paddings, shape, gaps and a time. Cells are set closer in a crowd. */
const FIXED_EMS = 5.6;
const FIXED_EMS_IN_CROWD = 4.7;
/** What the activity's word needs beyond that. */
const WORD_EMS = 5.5;
const LINE_HEIGHT_EMS = 1.62;
const LINE_HEIGHT_EMS_IN_CROWD = 1.45;
/** Names are given room within these bounds; in a crowd they are cut sooner. */
const NAME_EMS = { least: 3, most: 7.5, mostInCrowd: 3.6 };
/** From so many agents on the floor counts as crowded and gets a larger part of the board. */
export const CROWD = 80;
/** Up to so many agents are set in the size of labels. */
export const FEW = 16;

/**
 * The number of columns that allows the largest type for `count` cells in a box, so that 1 and 300 agents both fit.
 * @param most largest type, in the unit of the box
 * @param nameEms width of a usual long name in em
 */
export function floorGrid(
  count: number,
  box: { width: number; height: number; gap: number },
  most: number,
  nameEms: number,
): FloorGrid {
  const { width, height, gap } = box;
  const isCrowd = count > CROWD;
  const lineEms = (isCrowd ? FIXED_EMS_IN_CROWD : FIXED_EMS) + nameRoom(count, nameEms);
  const lineHeightEms = isCrowd ? LINE_HEIGHT_EMS_IN_CROWD : LINE_HEIGHT_EMS;
  let best: FloorGrid = { columns: 1, rows: 1, type: 0, cellWidth: width, cellHeight: height, detail: 'time' };
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const rows = Math.max(1, Math.ceil(count / columns));
    const cellWidth = (width - gap * (columns - 1)) / columns;
    const cellHeight = (height - gap * (rows - 1)) / rows;
    const type = Math.min(most, cellWidth / lineEms, cellHeight / lineHeightEms);
    if (type <= best.type) continue;
    best = { columns, rows, type, cellWidth, cellHeight, detail: 'time' };
  }
  const cellHeight = Math.min(best.cellHeight, best.type * 2.4);
  const cellWidth = Math.min(best.cellWidth, Math.max(best.type * 24, best.cellWidth / 3));
  return { ...best, cellHeight, cellWidth, detail: cellWidth >= best.type * (lineEms + WORD_EMS) ? 'word' : 'time' };
}

function nameRoom(count: number, nameEms: number): number {
  const most = count > CROWD ? NAME_EMS.mostInCrowd : NAME_EMS.most;
  return Math.min(most, Math.max(NAME_EMS.least, nameEms));
}

/** The width in em that nine names out of ten do not exceed. */
export function usualNameEms(agents: readonly BoardAgent[]): number {
  const widths = agents.map((agent) => textEms(agent.name)).sort((a, b) => a - b);
  return widths[Math.floor(widths.length * 0.9)] ?? 0;
}

/** Seats do not move: by team, then name. Only ids, so that a changed figure of an agent changes nothing here. */
export function floorOrder(agents: readonly BoardAgent[]): number[] {
  return [...agents]
    .sort((a, b) => compare(a.team, b.team) || compare(a.name, b.name) || a.id - b.id)
    .map((agent) => agent.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export const ACTIVITIES: readonly AgentActivity[] = [
  'talking',
  'dialing',
  'wrap_up',
  'available',
  'idle',
  'paused',
  'offline',
  'absent',
];

export function countActivities(agents: readonly BoardAgent[]): Record<AgentActivity, number> {
  const counts = Object.fromEntries(ACTIVITIES.map((one) => [one, 0])) as Record<AgentActivity, number>;
  for (const agent of agents) counts[agent.activity]++;
  return counts;
}

export type Attention = 'none' | 'long' | 'very-long';

/** Whose steps an activity goes by; null: its time means nothing. */
const STEPS_OF: Record<AgentActivity, keyof StateThresholds | null> = {
  talking: 'on_call',
  dialing: null,
  idle: 'available',
  available: 'available',
  wrap_up: 'wrap_up',
  paused: 'paused',
  offline: null,
  absent: null,
};

/** How many of the organisation's steps the time in an activity has passed, of how many. */
export function stepOf(
  activity: AgentActivity,
  milliseconds: number,
  thresholds: StateThresholds = DEFAULT_STATE_THRESHOLDS,
): { step: number; of: number } {
  const steps = STEPS_OF[activity] === null ? [] : (thresholds[STEPS_OF[activity] ?? 'available'] ?? []);
  return { step: steps.filter((seconds) => milliseconds >= seconds * 1_000).length, of: steps.length };
}

/**
 * Whether the time in the present activity deserves attention: from the last step but one, and from the last. A long talk
 * is good news and a short ring is normal.
 */
export function attentionOf(activity: AgentActivity, milliseconds: number, thresholds?: StateThresholds): Attention {
  if (activity === 'talking') return 'none';
  const { step, of } = stepOf(activity, milliseconds, thresholds);
  if (of === 0 || step === 0) return 'none';
  if (step === of) return 'very-long';
  return step === of - 1 ? 'long' : 'none';
}

/** What the legend names: what calls tell, and what people say where they say anything. */
export function namedActivities(counts: Record<AgentActivity, number>): AgentActivity[] {
  const told: AgentActivity[] = ['available', 'wrap_up', 'paused', 'offline'];
  const isTold = told.some((activity) => counts[activity] > 0);
  if (!isTold) return ['talking', 'dialing', 'idle', 'absent'];
  const always: AgentActivity[] = ['talking', 'dialing', 'wrap_up', 'available', 'paused'];
  return ACTIVITIES.filter((activity) => always.includes(activity) || counts[activity] > 0);
}

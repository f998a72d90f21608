import type { BoardAgent } from '../../../src/shared/live.js';
import { scalarOf } from './figure-model.js';

/** Who leads. Pure. */

export interface Ranked {
  id: number;
  /** 1-based; equal results share a rank. */
  rank: number;
}

/** What decides: the KPI, whether less is better, and what decides between equals. */
export interface RankRule {
  kpi: string;
  isLessBetter: boolean;
  second: string | null;
  isSecondLessBetter: boolean;
  /** Left out: by the value itself. `target`: by what is reached of one's own target. */
  mode?: 'value' | 'target';
}

/**
 * Agents with a call today and a value, who may be shown, best first. Equal results share a rank and stay in the order
 * of their names.
 */
export function rankAgents(agents: readonly BoardAgent[], rule: RankRule): Ranked[] {
  const sorted = agents
    .filter((agent) => agent.ranked !== false && hasCalls(agent) && scoreOf(agent, rule) !== null)
    .sort((a, b) => compareResults(a, b, rule) || compareNames(a, b));
  let rank = 0;
  let previous: BoardAgent | undefined;
  return sorted.map((agent, index) => {
    if (!previous || compareResults(previous, agent, rule) !== 0) rank = index + 1;
    previous = agent;
    return { id: agent.id, rank };
  });
}

/** An agent's value of a KPI as a number that can be compared, null when there is none: money by its minor units. */
export function resultOf(agent: BoardAgent, kpi: string): number | null {
  return scalarOf(agent.values?.[kpi]);
}

/** What decides the place. */
export function scoreOf(agent: BoardAgent, { kpi, mode }: Pick<RankRule, 'kpi' | 'mode'>): number | null {
  return mode === 'target' ? (agent.attainment?.[kpi] ?? null) : resultOf(agent, kpi);
}

function hasCalls({ dials, connects, inboundAnswered }: BoardAgent): boolean {
  return dials > 0 || connects > 0 || inboundAnswered > 0;
}

function compareResults(a: BoardAgent, b: BoardAgent, rule: RankRule): number {
  // Of what is reached more is better, whatever the KPI.
  const isLessBetter = rule.isLessBetter && rule.mode !== 'target';
  const first = compareValues(scoreOf(a, rule), scoreOf(b, rule), isLessBetter);
  if (first !== 0 || rule.second === null) return first;
  return compareValues(resultOf(a, rule.second), resultOf(b, rule.second), rule.isSecondLessBetter);
}

function compareValues(a: number | null, b: number | null, isLessBetter: boolean): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return isLessBetter ? a - b : b - a;
}

function compareNames(a: BoardAgent, b: BoardAgent): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : a.id - b.id;
}

/** Rank movement is told over this window. */
export const MOVEMENT_MS = 15 * 60_000;

/** Remembers rankings of the last quarter of an hour, to say who rose and who fell. */
export class RankHistory {
  private samples: { at: number; ranks: Map<number, number> }[] = [];

  record(ranking: readonly Ranked[], at: number): void {
    this.samples.push({ at, ranks: new Map(ranking.map((entry) => [entry.id, entry.rank])) });
    // Keep the newest sample that is older than the window: it was still true when the window began.
    while (this.samples[1] && this.samples[1].at <= at - MOVEMENT_MS) this.samples.shift();
  }

  /** Ranks gained (positive) or lost since the start of the window; 0 when the agent was not ranked then. */
  movement(entry: Ranked): number {
    const before = this.samples[0]?.ranks.get(entry.id);
    return before === undefined ? 0 : before - entry.rank;
  }
}

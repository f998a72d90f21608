import type { BoardAgent } from '../../../src/shared/live.js';

/** Who leads. Pure. */

export interface Ranked {
  id: number;
  /** 1-based; equal results share a rank. */
  rank: number;
}

/** Agents with a dial today, by effective calls, then connects. Equal ones stay in the order of their names. */
export function rankAgents(agents: readonly BoardAgent[]): Ranked[] {
  const sorted = agents
    .filter((agent) => agent.dials > 0 || agent.connects > 0)
    .sort((a, b) => b.effective - a.effective || b.connects - a.connects || compareNames(a, b));
  let rank = 0;
  let previous: BoardAgent | undefined;
  return sorted.map((agent, index) => {
    const tied = previous && previous.effective === agent.effective && previous.connects === agent.connects;
    if (!tied) rank = index + 1;
    previous = agent;
    return { id: agent.id, rank };
  });
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

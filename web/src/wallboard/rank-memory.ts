import { createContext, useContext } from 'react';
import { RankHistory } from './ranking.js';

/** Rankings of the last quarter of an hour by what they rank; outlives the turning of pages. */
export const RankMemory = createContext<Map<string, RankHistory>>(new Map());

export function useRankHistory(of: string): RankHistory {
  const memory = useContext(RankMemory);
  const held = memory.get(of) ?? new RankHistory();
  memory.set(of, held);
  return held;
}

import { useCallback } from 'react';
import type { LiveBoard } from '../../../src/shared/boards.js';
import type { BoardMeta } from '../../../src/shared/live.js';
import { OUTCOME_MEASURE_IDS } from '../../../src/shared/outcomes.js';
import { query } from '../api/client.js';
import { useBoardKey } from '../live/index.js';

/** Addresses of the calls, or of the outcomes, behind a figure. */

export interface DrillFilter {
  direction?: string;
  outcome?: string;
  agent?: number;
  measure?: string;
  team?: string;
}

type Period = Pick<BoardMeta, 'dayStart' | 'dayEnd'>;

/** Whether a measure counts outcomes and not calls. Pure. */
export function countsOutcomes(measure: string | null | undefined): boolean {
  return OUTCOME_MEASURE_IDS.some((one) => one === measure);
}

/** The list that holds what a measure counts. Pure. */
export function listOf(measure: string | null | undefined): '/calls' | '/outcomes' {
  return countsOutcomes(measure) ? '/outcomes' : '/calls';
}

/** Pure. */
export function callsPath(period: Period | undefined, filter: DrillFilter): string {
  const range = period
    ? { from: new Date(period.dayStart).toISOString(), to: new Date(period.dayEnd).toISOString() }
    : {};
  return `${listOf(filter.measure)}${query({ ...range, ...filter })}`;
}

/** Of the business day and the teams this board counts. */
export function useCallsPath(): (filter: DrillFilter, period?: Period) => string {
  const meta = useBoardKey<BoardMeta>('meta');
  const teams = useBoardKey<LiveBoard>('board')?.teams ?? null;
  return useCallback(
    (filter: DrillFilter, period = meta) => callsPath(period, teams ? { ...filter, team: teams.join(',') } : filter),
    [meta, teams],
  );
}

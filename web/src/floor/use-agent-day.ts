import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { CallView } from '../../../src/shared/api.js';
import type { FloorAgent } from '../../../src/shared/live.js';
import type { AgentTimeline } from '../../../src/shared/presence.js';
import { getAgentAttainment, getAgentTimeline, getCalls, getDayNorm } from '../api/index.js';
import { addDays } from '../format/index.js';

const PAGE = 200;
/** A day of one agent is never longer than this; the list of calls has the rest. */
const PAGES_MOST = 5;
const NORM_EVERY_MS = 60_000;
/** A busy agent's day is read again at most this often. */
const AGAIN_MS = 2_000;

/** Newest first, the first so many of them. */
async function callsOfDay(agentId: number, date: string): Promise<CallView[]> {
  const filter = { agent: String(agentId), from: date, to: addDays(date, 1) };
  const calls: CallView[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES_MOST; page++) {
    const { calls: more, next }: { calls: CallView[]; next: string | null } = await getCalls(filter, cursor, PAGE);
    calls.push(...more);
    if (next === null) break;
    cursor = next;
  }
  return calls;
}

/**
 * What the panel shows of one agent's day beside the live row: calls, states, what is usual, targets. Read again when the
 * live row says that something happened; while nothing does, nothing is asked for but what moves with the clock.
 */
export function useAgentDay(agentId: number, date: string, row: FloorAgent | undefined) {
  const client = useQueryClient();
  const key = ['floor', 'agent', agentId, date];
  const calls = useQuery({ queryKey: [...key, 'calls'], queryFn: () => callsOfDay(agentId, date) });
  const states = useQuery<AgentTimeline>({
    queryKey: [...key, 'states'],
    queryFn: () => getAgentTimeline(agentId, date),
  });
  const norm = useQuery({
    queryKey: [...key, 'norm'],
    queryFn: () => getDayNorm(agentId, date),
    refetchInterval: NORM_EVERY_MS,
  });
  const targets = useQuery({
    queryKey: [...key, 'targets'],
    queryFn: () => getAgentAttainment(agentId),
    refetchInterval: NORM_EVERY_MS,
  });
  const happened = row === undefined ? '' : `${row.activity} ${row.since} ${row.values.dials} ${row.values.sales}`;
  const last = useRef(happened);
  useEffect(() => {
    if (last.current === happened) return;
    const timer = setTimeout(() => {
      last.current = happened;
      for (const part of ['calls', 'states', 'norm', 'targets'])
        void client.invalidateQueries({ queryKey: ['floor', 'agent', agentId, date, part] });
    }, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [happened, client, agentId, date]);
  return { calls, states, norm, targets };
}

import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { AgentActivity } from '../../../src/shared/live.js';
import { ACTIVITIES, type FloorFilter, type FloorSort, sortFrom } from './floor-model.js';

/** What is looked at, kept in the address so that it can be shared and comes back after a reload. */
export interface FloorAddress {
  filter: FloorFilter;
  sort: FloorSort;
  campaign: number | null;
  /** Whose panel is open. */
  agent: number | null;
  /** Values by parameter; '' takes one away. */
  change(values: Partial<Record<'q' | 'team' | 'state' | 'sort' | 'dir' | 'campaign' | 'agent', string>>): void;
}

function idFrom(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

export function useFloorAddress(): FloorAddress {
  const [search, setSearch] = useSearchParams();
  const [q, team, state] = [search.get('q') ?? '', search.get('team'), search.get('state') ?? ''];
  const [column, direction] = [search.get('sort'), search.get('dir')];
  const filter = useMemo<FloorFilter>(() => {
    const asked = new Set(state.split(','));
    const activities: AgentActivity[] = ACTIVITIES.filter((activity) => asked.has(activity));
    return { search: q, team: idFrom(team), activities };
  }, [q, team, state]);
  const sort = useMemo(() => sortFrom(column, direction), [column, direction]);
  const change: FloorAddress['change'] = (values) => {
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [key, value] of Object.entries(values)) {
          if (value === '') next.delete(key);
          else next.set(key, value);
        }
        return next;
      },
      { replace: true },
    );
  };
  return { filter, sort, campaign: idFrom(search.get('campaign')), agent: idFrom(search.get('agent')), change };
}

import { useQuery } from '@tanstack/react-query';
import type { ExportView } from '../../../src/shared/exports.js';
import { getExports } from '../api/index.js';

export const EXPORTS_KEY = ['exports'];
/** Ids of exports this tab asked for, or saw under way: it says when they are ready. */
export const awaited = new Set<string>();

const FOLLOW_MS = 1_000;

export function isOpen({ state }: Pick<ExportView, 'state'>): boolean {
  return state === 'waiting' || state === 'running';
}

/** Exports, asked for again each second while one is under way. */
export function useExports(of: 'own' | 'all', enabled = true) {
  return useQuery({
    queryKey: [...EXPORTS_KEY, of],
    queryFn: () => getExports(of),
    enabled,
    // Whoever waits for a file looks at each answer, also at one that says the same as the one before.
    structuralSharing: false,
    refetchInterval: ({ state }) => (state.data?.exports.some(isOpen) ? FOLLOW_MS : false),
  });
}

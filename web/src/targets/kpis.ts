import { useQuery } from '@tanstack/react-query';
import type { KpiDefinitionView } from '../../../src/shared/api.js';
import { getCatalog } from '../api/index.js';

const NONE: KpiDefinitionView[] = [];
const NO_TARGET = new Set(['attainment', 'pace', 'internal', 'stale', 'incomplete']);

export type KpiGroup = 'activity' | 'results' | 'rates' | 'times' | 'other';
export const KPI_GROUPS: readonly KpiGroup[] = ['activity', 'results', 'rates', 'times', 'other'];

const RESULTS = /sales|revenue|deal|callbacks|contacts|complaints|dnc/;

/** Where one looks for it. */
export function groupOf({ id, unit, kind }: KpiDefinitionView): KpiGroup {
  if (unit === 'fraction') return 'rates';
  if (unit === 'seconds') return 'times';
  if (RESULTS.test(id)) return 'results';
  return kind === 'ratio' ? 'other' : 'activity';
}

/** KPIs that can have a target, in the order of the catalog; empty until they are known. */
export function useTargetKpis(): KpiDefinitionView[] {
  const catalog = useQuery({ queryKey: ['kpis', 'catalog'], queryFn: getCatalog, staleTime: 600_000 }).data ?? NONE;
  return catalog.filter(({ id, available }) => available && !NO_TARGET.has(id));
}

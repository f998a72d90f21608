import { AppError } from '../../platform/index.js';
import type { KpiGroupBy } from '../../shared/api.js';
import { AVAILABLE_KPI_IDS, findDefinition } from '../catalog/index.js';
import { type RawQuery, readChoice, readIds, readParameters } from './query-values.js';
import { readTime, requireSlotBoundary, type TimeBound } from './time-bound.js';

export interface RowFilters {
  agents?: number[];
  teams?: number[];
  campaigns?: number[];
}

export interface KpiQuery extends RowFilters {
  /** Absent = today. */
  from?: TimeBound;
  to?: TimeBound;
  groupBy: KpiGroupBy;
  kpis: readonly string[];
}

const GROUPINGS = ['organisation', 'team', 'agent', 'campaign', 'hour', 'day'] as const satisfies KpiGroupBy[];
export const KPI_PARAMETERS = ['from', 'to', 'groupBy', 'kpis', 'agent', 'team', 'campaign'] as const;

/** Checks every parameter; each error names the field and, where there is one, the fix. */
export function readKpiQuery(raw: RawQuery): KpiQuery {
  const values = readParameters(raw, KPI_PARAMETERS);
  return {
    from: bound('from', values.get('from')),
    to: bound('to', values.get('to')),
    groupBy: readChoice('groupBy', values.get('groupBy'), GROUPINGS) ?? 'organisation',
    kpis: readKpis(values.get('kpis')),
    agents: readIds('agent', values.get('agent')),
    teams: readIds('team', values.get('team')),
    campaigns: readIds('campaign', values.get('campaign')),
  };
}

function bound(name: string, value: string | undefined): TimeBound | undefined {
  if (value === undefined) return undefined;
  const time = readTime(name, value);
  requireSlotBoundary(name, time);
  return time;
}

function readKpis(value: string | undefined): readonly string[] {
  if (value === undefined) return AVAILABLE_KPI_IDS;
  const ids = [...new Set(value.split(',').map((id) => id.trim()))];
  const unknown = ids.find((id) => findDefinition(id) === undefined);
  if (unknown !== undefined) {
    throw new AppError('kpi_unknown', { field: 'kpis', params: { id: unknown.slice(0, 60) || '(empty)' } });
  }
  return ids;
}

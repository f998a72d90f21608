import type { KpiDefinitionView } from '../../../src/shared/api.js';
import { useLocalised } from '../i18n/index.js';
import { useTargetKpis } from './kpis.js';

/** The definition of a KPI; undefined until the catalog is known. */
export function useKpi(id: string): KpiDefinitionView | undefined {
  return useTargetKpis().find((kpi) => kpi.id === id);
}

/** Names of KPIs; the id until the catalog is known. */
export function useKpiName(): (id: string) => string {
  const localised = useLocalised();
  const kpis = useTargetKpis();
  return (id) => {
    const found = kpis.find((kpi) => kpi.id === id);
    return found === undefined ? id : localised(found.name);
  };
}

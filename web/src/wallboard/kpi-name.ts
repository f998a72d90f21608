import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { KNOWN_KPIS } from './kpi-forms.js';

const known = new Set(KNOWN_KPIS);

/** The short name of a KPI as a wall shows it. A newer server's KPI shows its id rather than nothing. */
export function useKpiName(): (kpi: string) => string {
  const { t } = useTranslation();
  return useCallback((kpi: string) => (known.has(kpi) ? t(`wall.kpi.${kpi}`) : kpi), [t]);
}

import { useCallback } from 'react';
import type { KpiValue } from '../../../src/shared/api.js';
import { useLanguage } from '../i18n/index.js';
import { kpiText } from './kpi-text.js';

/** Writes any KPI's value in the reader's language. */
export function useKpiText(currency: string | undefined): (kpi: string, value: KpiValue | undefined) => string {
  const language = useLanguage();
  return useCallback((kpi, value) => kpiText(kpi, value, currency ?? '', language), [currency, language]);
}

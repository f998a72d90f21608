import type { KpiValue } from '../../../src/shared/api.js';
import { formatDecimal, type Language } from '../format/index.js';
import { figureText, likeValue } from '../wallboard/figure-model.js';
import { formOf } from '../wallboard/kpi-forms.js';

/**
 * Any KPI's value in its unit; a plain number of money is minor units of `currency`. Means of counts have one decimal. Pure.
 */
export function kpiText(kpi: string, value: KpiValue | undefined, currency: string, language: Language): string {
  const { kind } = formOf(kpi);
  if (typeof value !== 'number') return figureText(kind, value, language);
  if (kind === 'count' && !Number.isInteger(value)) return formatDecimal(value, language, 1);
  const isAmount = kind === 'money' || kind === 'money_per_hour';
  return figureText(kind, isAmount ? likeValue(kind, Math.round(value), currency) : value, language);
}

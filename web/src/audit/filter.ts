import type { AuditFilterValues } from '../api/index.js';

/** The filter of the audit log as it stands in the address of the page, so that it can be shared. Pure. */

export const PERIODS = ['1', '7', '30', '365', 'all'] as const;
export type Period = (typeof PERIODS)[number];
export const DEFAULT_PERIOD: Period = '30';

export function periodOf(search: URLSearchParams): Period {
  const given = search.get('days');
  return PERIODS.find((period) => period === given) ?? DEFAULT_PERIOD;
}

/** `midnight`: the last one in the zone of whoever looks, epoch ms; "1" is today. */
export function filterFrom(search: URLSearchParams, midnight: number): AuditFilterValues {
  const filter: AuditFilterValues = {};
  const period = periodOf(search);
  if (period !== 'all') filter.from = new Date(midnight - (Number(period) - 1) * 86_400_000).toISOString();
  for (const key of ['actor', 'action', 'subject', 'outcome'] as const) {
    const value = search.get(key);
    if (value) filter[key] = value;
  }
  return filter;
}

export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

/** An entry's values side by side, a row a field. Values that are no objects are one row without a name. */
export function changesOf(before: unknown, after: unknown): FieldChange[] {
  const fields = (value: unknown): Record<string, unknown> | null =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  const [old, now] = [fields(before), fields(after)];
  if ((before !== null && old === null) || (after !== null && now === null)) return [{ field: '', before, after }];
  const names = [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])];
  return names.map((field) => ({ field, before: old?.[field], after: now?.[field] }));
}

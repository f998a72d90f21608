/** How much a figure has changed. Pure. */
import type { KpiUnit, KpiValue, MoneyValue } from '../../shared/api.js';

/**
 * Of rates the difference (0.05 is five points), of anything else a fraction of what it was, with its sign; null without
 * something to compare with, or over several currencies.
 */
export function changeOf(value: KpiValue, before: KpiValue, unit: KpiUnit): number | null {
  const [now, then] = [amountOf(value), amountOf(before)];
  if (now === null || then === null || now.currency !== then.currency) return null;
  const difference = now.amount - then.amount;
  if (unit === 'fraction') return difference;
  return then.amount === 0 ? null : difference / Math.abs(then.amount);
}

/** Which part of a whole a figure is; null where there is no whole, or over several currencies. */
export function shareOf(value: KpiValue, whole: KpiValue): number | null {
  const [part, all] = [amountOf(value), amountOf(whole)];
  return part === null || all === null || all.amount === 0 || part.currency !== all.currency
    ? null
    : part.amount / all.amount;
}

/** One number; null where there is none, or several. */
export function amountOf(value: KpiValue): { amount: number; currency: string | null } | null {
  if (value === null) return null;
  if (typeof value === 'number') return { amount: value, currency: null };
  const list: MoneyValue[] = Array.isArray(value) ? value : [value];
  const [only] = list;
  return only === undefined || list.length > 1 ? null : { amount: only.amountMinor, currency: only.currency };
}

import { decimalsOf } from '../format/index.js';

/** Amounts as people type them. Pure. */

/** Minor units of what was typed: "1,299.5" → 129950. Null: no amount. Full-width digits and separators are read, too. */
export function minorOf(typed: string, currency: string): number | null {
  const decimals = decimalsOf(currency);
  const text = typed
    .normalize('NFKC')
    .replaceAll('。', '.')
    .replace(/[,，\s_]/g, '');
  const found = /^(\d{1,12})(?:\.(\d*))?$/.exec(text);
  if (found === null) return null;
  const [, whole = '', fraction = ''] = found;
  if (fraction.replace(/0+$/, '').length > decimals) return null;
  return Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
}

/** Minor units as one would type them: 129950 → "1299.50", 129900 → "1299". */
export function typedOf(amountMinor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  const amount = amountMinor / 10 ** decimals;
  return Number.isInteger(amount) ? String(amount) : amount.toFixed(decimals);
}

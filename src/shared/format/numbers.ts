/** Figures as people read them. Rounding is half away from zero, once, here. Pure. */

export type Language = 'en' | 'zh';

/** What is shown for "no value". Never 0. */
export const MISSING = '—';

/** A figure in pieces, so that a screen can set the unit smaller than the digits. */
export interface FigurePart {
  kind: 'digits' | 'unit';
  text: string;
}

/** BCP 47 tag of a language of the interface. */
export function localeOf(language: Language): string {
  return language === 'zh' ? 'zh-CN' : 'en-US';
}

/** Both ends as they are shown; a unit at both stands once: "35.0–41.2%". */
export function spanText(from: string, to: string): string {
  return `${from.endsWith('%') && to.endsWith('%') ? from.slice(0, -1) : from}–${to}`;
}

const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(language: Language, fraction: number, fixed: boolean): Intl.NumberFormat {
  const key = `${language}:${fraction}:${fixed}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(localeOf(language), {
      maximumFractionDigits: fraction,
      minimumFractionDigits: fixed ? fraction : 0,
    });
    formats.set(key, format);
  }
  return format;
}

/**
 * A count. English: thousands separators. Chinese: exact below 100,000, because a wallboard shows each single call;
 * above that 万 and 亿 with up to two decimals.
 */
export function countParts(value: number | null | undefined, language: Language): FigurePart[] {
  if (value === null || value === undefined || !Number.isFinite(value)) return [{ kind: 'digits', text: MISSING }];
  const size = Math.abs(value);
  if (language === 'zh' && size >= 100_000) {
    // 99,999,999 rounds to 10,000.00 万, which people write 1 亿.
    const [divisor, unit] = size >= 99_995_000 ? [1e8, '亿'] : [1e4, '万'];
    return [
      { kind: 'digits', text: numberFormat(language, 2, false).format(value / divisor) },
      { kind: 'unit', text: unit },
    ];
  }
  return [{ kind: 'digits', text: numberFormat(language, 0, false).format(value) }];
}

export function formatCount(value: number | null | undefined, language: Language): string {
  return joinParts(countParts(value, language));
}

/** A fraction as a percentage with one decimal: 0.4123 → 41.2 %. */
export function fractionParts(value: number | null | undefined, language: Language): FigurePart[] {
  if (value === null || value === undefined || !Number.isFinite(value)) return [{ kind: 'digits', text: MISSING }];
  return [
    { kind: 'digits', text: numberFormat(language, 1, true).format(value * 100) },
    { kind: 'unit', text: '%' },
  ];
}

export function formatFraction(value: number | null | undefined, language: Language): string {
  return joinParts(fractionParts(value, language));
}

/** A decimal with at most `digits` decimals; `fixed`: with exactly so many, so that figures below each other line up. */
export function formatDecimal(
  value: number | null | undefined,
  language: Language,
  digits: number,
  fixed = false,
): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return MISSING;
  return numberFormat(language, digits, fixed).format(value);
}

/** Decimals of a currency: 2 for CNY, 0 for JPY. */
export function decimalsOf(currency: string): number {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** An amount in minor units of its currency, e.g. 12345 CNY → ¥123.45; in Chinese large amounts become 万 and 亿. */
export function formatMoney(amountMinor: number, currency: string, language: Language): string {
  const probe = new Intl.NumberFormat(localeOf(language), { style: 'currency', currency });
  const digits = probe.resolvedOptions().maximumFractionDigits ?? 2;
  const amount = amountMinor / 10 ** digits;
  if (language === 'zh' && Math.abs(amount) >= 100_000) {
    const symbol = probe.formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency;
    return `${symbol}${formatCount(amount, language)}`;
  }
  return probe.format(amount);
}

/** Amounts from here on are set without their cents where room is scarce. */
const WITHOUT_CENTS_FROM = 1_000;

/** An amount in pieces for large type: the sign of the currency small, cents only where they matter. */
export function moneyParts(amountMinor: number, currency: string, language: Language): FigurePart[] {
  const probe = new Intl.NumberFormat(localeOf(language), { style: 'currency', currency });
  const digits = probe.resolvedOptions().maximumFractionDigits ?? 2;
  const amount = amountMinor / 10 ** digits;
  const symbol = probe.formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency;
  const isWhole = Number.isInteger(amount) || Math.abs(amount) >= WITHOUT_CENTS_FROM;
  const number: FigurePart[] = isWhole
    ? countParts(amount, language)
    : [{ kind: 'digits', text: numberFormat(language, digits, true).format(amount) }];
  return [{ kind: 'unit', text: symbol }, ...number];
}

export function joinParts(parts: FigurePart[]): string {
  return parts.map((part) => part.text).join('');
}

/** Several things in a row, as one writes them: "A, B" or "甲、乙". */
export function listText(parts: readonly string[], language: Language): string {
  return parts.join(language === 'zh' ? '、' : ', ');
}

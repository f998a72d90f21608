/** Words and figures inside sentences, in both languages. Pure. */
import type { Localised } from '../../shared/api.js';

export const both = (en: string, zh: string): Localised => ({ en, zh });

/** The same in both: names, ids. */
export const same = (text: string): Localised => ({ en: text, zh: text });

/** A fraction as people read it: half-up, one decimal. */
export function percent(fraction: number): Localised {
  const text = (Math.round(fraction * 1000) / 10).toFixed(1);
  return both(`${text}%`, `${text}%`);
}

/** With its sign, in points, as the screens write them. */
export function points(difference: number): Localised {
  const tenths = Math.round(difference * 1000) / 10;
  const text = `${tenths < 0 ? '−' : '+'}${Math.abs(tenths).toFixed(1)}`;
  return both(`${text} pp`, `${text} 个百分点`);
}

/** Whole numbers with separators of thousands; others with one decimal. */
export function figure(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return rounded.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

/** `{name}` of both texts replaced. */
export function fill(text: Localised, values: Record<string, string | number | Localised>): Localised {
  const put = (language: 'en' | 'zh'): string =>
    text[language].replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === 'object' ? value[language] : typeof value === 'number' ? figure(value) : value;
    });
  return { en: put('en'), zh: put('zh') };
}

const WEEKDAYS: readonly Localised[] = [
  both('Monday', '周一'),
  both('Tuesday', '周二'),
  both('Wednesday', '周三'),
  both('Thursday', '周四'),
  both('Friday', '周五'),
  both('Saturday', '周六'),
  both('Sunday', '周日'),
];

/** 1 (Monday) to 7. */
export function weekdayName(weekday: number): Localised {
  return WEEKDAYS[weekday - 1] ?? same(String(weekday));
}

/** An hour of the day: `09:00`. */
export function hourName(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

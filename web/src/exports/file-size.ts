import { formatDecimal, type Language } from '../format/index.js';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes as people say them: 1 234 567 → 1.2 MB. Pure. */
export function fileSize(bytes: number, language: Language): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < UNITS.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${formatDecimal(value, language, unit === 0 || value >= 100 ? 0 : 1)} ${UNITS[unit]}`;
}

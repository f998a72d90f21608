import { type Language, localeOf } from '../format/index.js';

/** November 2026 or 2026年11月 */
export function monthText(month: string, language: Language): string {
  const format = new Intl.DateTimeFormat(localeOf(language), { year: 'numeric', month: 'long', timeZone: 'UTC' });
  return format.format(Date.parse(`${month}-15T00:00:00Z`));
}

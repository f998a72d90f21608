import type { TFunction } from 'i18next';
import { addDays, dateInZone, formatBusinessDate, formatMinute, type Language } from '../format/index.js';

/** When something is, as short as it can be: the time alone today, with the day otherwise. Pure; `now` is epoch ms. */
export function whenText(at: string, now: number, zone: string, language: Language, t: TFunction): string {
  const instant = Date.parse(at);
  const today = dateInZone(now, zone);
  const date = dateInZone(instant, zone);
  const time = formatMinute(instant, zone, language);
  if (date === today) return time;
  if (date === addDays(today, 1)) return t('me.callbacks.tomorrow', { time });
  if (date === addDays(today, -1)) return t('me.callbacks.yesterday', { time });
  return `${formatBusinessDate(date, language)} ${time}`;
}

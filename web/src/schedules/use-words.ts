import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ReportSource } from '../../../src/shared/reports.js';
import type { DestinationView, Retry, ScheduleRhythm } from '../../../src/shared/schedules.js';
import { getReadyReports } from '../api/index.js';
import { dateInZone, formatMinute, formatWeekday, listText } from '../format/index.js';
import { useLanguage, useLocalised } from '../i18n/index.js';
import { formatMoment } from '../people/ui/days.js';
import { useKpiName } from '../targets/use-kpi.js';

/** 1 January 2024 was a Monday. */
const dayOfWeek = (weekday: number): string => `2024-01-0${weekday}`;

/** A rhythm as people say it: "every Monday at 08:30". */
export function useRhythmText(): (rhythm: ScheduleRhythm) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return (rhythm) => {
    const { at } = rhythm;
    switch (rhythm.every) {
      case 'day':
        return t('schedules.everyDay', { at });
      case 'week':
        return t('schedules.everyWeek', { at, weekday: formatWeekday(dayOfWeek(rhythm.weekday), language) });
      case 'month':
        return rhythm.day === 'last'
          ? t('schedules.everyMonthEnd', { at })
          : t('schedules.everyMonth', { at, day: rhythm.day });
    }
  };
}

/** A daily pack leaves other days out, the others are put off to the next working day. */
export function useWorkingDaysText(): (every: ScheduleRhythm['every'] | undefined) => string {
  const { t } = useTranslation();
  return (every) => t(every === 'day' ? 'schedules.workingDaysOnly' : 'schedules.workingDaysOrNext');
}

export function useWeekdayName(): (weekday: number) => string {
  const language = useLanguage();
  return (weekday) => formatWeekday(dayOfWeek(weekday), language);
}

/** Name of a report in a pack. */
export function useSourceName(): (source: ReportSource) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  const localised = useLocalised();
  const kpiName = useKpiName();
  const views = useQuery({ queryKey: ['reports', 'ready'], queryFn: getReadyReports, staleTime: 600_000 }).data ?? [];
  return (source) => {
    if (source.kind === 'ready') {
      const view = views.find(({ id }) => id === source.report);
      return view === undefined ? source.report : localised(view.name);
    }
    const [first = '', ...more] = source.spec.kpis;
    const named = listText([first, ...more].slice(0, 3).map(kpiName), language);
    return t('schedules.ownQuestion', { kpis: more.length > 2 ? `${named} …` : named });
  };
}

/** "Waits for try 2 of 6, at 14:32"; with its day when that is not today. */
export function useRetryText(): (retry: Retry, zone: string) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return ({ attempt, of, at }, zone) => {
    const instant = Date.parse(at);
    const isToday = dateInZone(instant, zone) === dateInZone(Date.now(), zone);
    const when = isToday ? formatMinute(instant, zone, language) : formatMoment(at, zone, language);
    return t('schedules.waitsForTry', { attempt, of, at: when });
  };
}

/** Where something goes: addresses of a mail, the host of all others. */
export function useDestinationText(): (destination: DestinationView) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return ({ kind, to, host }) => {
    const where = to === null ? (host ?? '') : listText(to, language);
    const name = t(`schedules.kinds.${kind}`);
    return where === '' ? name : `${name} · ${where}`;
  };
}

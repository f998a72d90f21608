import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getCalendar } from '../../api/index.js';
import { addDays, formatDuration } from '../../format/index.js';
import { useLanguage } from '../../i18n/index.js';
import { formatShortDay } from '../ui/days.js';

const DAYS = 14;

/** What comes of shifts, holidays and leave: the work expected of the agent on each of the next days. */
export function NextDays({ agentId, today }: { agentId: number; today: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const calendar = useQuery({
    queryKey: ['organisation', 'calendar', agentId, today],
    queryFn: () => getCalendar(agentId, today, addDays(today, DAYS)),
  });
  if (!calendar.data?.some(({ minutes, reason }) => minutes > 0 || reason !== null)) return null;
  return (
    <>
      <h3>{t('people.shifts.nextDays')}</h3>
      <ol className="next-days tabular">
        {calendar.data.map(({ date, minutes, reason }) => (
          <li key={date} data-off={minutes === 0}>
            <span className="quiet">{formatShortDay(date, language)}</span>
            <b>{minutes === 0 ? t('people.shifts.off') : formatDuration(minutes * 60, language)}</b>
            {reason && <span className="quiet">{t(`people.shifts.reasons.${reason}`)}</span>}
          </li>
        ))}
      </ol>
    </>
  );
}

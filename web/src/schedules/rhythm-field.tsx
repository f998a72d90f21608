import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ScheduleRhythm } from '../../../src/shared/schedules.js';
import { useWeekdayName } from './use-words.js';

interface Props {
  value?: ScheduleRhythm;
  onChange?: (rhythm: ScheduleRhythm) => void;
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const DAYS = Array.from({ length: 28 }, (_, at) => at + 1);

/** How often, on which day, at what time. */
export function RhythmField({ value = { every: 'week', weekday: 1, at: '08:30' }, onChange }: Props) {
  const { t } = useTranslation();
  const weekdayName = useWeekdayName();
  const { at } = value;
  const choose = (every: ScheduleRhythm['every']): ScheduleRhythm => {
    if (every === 'week') return { every, weekday: 1, at };
    return every === 'month' ? { every, day: 1, at } : { every, at };
  };
  return (
    <div className="schedule-row">
      <Select<ScheduleRhythm['every']>
        aria-label={t('schedules.rhythm')}
        value={value.every}
        onChange={(every) => onChange?.(choose(every))}
        popupMatchSelectWidth={false}
        options={(['day', 'week', 'month'] as const).map((every) => ({
          value: every,
          label: t(`schedules.every.${every}`),
        }))}
      />
      {value.every === 'week' && (
        <Select<number>
          aria-label={t('schedules.weekday')}
          value={value.weekday}
          onChange={(weekday) => onChange?.({ ...value, weekday })}
          popupMatchSelectWidth={false}
          options={WEEKDAYS.map((weekday) => ({ value: weekday, label: weekdayName(weekday) }))}
        />
      )}
      {value.every === 'month' && (
        <Select<number | 'last'>
          aria-label={t('schedules.dayOfMonth')}
          value={value.day}
          onChange={(day) => onChange?.({ ...value, day })}
          popupMatchSelectWidth={false}
          options={[
            ...DAYS.map((day) => ({ value: day, label: t('schedules.day', { day }) })),
            { value: 'last' as const, label: t('schedules.lastDay') },
          ]}
        />
      )}
      <Input
        type="time"
        required
        aria-label={t('schedules.time')}
        value={at}
        onChange={({ target }) => target.value !== '' && onChange?.({ ...value, at: target.value.slice(0, 5) })}
      />
    </div>
  );
}

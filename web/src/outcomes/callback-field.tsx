import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { dateInZone, formatInstant, formatMinute } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { browserNow } from '../live/clock.js';
import { instantOf } from '../people/ui/wall-time.js';
import { quickTimes } from './callback-times.js';

interface Props {
  /** Epoch ms; null: none chosen. */
  value: number | null;
  onChange: (at: number | null) => void;
  zone: string;
}

/** When to call again: one of the usual times with a tap, or any other. */
export function CallbackField({ value, onChange, zone }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = browserNow();
  const date = value === null ? '' : dateInZone(value, zone);
  const time = value === null ? '' : formatMinute(value, zone, language);
  const change = (toDate: string, toTime: string) =>
    onChange(toDate === '' ? null : instantOf(toDate, toTime === '' ? '10:00' : toTime, zone));
  return (
    <fieldset className="outcome__part">
      <legend>{t('outcomes.callbackAt')}</legend>
      <div className="outcome__quick">
        {quickTimes(now, zone).map(({ id, at }) => (
          <button
            key={id}
            type="button"
            className="outcome__chip"
            aria-pressed={value === at}
            title={formatInstant(new Date(at).toISOString(), zone, language)}
            onClick={() => onChange(at)}
          >
            {t(`outcomes.quick.${id}`, { time: formatMinute(at, zone, language) })}
          </button>
        ))}
      </div>
      <div className="outcome__when">
        <Input
          type="date"
          aria-label={t('outcomes.date')}
          min={dateInZone(now, zone)}
          value={date}
          onChange={(event) => change(event.target.value, time)}
        />
        <Input
          type="time"
          step={300}
          aria-label={t('outcomes.time')}
          value={time}
          onChange={(event) => change(date === '' ? dateInZone(now, zone) : date, event.target.value)}
        />
      </div>
    </fieldset>
  );
}

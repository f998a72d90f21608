import { Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ValidFrom } from '../../../../src/shared/organisation.js';
import { dateInZone, formatMinute } from '../../format/index.js';
import { useLanguage } from '../../i18n/index.js';
import { browserNow } from '../../live/clock.js';
import { clockText, QUARTERS } from './clock-text.js';
import { instantOf } from './wall-time.js';

const QUARTER = 900_000;

interface Props {
  value?: ValidFrom;
  onChange?: (value: ValidFrom | undefined) => void;
  /** Zone in which the date and time are meant. */
  zone: string;
}

/** From when a change counts: the next quarter hour (no value), this very moment, or a quarter hour to come. */
export function FromWhen({ value, onChange, zone }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const next = (Math.floor(browserNow() / QUARTER) + 1) * QUARTER;
  const chosen = value === undefined || value === 'now' ? null : Date.parse(value);
  const change = (date: string, time: string) =>
    onChange?.(date === '' ? value : new Date(instantOf(date, time, zone)).toISOString());
  const choose = (choice: 'next' | 'now' | 'later') =>
    onChange?.(choice === 'next' ? undefined : choice === 'now' ? 'now' : new Date(next).toISOString());
  return (
    <div className="from-when">
      <Radio.Group
        vertical
        aria-label={t('people.fromWhen.title')}
        value={chosen !== null ? 'later' : (value ?? 'next')}
        onChange={(event) => choose(event.target.value)}
        options={[
          { value: 'next', label: t('people.fromWhen.next', { time: formatMinute(next, zone, language) }) },
          { value: 'now', label: t('people.fromWhen.now') },
          { value: 'later', label: t('people.fromWhen.later') },
        ]}
      />
      {chosen !== null && (
        <div className="from-when__at">
          <Input
            type="date"
            aria-label={t('people.fromWhen.date')}
            min={dateInZone(browserNow(), zone)}
            value={dateInZone(chosen, zone)}
            onChange={(event) => change(event.target.value, formatMinute(chosen, zone, language))}
          />
          <Select
            aria-label={t('people.fromWhen.time')}
            showSearch
            value={formatMinute(chosen, zone, language)}
            options={QUARTERS.map((minutes) => ({ value: clockText(minutes), label: clockText(minutes) }))}
            onChange={(clock: string) => change(dateInZone(chosen, zone), clock)}
          />
        </div>
      )}
      <div className="quiet">{t('people.fromWhen.zone', { zone })}</div>
    </div>
  );
}

import { Select } from 'antd';
import { useMemo } from 'react';
import { localeOf } from '../../format/index.js';
import { useLanguage } from '../../i18n/index.js';
import { browserNow } from '../../live/clock.js';
import { offsetText } from './wall-time.js';

interface Props {
  id?: string;
  value?: string;
  onChange?: (zone: string) => void;
}

/** Every IANA zone the browser knows, found by its name, the reader's name for it, or its offset. */
export function ZoneSelect({ id, value, onChange }: Props) {
  const language = useLanguage();
  const options = useMemo(() => zoneOptions(localeOf(language), value), [language, value]);
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      {...(value === undefined ? {} : { value })}
      {...(onChange === undefined ? {} : { onChange })}
      showSearch={{
        filterOption: (typed, option) =>
          (option?.search ?? '').includes(typed.trim().toLowerCase().replaceAll(' ', '_')),
      }}
      options={options}
      virtual
    />
  );
}

function zoneOptions(locale: string, chosen: string | undefined) {
  const now = browserNow();
  const known = Intl.supportedValuesOf('timeZone');
  const zones = chosen === undefined || known.includes(chosen) ? known : [chosen, ...known];
  return ['UTC', ...zones.filter((zone) => zone !== 'UTC')].map((zone) => {
    const named = zoneName(zone, locale, now);
    const offset = offsetText(now, zone);
    const label = `${zone} · UTC${offset}${named === '' ? '' : ` · ${named}`}`;
    return { value: zone, label, search: label.toLowerCase().replaceAll(' ', '_') };
  });
}

function zoneName(zone: string, locale: string, now: number): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts(now);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return /^(GMT|UTC)/.test(name) ? '' : name;
}

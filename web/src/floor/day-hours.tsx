import type { UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DayNorm } from '../../../src/shared/floor.js';
import { ColumnChart } from '../charts/index.js';
import { formatCount, formatDecimal, formatHour, formatMinute, MISSING } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useTheme } from '../ui/theme.js';
import { CHART_PALETTE } from '../wallboard/palette.js';
import { hoursSpec, hoursWorth } from './hours-model.js';
import { PanelSection } from './panel-section.js';

/** Dials by the hour against the agent's own average. */
export function DayHours({ norm, zone }: { norm: UseQueryResult<DayNorm>; zone: string }) {
  const { t } = useTranslation();
  return (
    <PanelSection title={t('floor.panel.hours')} query={norm}>
      {(day) => <HoursChart day={day} zone={zone} />}
    </PanelSection>
  );
}

function HoursChart({ day, zone }: { day: DayNorm; zone: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const theme = useTheme('light');
  const hours = useMemo(() => hoursWorth(day), [day]);
  const spec = useMemo(
    () =>
      hoursSpec(hours, Date.parse(day.asOf), CHART_PALETTE[theme], {
        hour: (at) => formatHour(at, zone),
        count: (value) => formatCount(value, language),
      }),
    [hours, day.asOf, theme, zone, language],
  );
  if (hours.length === 0) return <p className="quiet">{t('floor.panel.noHours')}</p>;
  return (
    <>
      <div className="hours-chart">
        <ColumnChart spec={spec} label={t('floor.panel.hoursLabel')} />
      </div>
      <div className="sr-only">
        <table>
          <caption>{t('floor.panel.hours')}</caption>
          <tbody>
            {hours.map((hour) => (
              <tr key={hour.start}>
                <th scope="row">{formatMinute(Date.parse(hour.start), zone, language)}</th>
                <td>{formatCount(hour.dials, language)}</td>
                <td>{hour.usualDials === null ? MISSING : formatDecimal(hour.usualDials, language, 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  BEST_HOUR_DAYS,
  BEST_HOUR_MIN,
  type BestHour,
  type BestHours,
  type HourFigures,
} from '../../../src/shared/me.js';
import { getBestHours } from '../api/index.js';
import { formatCount, formatFraction } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { ErrorView } from '../ui/error-view.js';
import './best-hours.css';

type RateName = 'connectRate' | 'conversionRate';

/** When one reaches people and when one sells, against the team, and only where there are calls enough to say so. */
export function BestHoursCard() {
  const { t } = useTranslation();
  const [rate, setRate] = useState<RateName>('connectRate');
  const list = useQuery({ queryKey: ['best-hours'], queryFn: getBestHours, staleTime: 3_600_000 });
  const hours = list.data?.hours ?? [];
  return (
    <section className="card me-hours" aria-labelledby="me-hours">
      <header className="me-card-head">
        <h2 id="me-hours">{t('me.hours.title')}</h2>
        {hours.length > 0 && (
          <Segmented
            aria-label={t('me.hours.which')}
            value={rate}
            onChange={setRate}
            options={[
              { value: 'connectRate', label: t('me.hours.connectRate') },
              { value: 'conversionRate', label: t('me.hours.conversionRate') },
            ]}
          />
        )}
      </header>
      {list.isError && <ErrorView error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && hours.length === 0 && (
        <p className="quiet me-empty">{t('me.hours.empty', { days: BEST_HOUR_DAYS })}</p>
      )}
      {list.data && hours.length > 0 && <Hours data={list.data} rate={rate} />}
    </section>
  );
}

const clock = (hour: number): string => `${hour}:00–${(hour + 1) % 24}:00`;

function Hours({ data, rate }: { data: BestHours; rate: RateName }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const best = rate === 'connectRate' ? data.bestConnect : data.bestConversion;
  const found = data.hours.find(({ hour }) => hour === best);
  const usual = data.total.own[rate];
  const top = Math.max(
    0.01,
    ...data.hours.flatMap(({ own, team }) => [own[rate]?.high ?? 0, team?.[rate]?.value ?? 0]),
  );
  return (
    <>
      <p>
        {found
          ? t(`me.hours.best.${rate}`, {
              hour: clock(found.hour),
              rate: formatFraction(found.own[rate]?.value, language),
              usual: formatFraction(usual?.value, language),
            })
          : t('me.hours.noBest', { days: BEST_HOUR_DAYS })}
      </p>
      <table className="hours tabular">
        <caption className="sr-only">{t('me.hours.caption', { days: BEST_HOUR_DAYS })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('me.hours.hour')}</th>
            <th scope="col">{t('me.hours.you')}</th>
            <th scope="col">{t('me.hours.team')}</th>
          </tr>
        </thead>
        <tbody>
          {data.hours.map((hour) => (
            <HourRow key={hour.hour} hour={hour} rate={rate} top={top} best={hour.hour === best} />
          ))}
        </tbody>
      </table>
      <p className="quiet me-hours__legend">{t('me.hours.legend', { min: BEST_HOUR_MIN })}</p>
    </>
  );
}

function HourRow({ hour, rate, top, best }: { hour: BestHour; rate: RateName; top: number; best: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const own = hour.own[rate];
  const team = hour.team?.[rate] ?? null;
  const at = (share: number): string => `${(share / top) * 100}%`;
  return (
    <tr data-best={best}>
      <th scope="row">
        {clock(hour.hour)}
        {best && <span aria-hidden="true"> ★</span>}
      </th>
      <td>
        <span className="hours__words">
          {own ? <strong>{formatFraction(own.value, language)}</strong> : t('me.hours.tooFew')}{' '}
          <span className="quiet">{sampleOf(hour.own, rate, language)}</span>
        </span>
        <span className="hours__bar" aria-hidden="true">
          {own && (
            <>
              <i className="hours__fill" style={{ width: at(own.value) }} />
              <i className="hours__range" style={{ left: at(own.low), width: at(own.high - own.low) }} />
            </>
          )}
          {team && <i className="hours__team" style={{ left: at(team.value) }} />}
        </span>
      </td>
      <td>{team ? formatFraction(team.value, language) : '—'}</td>
    </tr>
  );
}

/** "17 of 42" */
function sampleOf({ dials, connects, sales }: HourFigures, rate: RateName, language: 'en' | 'zh'): string {
  const [hits, of] = rate === 'connectRate' ? [connects, dials] : [sales, connects];
  return `${formatCount(hits, language)}/${formatCount(of, language)}`;
}

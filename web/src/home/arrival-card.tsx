import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { IngestStatus } from '../../../src/shared/api.js';
import { query } from '../api/index.js';
import { addDays, dateInZone, formatCount, formatDuration, formatInstant } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { arrivalOf } from './arrival.js';

/** Whether events arrive, and what needs a look. Every count opens the calls behind it. */
export function ArrivalCard({ status, zone = 'UTC' }: { status: IngestStatus; zone?: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { state, agoSeconds } = arrivalOf(status);
  const today = dateInZone(Date.parse(status.asOf), zone);
  const calls = (flag: Record<string, string>) => `/calls${query({ from: today, to: addDays(today, 1), ...flag })}`;
  return (
    <section className="card">
      <h2>{t('home.arrival.title')}</h2>
      <div className="arrival" data-arrives={state === 'arriving' ? 'yes' : 'no'}>
        <i aria-hidden="true" />
        <span>
          {state === 'never'
            ? t('home.arrival.never')
            : state === 'arriving' && (agoSeconds ?? 0) < 2
              ? t('home.arrival.now')
              : t(`home.arrival.${state}`, { duration: formatDuration(agoSeconds, language) })}
        </span>
      </div>
      {state === 'never' ? (
        <p className="quiet">{t('home.arrival.neverHow')}</p>
      ) : (
        <p className="quiet">
          {t('home.arrival.last', { time: formatInstant(status.lastEventAt ?? status.asOf, zone, language) })}
        </p>
      )}
      <dl className="tiles">
        <Tile label={t('home.arrival.today')} value={status.eventsToday} />
        <Tile
          label={t('home.arrival.incomplete')}
          value={status.incompleteCallsToday}
          to={calls({ incomplete: 'true' })}
        />
        <Tile
          label={t('home.arrival.unassigned')}
          value={status.unassignedCallsToday}
          to={calls({ unassigned: 'true' })}
        />
        <Tile label={t('home.arrival.newAgents')} value={status.newAgents} to="/settings/attention" />
        <Tile label={t('home.arrival.duplicates')} value={status.duplicates} />
        <Tile label={t('home.arrival.rejected')} value={status.rejected} />
        {status.pending > 0 && <Tile label={t('home.arrival.pending')} value={status.pending} />}
        {status.spooled > 0 && <Tile label={t('home.arrival.spooled')} value={status.spooled} />}
      </dl>
    </section>
  );
}

function Tile({ label, value, to }: { label: string; value: number; to?: string }) {
  const language = useLanguage();
  const text = formatCount(value, language);
  return (
    <div className="tile">
      <dt>{label}</dt>
      <dd>
        {to && value > 0 ? (
          <Link to={to} aria-label={`${label}: ${text}`}>
            {text}
          </Link>
        ) : (
          text
        )}
      </dd>
    </div>
  );
}

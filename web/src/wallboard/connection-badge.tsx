import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { DELAYED_AFTER_MS } from '../../../src/shared/live.js';
import { formatClock } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { type Freshness, type LinkPhase, useBoardSource, useFreshness, useLink, useTicking } from '../live/index.js';

/** What the badge says: the link's trouble first, then the age of the data. Pure. */
export type BadgeLook = 'waiting' | 'live' | 'delayed' | 'reconnecting' | 'frozen' | 'unknown';

function lookOf(phase: LinkPhase, freshness: Freshness): BadgeLook {
  if (phase === 'unknown') return 'unknown';
  if (freshness === 'waiting') return phase === 'reconnecting' ? 'reconnecting' : 'waiting';
  if (freshness === 'frozen') return 'frozen';
  return phase === 'connected' ? freshness : 'reconnecting';
}

/** Connection and age in one place, by shape, colour and words. */
export function ConnectionBadge({ zone }: { zone: string | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { connection } = useBoardSource();
  const { phase } = useLink();
  const freshness = useFreshness();
  const ageSeconds = useTicking(
    useCallback(
      (now: number) => {
        const { asOf } = connection.state;
        return asOf === null ? null : Math.max(0, Math.floor((now - asOf) / 1_000));
      },
      [connection],
    ),
  );
  const look = lookOf(phase, freshness);
  const asOf = connection.state.asOf;
  const time = asOf !== null && zone ? formatClock(asOf, zone, language) : '—';
  const lost = phase !== 'connected';
  const age = ageSeconds ?? 0;
  const words = {
    waiting: t('wall.badge.waiting'),
    unknown: t('wall.badge.unknown'),
    live: t('wall.badge.live', { seconds: DELAYED_AFTER_MS / 1_000 }),
    delayed: t('wall.badge.delayed', { seconds: age }),
    reconnecting: ageSeconds === null ? t('wall.badge.unreachable') : t('wall.badge.reconnecting', { seconds: age }),
    frozen: lost ? t('wall.badge.frozenLost', { time }) : t('wall.badge.frozen', { time }),
  }[look];
  return (
    <span className="badge" data-look={look} data-phase={phase} data-age={ageSeconds ?? ''}>
      <svg className="badge__shape" viewBox="0 0 10 10" aria-hidden="true">
        {look === 'live' && <circle cx="5" cy="5" r="4" />}
        {look === 'waiting' && <circle cx="5" cy="5" r="3.4" fill="none" strokeWidth="1.4" stroke="currentColor" />}
        {(look === 'delayed' || look === 'reconnecting') && <path d="M5 .6 9.6 9.2H.4Z" />}
        {(look === 'frozen' || look === 'unknown') && <path d="M1.5 1h2.6v8H1.5zM5.9 1h2.6v8H5.9z" />}
      </svg>
      <span role="status">{words}</span>
    </span>
  );
}

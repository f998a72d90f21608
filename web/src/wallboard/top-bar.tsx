import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BoardHour, BoardMeta } from '../../../src/shared/live.js';
import { formatBusinessDate, formatClock, formatMinutes } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { unusualSilence, useBoardDerived, useBoardKey, useBoardSource, useTicking } from '../live/index.js';
import { ConnectionBadge } from './connection-badge.js';
import { expectedNow } from './hour-model.js';

export function TopBar() {
  const { t } = useTranslation();
  const language = useLanguage();
  const meta = useBoardKey<BoardMeta>('meta');
  return (
    <header className="top">
      <div className="top__name">
        <Link to="/">{meta?.name || t('wall.title')}</Link>
        <span className="small muted top__date">
          {meta ? formatBusinessDate(meta.businessDate, language) : '—'}
          <span className="top__zone"> · {meta?.timeZone ?? '—'}</span>
        </span>
      </div>
      <Silence meta={meta} />
      <ConnectionBadge zone={meta?.timeZone} />
      <Clock zone={meta?.timeZone} />
    </header>
  );
}

function Clock({ zone }: { zone: string | undefined }) {
  const language = useLanguage();
  const evaluate = useCallback(
    (now: number) => (zone ? formatClock(now, zone, language) : '--:--:--'),
    [zone, language],
  );
  const text = useTicking(evaluate);
  return (
    <time className="top__clock" aria-hidden="true">
      {text}
    </time>
  );
}

/** The phone system has said nothing for unusually long: the board is live, but what feeds it may be broken. */
function Silence({ meta }: { meta: BoardMeta | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { connection } = useBoardSource();
  const expected = useBoardDerived<BoardHour, number | null>(
    'hour:',
    useCallback((hours: BoardHour[]) => expectedNow(hours, connection.now()), [connection]),
  );
  const lastEventAt = meta?.lastEventAt ?? null;
  const evaluate = useCallback(
    (now: number) => {
      const silence = unusualSilence(lastEventAt, expected, now);
      return silence === null ? null : formatMinutes(silence, language);
    },
    [lastEventAt, expected, language],
  );
  const duration = useTicking(evaluate);
  if (duration === null) return <span />;
  return (
    <span className="top__silence small" role="status">
      ▲ {t('wall.silence', { duration })}
    </span>
  );
}

import { useCallback, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BoardHour, BoardMeta } from '../../../src/shared/live.js';
import { formatBusinessDate, formatClock, formatMinutes } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { unusualSilence, useBoardDerived, useBoardKey, useBoardSource, useTicking } from '../live/index.js';
import { ConnectionBadge } from './connection-badge.js';
import { DrillContext } from './drill-link.js';
import { expectedNow } from './hour-model.js';
import type { PageTurn } from './page-turn.js';

interface Props {
  name: string;
  turn?: PageTurn;
  pageCount?: number;
}

export function TopBar({ name, turn, pageCount = 1 }: Props) {
  const { t } = useTranslation();
  const leads = useContext(DrillContext);
  const language = useLanguage();
  const meta = useBoardKey<BoardMeta>('meta');
  return (
    <header className="top">
      <div className="top__name">
        {leads ? <Link to="/">{name || t('wall.title')}</Link> : <span>{name || t('wall.title')}</span>}
        <span className="small muted top__date">
          {meta ? formatBusinessDate(meta.businessDate, language) : '—'}
          <span className="top__zone"> · {meta?.timeZone ?? '—'}</span>
        </span>
      </div>
      <Silence meta={meta} />
      {turn && pageCount > 1 && <PageDots turn={turn} count={pageCount} />}
      <ConnectionBadge zone={meta?.timeZone} />
      <Clock zone={meta?.timeZone} />
    </header>
  );
}

/** Which of the pages this is; each dot leads to its page. */
function PageDots({ turn, count }: { turn: PageTurn; count: number }) {
  const { t } = useTranslation();
  return (
    <nav className="dots" aria-label={t('wall.page.pages')}>
      {Array.from({ length: count }, (_, index) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: a dot is its place
          key={index}
          type="button"
          className="dot"
          aria-label={t('wall.page.number', { number: index + 1 })}
          aria-current={index === turn.index ? 'page' : undefined}
          onClick={() => turn.turnTo(index)}
        />
      ))}
    </nav>
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

import { type CSSProperties, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BoardAgent, BoardMeta } from '../../../src/shared/live.js';
import { formatCount } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useBoardDerived, useBoardKey, useBoardSource, useTicking } from '../live/index.js';
import { callsPath } from './drill.js';
import { EmptyState } from './empty-state.js';
import { textEms } from './figure-model.js';
import { type Ranked, RankHistory, rankAgents } from './ranking.js';
import { useSize } from './use-size.js';

/** Smallest height of a row, in units of the board. */
const ROW_UNITS = 3.5;
const MOST_ROWS = 10;

const wholeMinute = (now: number): number => Math.floor(now / 60_000);

export function Leaderboard() {
  const { t } = useTranslation();
  const meta = useBoardKey<BoardMeta>('meta');
  const { connection } = useBoardSource();
  const ranking = useBoardDerived<BoardAgent, Ranked[]>('agent:', rankAgents);
  const [history] = useState(() => new RankHistory());
  // Also every minute, so that a movement is forgotten when its quarter of an hour is over and nothing else happens.
  const minute = useTicking(wholeMinute);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the minute is what makes it record again
  useEffect(() => history.record(ranking, connection.now()), [history, ranking, connection, minute]);
  const list = useRef<HTMLOListElement>(null);
  const size = useSize(list);
  const fitting = size ? Math.max(1, Math.min(MOST_ROWS, Math.floor(size.height / (size.unit * ROW_UNITS)))) : 0;
  const shown = ranking.slice(0, fitting);
  useSlide(list, shown);
  return (
    <section className="panel leaders" aria-label={t('wall.leaders.title')}>
      <header className="panel__head">
        <h2>{t('wall.leaders.title')}</h2>
        <span className="small muted">
          {t('wall.leaders.effective')} · {t('wall.leaders.connects')}
        </span>
      </header>
      <ol className="leaders__list" ref={list} style={{ '--rows': Math.max(1, fitting) } as CSSProperties}>
        {shown.map((entry) => (
          <LeaderRow key={entry.id} entry={entry} movement={history.movement(entry)} meta={meta} />
        ))}
      </ol>
      {shown.length === 0 && <EmptyState what={t('wall.leaders.empty')} how={null} />}
    </section>
  );
}

function LeaderRow({ entry, movement, meta }: { entry: Ranked; movement: number; meta: BoardMeta | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const agent = useBoardKey<BoardAgent>(`agent:${entry.id}`);
  const best = useBoardDerived<BoardAgent, number>('agent:', mostEffective);
  if (!agent) return null;
  const share = best > 0 ? agent.effective / best : 0;
  return (
    <li className="leader" data-agent={agent.id} data-rank={entry.rank} style={{ '--share': share } as CSSProperties}>
      <Link to={callsPath(meta, { direction: 'outbound', agent: agent.id })}>
        <span className="leader__rank">{entry.rank}</span>
        <span className="leader__name">
          <span style={{ '--ems': textEms(agent.name) } as CSSProperties}>{agent.name}</span>
        </span>
        <Movement by={movement} label={t('wall.leaders.moved', { count: movement })} />
        <span className="leader__main" data-measure="effective" data-value={agent.effective}>
          {formatCount(agent.effective, language)}
        </span>
        <span className="leader__side muted" data-measure="connects" data-value={agent.connects}>
          {formatCount(agent.connects, language)}
        </span>
      </Link>
    </li>
  );
}

function mostEffective(agents: BoardAgent[]): number {
  return agents.reduce((most, agent) => Math.max(most, agent.effective), 0);
}

function Movement({ by, label }: { by: number; label: string }) {
  if (by === 0) return <span className="leader__move" />;
  return (
    <span className="leader__move small trend" data-trend={by > 0 ? 'up' : 'down'}>
      <span aria-hidden="true">
        {by > 0 ? '▲' : '▼'}
        {Math.abs(by)}
      </span>
      <span className="sr-only">{label}</span>
    </span>
  );
}

/** A row whose place changed slides there from where it was. Its numbers have changed already. */
function useSlide(list: React.RefObject<HTMLOListElement | null>, shown: Ranked[]): void {
  const before = useRef(new Map<number, number>());
  const places = shown.map((entry) => entry.id).join(',');
  const slide = useCallback(() => {
    const rows = list.current?.children ?? [];
    const height = rows[0]?.getBoundingClientRect().height ?? 0;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const after = new Map<number, number>();
    Array.from(rows).forEach((row, place) => {
      const id = Number((row as HTMLElement).dataset.agent);
      const was = before.current.get(id);
      after.set(id, place);
      if (was === undefined || was === place || still) return;
      row.animate([{ transform: `translateY(${(was - place) * height}px)` }, { transform: 'none' }], {
        duration: 600,
        easing: 'cubic-bezier(.2,.8,.2,1)',
      });
    });
    before.current = after;
  }, [list]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of places may start a slide
  useLayoutEffect(slide, [slide, places]);
}

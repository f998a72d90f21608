import { type CSSProperties, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeaderboardTile as LeaderboardTileSpec } from '../../../src/shared/boards.js';
import type { BoardAgent } from '../../../src/shared/live.js';
import type { FigurePart } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useBoardDerived, useBoardKey, useBoardSource, useTicking } from '../live/index.js';
import { useCallsPath } from './drill.js';
import { DrillLink } from './drill-link.js';
import { EmptyState } from './empty-state.js';
import { figureParts, figureText, textEms } from './figure-model.js';
import { formOf } from './kpi-forms.js';
import { useKpiName } from './kpi-name.js';
import { useRankHistory } from './rank-memory.js';
import { type Ranked, type RankHistory, type RankRule, rankAgents, resultOf } from './ranking.js';
import { useSize } from './use-size.js';

/** Smallest height of a row, in units of the board. */
const ROW_UNITS = 3.5;

const wholeMinute = (now: number): number => Math.floor(now / 60_000);

export function Leaderboard({ tile }: { tile: LeaderboardTileSpec }) {
  const { t } = useTranslation();
  const nameOf = useKpiName();
  const { kpi, second, top } = tile.options;
  const rule = useMemo(() => ruleOf(kpi, second), [kpi, second]);
  const ranking = useBoardDerived<BoardAgent, Ranked[]>(
    'agent:',
    useCallback((agents: BoardAgent[]) => rankAgents(agents, rule), [rule]),
  );
  const history = useRecordedRanks(rule, ranking);
  const list = useRef<HTMLOListElement>(null);
  const size = useSize(list);
  const fitting = size ? Math.max(1, Math.min(top, Math.floor(size.height / (size.unit * ROW_UNITS)))) : 0;
  const shown = ranking.slice(0, fitting);
  useSlide(list, shown);
  const title = tile.title ?? t('wall.leaders.title');
  return (
    <section className="panel leaders" aria-label={title}>
      <header className="panel__head">
        <h2>{title}</h2>
        <span className="small muted leaders__what">
          {nameOf(kpi)}
          {second && ` · ${nameOf(second)}`}
        </span>
      </header>
      <ol className="leaders__list" ref={list} style={{ '--rows': Math.max(1, fitting) } as CSSProperties}>
        {shown.map((entry) => (
          <LeaderRow key={entry.id} entry={entry} movement={history.movement(entry)} rule={rule} />
        ))}
      </ol>
      {shown.length === 0 && <EmptyState what={t('wall.leaders.empty', { kpi: nameOf(kpi) })} how={null} />}
    </section>
  );
}

function ruleOf(kpi: string, second: string | null): RankRule {
  const isSecondLessBetter = second !== null && formOf(second).isLessBetter;
  return { kpi, isLessBetter: formOf(kpi).isLessBetter, second, isSecondLessBetter };
}

function useRecordedRanks(rule: RankRule, ranking: Ranked[]): RankHistory {
  const { connection } = useBoardSource();
  const history = useRankHistory(`${rule.kpi}/${rule.second ?? ''}`);
  // Also every minute, so that a movement is forgotten when its quarter of an hour is over and nothing else happens.
  const minute = useTicking(wholeMinute);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the minute is what makes it record again
  useEffect(() => history.record(ranking, connection.now()), [history, ranking, connection, minute]);
  return history;
}

function LeaderRow({ entry, movement, rule }: { entry: Ranked; movement: number; rule: RankRule }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const callsPath = useCallsPath();
  const agent = useBoardKey<BoardAgent>(`agent:${entry.id}`);
  const most = useBoardDerived<BoardAgent, number>(
    'agent:',
    useCallback((agents: BoardAgent[]) => mostOf(agents, rule.kpi), [rule.kpi]),
  );
  if (!agent) return null;
  const value = resultOf(agent, rule.kpi);
  const share = most > 0 && value !== null ? value / most : 0;
  // A board may keep names to itself: then the team says at least where to look.
  const name = agent.name || agent.team;
  return (
    <li className="leader" data-agent={agent.id} data-rank={entry.rank} style={{ '--share': share } as CSSProperties}>
      <DrillLink to={callsPath({ agent: agent.id })}>
        <span className="leader__rank">{entry.rank}</span>
        <span className="leader__name" data-nameless={agent.name === '' || undefined}>
          <span style={{ '--ems': textEms(name) } as CSSProperties}>{name}</span>
        </span>
        <Movement by={movement} label={t('wall.leaders.moved', { count: movement })} />
        <span className="leader__main" data-measure={rule.kpi} data-value={value ?? ''}>
          <Parts parts={figureParts(formOf(rule.kpi).kind, agent.values[rule.kpi], language)} />
        </span>
        {rule.second !== null && (
          <span
            className="leader__side muted"
            data-measure={rule.second}
            data-value={resultOf(agent, rule.second) ?? ''}
          >
            {figureText(formOf(rule.second).kind, agent.values[rule.second], language)}
          </span>
        )}
      </DrillLink>
    </li>
  );
}

/** The unit smaller than the digits, so that the name has room. */
function Parts({ parts }: { parts: FigurePart[] }) {
  return parts.map((part, index) => (
    // The pieces of one figure have no identity beyond their place.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <span key={index} className={`leader__${part.kind}`}>
      {part.text}
      {part.kind === 'unit' && index < parts.length - 1 && ' '}
    </span>
  ));
}

function mostOf(agents: BoardAgent[], kpi: string): number {
  return agents.reduce((most, agent) => Math.max(most, resultOf(agent, kpi) ?? 0), 0);
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

import type { TFunction } from 'i18next';
import { type CSSProperties, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeaderboardMode, LeaderboardTile as LeaderboardTileSpec } from '../../../src/shared/boards.js';
import type { BoardAgent, BoardPlaces } from '../../../src/shared/live.js';
import type { FigurePart } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useBoardDerived, useBoardKey, useBoardSource, useTicking } from '../live/index.js';
import { countsOutcomes, useCallsPath } from './drill.js';
import { DrillLink } from './drill-link.js';
import { EmptyState } from './empty-state.js';
import { figureParts, figureText, textEms } from './figure-model.js';
import { formOf } from './kpi-forms.js';
import { useKpiName } from './kpi-name.js';
import { useRankHistory } from './rank-memory.js';
import { type Ranked, type RankHistory, type RankRule, rankAgents, resultOf, scoreOf } from './ranking.js';
import { useSize } from './use-size.js';

/** Smallest height of a row, in units of the board. */
const ROW_UNITS = 3.5;

const wholeMinute = (now: number): number => Math.floor(now / 60_000);

export function Leaderboard({ tile }: { tile: LeaderboardTileSpec }) {
  const { t } = useTranslation();
  const nameOf = useKpiName();
  const { kpi, second, top, mode = 'value' } = tile.options;
  const rule = useMemo(() => ruleOf(kpi, second, mode), [kpi, second, mode]);
  const fair = useBoardKey<BoardPlaces | null>(`places:${kpi}`);
  const byValue = useBoardDerived<BoardAgent, Ranked[]>(
    'agent:',
    useCallback((agents: BoardAgent[]) => rankAgents(agents, rule), [rule]),
  );
  const places = mode === 'fair' ? (fair ?? null) : null;
  const ranking = places?.places ?? byValue;
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
          {mode === 'target' && ` · ${t('wall.leaders.ofTarget')}`}
          {places && ` · ${t('wall.leaders.fair')}`}
          {second && ` · ${nameOf(second)}`}
        </span>
      </header>
      <ol className="leaders__list" ref={list} style={{ '--rows': Math.max(1, fitting) } as CSSProperties}>
        {shown.map((entry) => (
          <LeaderRow
            key={entry.id}
            entry={entry}
            movement={history.movement(entry)}
            rule={rule}
            estimate={places?.places.find(({ id }) => id === entry.id) ?? null}
          />
        ))}
      </ol>
      {places !== null && places.waiting > 0 && (
        <p className="small muted leaders__waiting">{t('wall.leaders.waiting', { count: places.waiting })}</p>
      )}
      {shown.length === 0 && !(places && places.waiting > 0) && (
        <EmptyState what={emptyText(mode, nameOf(kpi), t)} how={null} />
      )}
    </section>
  );
}

function emptyText(mode: LeaderboardMode, kpi: string, t: TFunction): string {
  return mode === 'target' ? t('wall.leaders.emptyTarget', { kpi }) : t('wall.leaders.empty', { kpi });
}

function ruleOf(kpi: string, second: string | null, mode: LeaderboardMode): RankRule {
  const isSecondLessBetter = second !== null && formOf(second).isLessBetter;
  const by = mode === 'target' ? 'target' : 'value';
  return { kpi, isLessBetter: formOf(kpi).isLessBetter, second, isSecondLessBetter, mode: by };
}

function useRecordedRanks(rule: RankRule, ranking: Ranked[]): RankHistory {
  const { connection } = useBoardSource();
  const history = useRankHistory(`${rule.kpi}/${rule.second ?? ''}/${rule.mode}`);
  // Also every minute, so that a movement is forgotten when its quarter of an hour is over and nothing else happens.
  const minute = useTicking(wholeMinute);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the minute is what makes it record again
  useEffect(() => history.record(ranking, connection.now()), [history, ranking, connection, minute]);
  return history;
}

interface RowProps {
  entry: Ranked;
  movement: number;
  rule: RankRule;
  /** What the rate probably is, where that decides. */
  estimate: { value: number; low: number; high: number } | null;
}

function LeaderRow({ entry, movement, rule, estimate }: RowProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const callsPath = useCallsPath();
  const agent = useBoardKey<BoardAgent>(`agent:${entry.id}`);
  const most = useBoardDerived<BoardAgent, number>(
    'agent:',
    useCallback((agents: BoardAgent[]) => mostOf(agents, rule), [rule]),
  );
  if (!agent) return null;
  const value = estimate?.value ?? scoreOf(agent, rule);
  const shown = estimate?.value ?? (rule.mode === 'target' ? value : agent.values[rule.kpi]);
  const kind = rule.mode === 'target' ? 'fraction' : formOf(rule.kpi).kind;
  const share = most > 0 && value !== null ? value / most : 0;
  // What somebody sold is behind a place by sales; who sold nothing yet, or has a place by calls, opens their calls.
  const { opens } = formOf(rule.kpi);
  const measure = opens !== null && countsOutcomes(opens) && share > 0 ? { measure: opens } : {};
  // A board may keep names to itself: then the team says at least where to look.
  const name = agent.name || agent.team;
  return (
    <li className="leader" data-agent={agent.id} data-rank={entry.rank} style={{ '--share': share } as CSSProperties}>
      <DrillLink to={callsPath({ agent: agent.id, ...measure })}>
        <span className="leader__rank">{entry.rank}</span>
        <span className="leader__name" data-nameless={agent.name === '' || undefined}>
          <span style={{ '--ems': textEms(name) } as CSSProperties}>{name}</span>
        </span>
        <Movement by={movement} label={t('wall.leaders.moved', { count: movement })} />
        <span className="leader__main" data-measure={rule.kpi} data-value={value ?? ''}>
          <Parts parts={figureParts(kind, shown, language)} />
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

function mostOf(agents: BoardAgent[], rule: RankRule): number {
  return agents.reduce((most, agent) => Math.max(most, scoreOf(agent, rule) ?? 0), 0);
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

import { type CSSProperties, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FloorTile as FloorTileSpec } from '../../../src/shared/boards.js';
import type { AgentActivity, BoardAgent, BoardMeta } from '../../../src/shared/live.js';
import { formatCount, formatStopwatch } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { freshnessOf, useBoardDerived, useBoardKey, useBoardSource } from '../live/index.js';
import { ActivityShape } from './activity-shape.js';
import { useCallsPath } from './drill.js';
import { DrillLink } from './drill-link.js';
import { EmptyState } from './empty-state.js';
import {
  attentionOf,
  CROWD,
  countActivities,
  FEW,
  type FloorGrid,
  floorGrid,
  floorOrder,
  namedActivities,
  stepOf,
  usualNameEms,
} from './floor-model.js';
import { useSize } from './use-size.js';

/** Below this width the counts stand without their words; the shapes explain themselves in the cells. */
const NARROW_UNITS = 55;

/** The whole floor, one cell an agent, whether one sits there or three hundred. */
export function Floor({ tile }: { tile: FloorTileSpec }) {
  const { t } = useTranslation();
  const title = tile.title ?? t('wall.floor.title');
  const meta = useBoardKey<BoardMeta>('meta');
  const order = useBoardDerived<BoardAgent, number[]>('agent:', floorOrder);
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const nameEms = useBoardDerived<BoardAgent, number>('agent:', usualNameEms);
  const gap = size ? gapOf(order.length, size.unit) : 0;
  const most = (size?.unit ?? 0) * (order.length <= FEW ? 2.3 : 1.5);
  const grid = size && size.height > 0 ? floorGrid(order.length, { ...size, gap }, most, nameEms) : null;
  return (
    <section
      className="panel floor"
      aria-label={title}
      data-crowd={order.length > CROWD ? 'large' : 'normal'}
      data-narrow={size !== null && size.width < size.unit * NARROW_UNITS}
    >
      <header className="panel__head">
        <h2>{title}</h2>
        <Counts />
      </header>
      <div className="floor__box" ref={box}>
        {order.length === 0 && <EmptyState what={t('wall.floor.empty')} how={meta ? t('wall.emptyHow') : null} />}
        {grid && order.length > 0 && (
          <ul className="floor__grid" style={gridStyle(grid, gap)} data-detail={grid.detail}>
            {order.map((id) => (
              <AgentCell key={id} id={id} withWord={grid.detail === 'word'} />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function gapOf(count: number, unit: number): number {
  return count > CROWD ? unit * 0.18 : unit * 0.4;
}

function gridStyle(grid: FloorGrid, gap: number): CSSProperties {
  return {
    gridTemplateColumns: `repeat(${grid.columns}, ${grid.cellWidth}px)`,
    gridAutoRows: `${grid.cellHeight}px`,
    gap: `${gap}px`,
    fontSize: `${grid.type}px`,
  };
}

/** The legend that also counts: what each shape means and how many there are. */
function Counts() {
  const { t } = useTranslation();
  const language = useLanguage();
  const counts = useBoardDerived<BoardAgent, Record<AgentActivity, number>>('agent:', countActivities);
  return (
    <span className="counts">
      {namedActivities(counts).map((activity) => (
        <span key={activity} className="count" data-activity={activity} data-value={counts[activity]}>
          <ActivityShape activity={activity} />
          <span className="small">{t(`wall.activity.${activity}`)}</span>
          <b>{formatCount(counts[activity], language)}</b>
        </span>
      ))}
    </span>
  );
}

function AgentCell({ id, withWord }: { id: number; withWord: boolean }) {
  const { t } = useTranslation();
  const callsPath = useCallsPath();
  const agent = useBoardKey<BoardAgent>(`agent:${id}`);
  const cell = useRef<HTMLLIElement>(null);
  if (!agent) return null;
  const word = t(`wall.activity.${agent.activity}`);
  return (
    <li ref={cell} className="cell" data-agent={id} data-activity={agent.activity}>
      <DrillLink to={callsPath({ agent: id })} title={[agent.name, agent.team, word].filter(Boolean).join(' · ')}>
        <ActivityShape activity={agent.activity} />
        <span className="cell__name">{agent.name}</span>
        <span className={withWord ? 'cell__word' : 'sr-only'}>{word}</span>
        {/* For how long somebody has been away is nobody's news. */}
        <TimeInState activity={agent.activity} since={agent.activity === 'offline' ? null : agent.since} />
      </DrillLink>
    </li>
  );
}

/** Counts up every second; writes the text itself, because three hundred renders a second would be a waste. */
function TimeInState({ activity, since }: { activity: AgentActivity; since: number | null }) {
  const { ticker, connection } = useBoardSource();
  const element = useRef<HTMLSpanElement>(null);
  const thresholds = useBoardKey<BoardMeta>('meta')?.thresholds;
  useLayoutEffect(() => {
    if (since === null) {
      const span = element.current;
      if (span) span.textContent = '';
      span?.closest<HTMLElement>('.cell')?.removeAttribute('data-step');
      return;
    }
    return ticker.add((now) => {
      const span = element.current;
      if (!span) return;
      // Nobody knows whether the agent is still doing it when the board is frozen: the time stops with the data.
      const { asOf } = connection.state;
      const until = asOf !== null && freshnessOf(asOf, now) === 'frozen' ? asOf : now;
      span.textContent = formatStopwatch(until - since);
      span.dataset.attention = attentionOf(activity, until - since, thresholds);
      const cell = span.closest<HTMLElement>('.cell');
      if (cell) cell.dataset.step = String(stepOf(activity, until - since, thresholds).step);
    });
  }, [ticker, connection, activity, since, thresholds]);
  return <span ref={element} className="cell__time" data-since={since ?? ''} />;
}

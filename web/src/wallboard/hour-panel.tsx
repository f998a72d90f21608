import { useCallback, useContext, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { BoardTheme, HoursTile as HoursTileSpec } from '../../../src/shared/boards.js';
import type { BoardHour, BoardMeta, BoardTarget } from '../../../src/shared/live.js';
import { ColumnChart, type ColumnChartSpec } from '../charts/index.js';
import { formatCount, formatHour, type Language } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useBoardDerived, useBoardKey, useTicking } from '../live/index.js';
import { useCallsPath } from './drill.js';
import { DrillContext } from './drill-link.js';
import { EmptyState } from './empty-state.js';
import { type HourColumn, hourColumns, towardsTarget } from './hour-model.js';
import { CHART_PALETTE, type ChartPalette } from './palette.js';
import { useSize } from './use-size.js';

const sameHours = (hours: BoardHour[]): BoardHour[] => hours;
const HOUR_MS = 3_600_000;

/** Today's hours: dials with the connects inside them, the rest of the day hollow, what is usual behind. */
export function HourPanel({ tile, theme }: { tile: HoursTileSpec; theme: BoardTheme }) {
  const { t } = useTranslation();
  const leads = useContext(DrillContext);
  const callsPath = useCallsPath();
  const title = tile.title ?? t('wall.hours.title');
  const language = useLanguage();
  const navigate = useNavigate();
  const meta = useBoardKey<BoardMeta>('meta');
  const hours = useBoardDerived<BoardHour, BoardHour[]>('hour:', sameHours);
  const hourNow = useTicking(useCallback((now: number) => Math.floor(now / 900_000) * 900_000, []));
  const target = useBoardKey<BoardTarget>('target:dials')?.target ?? null;
  const columns = useMemo(() => hourColumns(towardsTarget(hours, target), hourNow), [hours, hourNow, target]);
  const plot = useRef<HTMLDivElement>(null);
  const size = useSize(plot);
  const zone = meta?.timeZone ?? 'UTC';
  const spec = useMemo(
    () => chartSpec(columns, zone, language, CHART_PALETTE[theme], (size?.unit ?? 16) * 1.5),
    [columns, zone, language, theme, size?.unit],
  );
  const hasCalls = columns.some((column) => column.dials > 0 || (column.expectedDials ?? 0) > 0);
  const open = (index: number) => {
    const column = columns[index];
    if (column && leads)
      void navigate(callsPath({ measure: 'dials' }, { dayStart: column.start, dayEnd: column.start + HOUR_MS }));
  };
  return (
    <section className="panel hours" aria-label={title}>
      <header className="panel__head">
        <h2>{title}</h2>
        <span className="legend small muted" aria-hidden="true">
          <i className="swatch swatch--dials" /> {t('wall.kpi.dials')}
          <i className="swatch swatch--connects" /> {t('wall.kpi.connects')}
          {columns.some((column) => column.expectedDials !== null) && (
            <>
              <i className="swatch swatch--usual" /> {t(target === null ? 'wall.hours.usual' : 'wall.hours.expected')}
            </>
          )}
        </span>
      </header>
      <div className="hours__plot" ref={plot}>
        {hasCalls ? (
          <ColumnChart spec={spec} label={t('wall.hours.description')} onSelect={open} />
        ) : (
          <EmptyState what={t('wall.hours.empty')} how={meta ? t('wall.emptyHow') : null} />
        )}
      </div>
      {hasCalls && <HourTable columns={columns} zone={zone} language={language} />}
    </section>
  );
}

/** The chart's numbers for those who cannot see it. */
function HourTable({ columns, zone, language }: { columns: HourColumn[]; zone: string; language: Language }) {
  const { t } = useTranslation();
  return (
    <div className="sr-only">
      <table>
        <caption>{t('wall.hours.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('wall.hours.hour')}</th>
            <th scope="col">{t('wall.kpi.dials')}</th>
            <th scope="col">{t('wall.kpi.connects')}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={column.start} data-hour={column.start} data-dials={column.dials} data-connects={column.connects}>
              <th scope="row">{formatHour(column.start, zone)}:00</th>
              <td>{formatCount(column.dials, language)}</td>
              <td>{formatCount(column.connects, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function chartSpec(
  columns: HourColumn[],
  zone: string,
  language: Language,
  palette: ChartPalette,
  fontPx: number,
): ColumnChartSpec {
  const passed = (value: (column: HourColumn) => number) =>
    columns.map((column) => (column.phase === 'future' ? null : value(column)));
  const current = columns.findIndex((column) => column.phase === 'now');
  return {
    categories: columns.map((column) => formatHour(column.start, zone)),
    series: [
      {
        kind: 'bar',
        values: columns.map((column) => (column.phase === 'future' ? column.expectedDials : null)),
        fill: 'transparent',
        stroke: palette.hollow,
      },
      {
        kind: 'bar',
        values: passed((column) => column.dials),
        fill: palette.dials,
        labels: columns.map((column) =>
          column.phase === 'future' || column.dials === 0 ? '' : formatCount(column.dials, language),
        ),
        labelColour: palette.label,
        labelGround: palette.panel,
      },
      { kind: 'bar', values: passed((column) => column.connects), fill: palette.connects },
      {
        kind: 'band',
        values: columns.map((column) => column.expectedDials),
        fill: palette.band,
        stroke: palette.bandLine,
      },
    ],
    current: current < 0 ? null : current,
    axisColour: palette.axis,
    currentColour: palette.current,
    fontPx,
  };
}

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { KpiReport } from '../../../src/shared/api.js';
import type { BoardDefinition, BoardTile, LiveBoard } from '../../../src/shared/boards.js';
import type { BoardAgent, BoardHour, BoardMeta } from '../../../src/shared/live.js';
import { getKpisOfDay, sessionIsOver } from '../api/index.js';
import { BoardConnection, type BoardSource, Ticker } from '../live/index.js';
import { PreviewFeed } from './preview-store.js';

const EXTRA_EVERY_MS = 5_000;

/** A source for drawing the draft of a board with real figures; null before the connection is made. */
export function usePreview(id: string): { source: BoardSource; feed: PreviewFeed } | null {
  const [preview, setPreview] = useState<{ source: BoardSource; feed: PreviewFeed } | null>(null);
  useEffect(() => {
    const connection = new BoardConnection(`board:${id}`, sessionIsOver);
    const feed = new PreviewFeed(connection);
    setPreview({ feed, source: { connection: feed, ticker: new Ticker(() => connection.now()) } });
    connection.open();
    return () => connection.close();
  }, [id]);
  return preview;
}

/** What the draft asks for and the live state of the saved board does not hold. */
export interface Wanted {
  figures: string[];
  ranked: string[];
  hours: boolean;
}

export function wantedOf(draft: BoardDefinition, saved: LiveBoard | undefined): Wanted {
  const of = (pages: BoardDefinition['pages'] | undefined): BoardTile[] => (pages ?? []).flatMap(({ tiles }) => tiles);
  const [now, then] = [of(draft.pages), of(saved?.pages)];
  const figures = (tiles: BoardTile[]) => tiles.flatMap((tile) => (tile.kind === 'figure' ? tile.options.kpi : []));
  const ranked = (tiles: BoardTile[]) =>
    tiles.flatMap((tile) =>
      tile.kind === 'leaderboard' ? [tile.options.kpi, ...(tile.options.second ? [tile.options.second] : [])] : [],
    );
  const missing = (wanted: string[], held: string[]) => [...new Set(wanted)].filter((id) => !held.includes(id)).sort();
  const hasHours = (tiles: BoardTile[]) => tiles.some(({ kind }) => kind === 'hours');
  return {
    figures: missing(figures(now), figures(then)),
    ranked: missing(ranked(now), ranked(then)),
    hours: hasHours(now) && !hasHours(then),
  };
}

/** Fetches what is wanted every few seconds, as long as anything is. */
export function useExtraFigures(
  feed: PreviewFeed,
  wanted: Wanted,
  meta: BoardMeta | undefined,
  teams: number[] | null,
) {
  const isWanted = wanted.figures.length > 0 || wanted.ranked.length > 0 || wanted.hours;
  const day = meta ? { from: new Date(meta.dayStart).toISOString(), to: new Date(meta.dayEnd).toISOString() } : null;
  const { data } = useQuery({
    queryKey: ['boards', 'preview', wanted, day, teams],
    enabled: isWanted && day !== null,
    refetchInterval: EXTRA_EVERY_MS,
    queryFn: async () => extraOf(wanted, day ?? { from: '', to: '' }, teams),
  });
  useEffect(() => feed.store.setExtra(isWanted && data ? data : new Map()), [feed, data, isWanted]);
}

type Day = { from: string; to: string };

async function extraOf(wanted: Wanted, day: Day, teams: number[] | null): Promise<Map<string, unknown>> {
  const extra = new Map<string, unknown>();
  if (wanted.figures.length > 0) {
    const { totals } = await getKpisOfDay({ ...day, groupBy: 'organisation', kpis: wanted.figures, teams });
    for (const [id, value] of Object.entries(totals)) extra.set(`kpi:${id}`, value);
  }
  if (wanted.ranked.length > 0) {
    const kpis = [...new Set([...wanted.ranked, 'dials', 'connects', 'inbound_answered'])];
    const { rows } = await getKpisOfDay({ ...day, groupBy: 'agent', kpis, teams });
    for (const row of rows) if (row.key !== '0') extra.set(`agent:${row.key}`, agentOf(row));
  }
  if (wanted.hours) {
    const { rows } = await getKpisOfDay({ ...day, groupBy: 'hour', kpis: ['dials', 'connects'], teams });
    for (const row of rows) {
      const hour = hourOf(row);
      extra.set(`hour:${hour.start}`, hour);
    }
  }
  return extra;
}

type Row = KpiReport['rows'][number];

const numberOf = (row: Row, kpi: string): number => {
  const value = row.values[kpi];
  return typeof value === 'number' ? value : 0;
};

function agentOf(row: Row): BoardAgent {
  return {
    id: Number(row.key),
    name: row.label,
    team: '',
    ranked: true,
    isNew: false,
    activity: 'absent',
    since: null,
    dials: numberOf(row, 'dials'),
    connects: numberOf(row, 'connects'),
    effective: 0,
    talkSeconds: 0,
    connectRate: null,
    inboundAnswered: numberOf(row, 'inbound_answered'),
    values: row.values,
    attainment: {},
  };
}

function hourOf(row: Row): BoardHour {
  return {
    start: Date.parse(row.key),
    dials: numberOf(row, 'dials'),
    connects: numberOf(row, 'connects'),
    effective: 0,
    talkSeconds: 0,
    expectedDials: null,
  };
}

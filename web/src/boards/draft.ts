import {
  BOARD_LIMITS,
  type BoardDefinition,
  type BoardPage,
  type BoardTile,
  type BoardView,
  GRID_COLUMNS,
  GRID_ROWS,
  TILE_MIN,
  type TileKind,
} from '../../../src/shared/boards.js';
import { freePlace, type Ground, type Rect, type Size } from './arrange.js';

/** A board while it is being arranged: its present form, and what was before and after it. Pure. */

export const GROUND: Ground<BoardTile> = {
  columns: GRID_COLUMNS,
  rows: GRID_ROWS,
  leastOf: ({ kind }) => TILE_MIN[kind],
};

/** What somebody arranges, without what the server adds. */
export function definitionOf(view: BoardView): BoardDefinition {
  const { id: _id, revision: _revision, updatedAt: _updatedAt, ...definition } = view;
  return definition;
}

export interface Draft {
  past: readonly BoardDefinition[];
  now: BoardDefinition;
  future: readonly BoardDefinition[];
  /** What the last change was about: further ones about the same are one step to undo. */
  about: string | null;
}

const STEPS_MAX = 100;

export function draftOf(now: BoardDefinition): Draft {
  return { past: [], now, future: [], about: null };
}

/** @param about e.g. "name": typing a word is one step; null = always a step of its own */
export function changed(draft: Draft, now: BoardDefinition, about: string | null = null): Draft {
  if (now === draft.now) return draft;
  const continues = about !== null && about === draft.about && draft.past.length > 0;
  const past = continues ? draft.past : [...draft.past, draft.now].slice(-STEPS_MAX);
  return { past, now, future: [], about };
}

export function undone(draft: Draft): Draft {
  const before = draft.past.at(-1);
  if (!before) return draft;
  return { past: draft.past.slice(0, -1), now: before, future: [draft.now, ...draft.future], about: null };
}

export function redone(draft: Draft): Draft {
  const [next, ...future] = draft.future;
  return next ? { past: [...draft.past, draft.now], now: next, future, about: null } : draft;
}

/** The definition with the tiles of one page replaced. */
export function withTiles(board: BoardDefinition, pageId: string, tiles: BoardTile[]): BoardDefinition {
  return { ...board, pages: board.pages.map((page) => (page.id === pageId ? { ...page, tiles } : page)) };
}

export function withTile(board: BoardDefinition, tile: BoardTile): BoardDefinition {
  const put = (page: BoardPage): BoardPage => ({
    ...page,
    tiles: page.tiles.map((one) => (one.id === tile.id ? tile : one)),
  });
  return {
    ...board,
    pages: board.pages.map((page) => (page.tiles.some(({ id }) => id === tile.id) ? put(page) : page)),
  };
}

export function withoutTile(board: BoardDefinition, id: string): BoardDefinition {
  return {
    ...board,
    pages: board.pages.map((page) => ({ ...page, tiles: page.tiles.filter((tile) => tile.id !== id) })),
  };
}

/** "page-1", "figure-2", …: the first that is not taken. */
export function freeId(stem: string, taken: readonly string[]): string {
  const used = new Set(taken);
  for (let number = 1; ; number++) if (!used.has(`${stem}-${number}`)) return `${stem}-${number}`;
}

const WISHES: Record<TileKind, Size> = {
  figure: { w: 11, h: 7 },
  hours: { w: 15, h: 12 },
  leaderboard: { w: 15, h: 14 },
  floor: { w: 33, h: 12 },
  ticker: { w: 15, h: 8 },
  clock: { w: 11, h: 6 },
  text: { w: 15, h: 6 },
};

/** A new tile in the first free place; null when the page has no room or holds as many as it may. */
export function newTile(board: BoardDefinition, pageId: string, kind: TileKind, text: string): BoardTile | null {
  const page = board.pages.find(({ id }) => id === pageId);
  if (!page || page.tiles.length >= BOARD_LIMITS.tiles) return null;
  const place = freePlace(page.tiles, WISHES[kind], TILE_MIN[kind], GROUND);
  if (!place) return null;
  const id = freeId(
    kind,
    board.pages.flatMap(({ tiles }) => tiles.map((tile) => tile.id)),
  );
  return tileOf(kind, id, place, text);
}

function tileOf(kind: TileKind, id: string, place: Rect, text: string): BoardTile {
  const base = { id, ...place, title: null };
  switch (kind) {
    case 'figure':
      return { ...base, kind, options: { kpi: 'dials', usual: true, target: null } };
    case 'leaderboard':
      return { ...base, kind, options: { kpi: 'effective', second: 'connects', top: 10 } };
    case 'clock':
      return { ...base, kind, options: { date: true } };
    case 'text':
      return { ...base, kind, options: { text, size: 'label' } };
    default:
      return { ...base, kind, options: {} };
  }
}

export function addPage(board: BoardDefinition): { board: BoardDefinition; id: string } | null {
  if (board.pages.length >= BOARD_LIMITS.pages) return null;
  const id = freeId(
    'page',
    board.pages.map((page) => page.id),
  );
  return { id, board: { ...board, pages: [...board.pages, { id, tiles: [] }] } };
}

export function withoutPage(board: BoardDefinition, id: string): BoardDefinition {
  return board.pages.length > 1 ? { ...board, pages: board.pages.filter((page) => page.id !== id) } : board;
}

/** A page one place further to the left (−1) or right (1). */
export function movedPage(board: BoardDefinition, id: string, by: -1 | 1): BoardDefinition {
  const from = board.pages.findIndex((page) => page.id === id);
  const to = from + by;
  const pages = [...board.pages];
  const [page] = pages.splice(from, 1);
  if (!page || to < 0 || to >= board.pages.length) return board;
  pages.splice(to, 0, page);
  return { ...board, pages };
}

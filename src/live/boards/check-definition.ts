/** A board somebody sent, checked against every rule; each error names the tile and the field. */
import type { z } from 'zod';
import { AVAILABLE_KPI_IDS } from '../../kpi/catalog/index.js';
import { AppError } from '../../platform/index.js';
import { BoardCreateSchema, BoardUpdateSchema } from '../../shared/board-schema.js';
import {
  type BoardCreate,
  type BoardDefinition,
  type BoardTile,
  type BoardUpdate,
  DEFAULT_BOARD,
  GRID_COLUMNS,
  GRID_ROWS,
} from '../../shared/boards.js';

/** Addresses the web and the API use themselves. */
const RESERVED = new Set(['new', 'watch', 'edit']);

export function readBoardCreate(body: unknown): BoardCreate {
  const board = parse(BoardCreateSchema, body);
  if (board.id !== undefined && RESERVED.has(board.id))
    throw invalid('id', 'this address is used by Tallyboard itself');
  requireName(board);
  requireKpis(board);
  return board;
}

export function readBoardUpdate(id: string, body: unknown): BoardUpdate {
  const board = parse(BoardUpdateSchema, body);
  if (id !== DEFAULT_BOARD) requireName(board);
  requireKpis(board);
  return board;
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw issue === undefined ? invalid('body', 'not valid') : errorOf(issue, body);
}

function requireName({ name }: BoardDefinition): void {
  if (name === '') throw invalid('name', 'give the board a name');
}

function requireKpis({ pages }: BoardDefinition): void {
  for (const [page, { tiles }] of pages.entries()) {
    for (const [place, tile] of tiles.entries()) {
      for (const { id, option } of kpisOf(tile)) {
        if (AVAILABLE_KPI_IDS.includes(id)) continue;
        const field = `pages.${page}.tiles.${place}.options.${option}`;
        throw new AppError('board_kpi_unknown', { field, params: { tile: tile.id, id } });
      }
    }
  }
}

function kpisOf(tile: BoardTile): { id: string; option: string }[] {
  if (tile.kind === 'figure') return [{ id: tile.options.kpi, option: 'kpi' }];
  if (tile.kind !== 'leaderboard') return [];
  const { kpi, second } = tile.options;
  return [{ id: kpi, option: 'kpi' }, ...(second === null ? [] : [{ id: second, option: 'second' }])];
}

function errorOf(issue: z.core.$ZodIssue, body: unknown): AppError {
  const path = issue.path.map(String);
  const field = path.join('.') || 'body';
  const params = issue.code === 'custom' ? issue.params : undefined;
  const tile = typeof params?.tile === 'string' ? params.tile : tileAt(body, path);
  if (params !== undefined && issue.message === 'outside') {
    return new AppError('board_tile_outside', { field, params: { tile, columns: GRID_COLUMNS, rows: GRID_ROWS } });
  }
  if (params !== undefined && issue.message === 'overlap') {
    return new AppError('board_tile_overlap', { field, params: { tile, other: String(params.other) } });
  }
  const reason = issue.message === 'duplicate' ? 'used twice' : issue.message;
  const inTile = path[2] === 'tiles' && path.length > 3;
  if (!inTile) return invalid(field, reason);
  const own = path.slice(4).join('.') || 'tile';
  return new AppError('board_tile_invalid', { field, params: { tile, field: own, reason } });
}

/** What whoever sent it calls this tile; its place where it has no usable name. */
function tileAt(body: unknown, [, page = '', , place = '']: readonly string[]): string {
  const { pages } = (body ?? {}) as { pages?: { tiles?: { id?: unknown }[] }[] };
  const id = pages?.[Number(page)]?.tiles?.[Number(place)]?.id;
  return typeof id === 'string' && /^[a-z0-9-]{1,32}$/.test(id) ? id : `#${Number(place) + 1}`;
}

function invalid(field: string, reason: string): AppError {
  return new AppError('board_invalid', { field, params: { field, reason } });
}

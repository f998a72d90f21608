/** Proves that whatever is tried on a page of a board, its tiles neither overlap nor leave it nor fall below their smallest size. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { BoardDefinitionSchema } from '../../../src/shared/board-schema.js';
import {
  type BoardTile,
  emptyBoard,
  GRID_COLUMNS,
  GRID_ROWS,
  TILE_KINDS,
  TILE_MIN,
} from '../../../src/shared/boards.js';
import {
  type Direction,
  freePlace,
  moveTile,
  nudgeTile,
  overlap,
  resizeTile,
  stretchTile,
} from '../../../web/src/boards/arrange.js';
import {
  addPage,
  changed,
  draftOf,
  GROUND,
  movedPage,
  newTile,
  redone,
  undone,
  withoutPage,
  withTiles,
} from '../../../web/src/boards/draft.js';
import { slugOf } from '../../../web/src/boards/slug.js';

function figure(id: string, x: number, y: number, w: number, h: number): BoardTile {
  return { id, kind: 'figure', x, y, w, h, title: null, options: { kpi: 'dials', usual: true, target: null } };
}

function placeOf(tiles: readonly BoardTile[] | null, id: string): number[] | undefined {
  const tile = tiles?.find((one) => one.id === id);
  return tile && [tile.x, tile.y, tile.w, tile.h];
}

const A = figure('a', 0, 0, 11, 7);
const B = figure('b', 11, 0, 11, 7);

describe('a tile', () => {
  test('moves to a free place, and no further than the edge of the page', () => {
    expect(placeOf(moveTile([A, B], 'a', { x: 3, y: 9 }, GROUND), 'a')).toEqual([3, 9, 11, 7]);
    expect(placeOf(moveTile([A, B], 'b', { x: 90, y: 90 }, GROUND), 'b')).toEqual([37, 19, 11, 7]);
  });
  test('changes places with the one it is dropped on, and not with one it merely touches', () => {
    const moved = moveTile([A, B], 'a', { x: 9, y: 0 }, GROUND);
    expect([placeOf(moved, 'a'), placeOf(moved, 'b')]).toEqual([
      [11, 0, 11, 7],
      [0, 0, 11, 7],
    ]);
    expect(moveTile([A, B], 'a', { x: 2, y: 0 }, GROUND)).toBeNull();
  });
  test('grows at the cost of its neighbour, down to its smallest size', () => {
    const grown = resizeTile([A, B], 'a', { x: 0, y: 0, w: 16, h: 7 }, GROUND);
    expect([placeOf(grown, 'a'), placeOf(grown, 'b')]).toEqual([
      [0, 0, 16, 7],
      [16, 0, 6, 7],
    ]);
    expect(resizeTile([A, B], 'a', { x: 0, y: 0, w: 18, h: 7 }, GROUND)).toBeNull();
  });
  test('is moved and stretched by the keyboard', () => {
    expect(placeOf(nudgeTile([A, B], 'b', 'right', GROUND), 'b')).toEqual([12, 0, 11, 7]);
    expect(placeOf(nudgeTile([A, B], 'a', 'right', GROUND), 'a')).toEqual([11, 0, 11, 7]);
    expect(nudgeTile([A], 'a', 'up', GROUND)).toBeNull();
    expect(placeOf(stretchTile([A], 'a', 'down', GROUND), 'a')).toEqual([0, 0, 11, 8]);
    expect(placeOf(stretchTile([A], 'a', 'left', GROUND), 'a')).toEqual([0, 0, 10, 7]);
  });
  test('is put into the largest free place', () => {
    const full = figure('c', 0, 0, GRID_COLUMNS, 20);
    expect(freePlace([full], { w: 11, h: 7 }, { w: 6, h: 4 }, GROUND)).toEqual({ x: 0, y: 20, w: 11, h: 6 });
    expect(freePlace([figure('d', 0, 0, GRID_COLUMNS, 24)], { w: 11, h: 7 }, { w: 6, h: 4 }, GROUND)).toBeNull();
  });
});

function isSound(tiles: readonly BoardTile[]): boolean {
  return tiles.every((tile, index) => {
    const { x, y, w, h, kind } = tile;
    const isInside = x >= 0 && y >= 0 && x + w <= GRID_COLUMNS && y + h <= GRID_ROWS;
    const isLargeEnough = w >= TILE_MIN[kind].w && h >= TILE_MIN[kind].h;
    return isInside && isLargeEnough && tiles.slice(0, index).every((other) => overlap(tile, other) === 0);
  });
}

test('no sequence of moves breaks the rules of a page', () => {
  const kind = fc.constantFrom(...TILE_KINDS);
  const step = fc.record({
    what: fc.constantFrom('move', 'resize', 'nudge', 'stretch'),
    which: fc.nat(20),
    direction: fc.constantFrom<Direction>('left', 'right', 'up', 'down'),
    x: fc.integer({ min: -10, max: 60 }),
    y: fc.integer({ min: -10, max: 40 }),
    w: fc.integer({ min: -5, max: 60 }),
    h: fc.integer({ min: -5, max: 40 }),
  });
  fc.assert(
    fc.property(fc.array(kind, { minLength: 1, maxLength: 12 }), fc.array(step, { maxLength: 25 }), (kinds, steps) => {
      let board = { ...emptyBoard('Fuzz'), name: 'Fuzz' };
      for (const one of kinds) {
        const tile = newTile(board, 'page-1', one, 'text');
        if (tile) board = withTiles(board, 'page-1', [...(board.pages[0]?.tiles ?? []), tile]);
      }
      for (const { what, which, direction, ...rect } of steps) {
        const tiles = board.pages[0]?.tiles ?? [];
        const id = tiles[which % tiles.length]?.id ?? '';
        const next =
          what === 'move'
            ? moveTile(tiles, id, rect, GROUND)
            : what === 'resize'
              ? resizeTile(tiles, id, rect, GROUND)
              : (what === 'nudge' ? nudgeTile : stretchTile)(tiles, id, direction, GROUND);
        if (next) board = withTiles(board, 'page-1', next);
        const now = board.pages[0]?.tiles ?? [];
        if (now.length !== tiles.length || !isSound(now))
          throw new Error(JSON.stringify({ what, id, rect, tiles, now }));
      }
      // The server takes whatever can be arranged.
      expect(BoardDefinitionSchema.safeParse(board).success).toBe(true);
    }),
  );
});

test.each([
  ['North hall', 'north-hall'],
  ['  2nd Floor: Ünïts! ', 'nd-floor-units'],
  ['华北大厅', undefined],
  ['A', undefined],
])('the address of %p is %p', (name, slug) => expect(slugOf(name)).toBe(slug));

describe('the draft', () => {
  const board = emptyBoard('One');
  test('is undone and redone step by step; typing a word is one step', () => {
    let draft = draftOf(board);
    for (const name of ['T', 'Tw', 'Two']) draft = changed(draft, { ...draft.now, name }, 'name');
    draft = changed(draft, { ...draft.now, theme: 'festive' });
    expect([draft.past.length, undone(draft).now.theme, undone(draft).now.name]).toEqual([2, 'dark', 'Two']);
    expect(undone(undone(draft)).now).toEqual(board);
    expect(redone(undone(draft)).now).toEqual(draft.now);
    expect(undone(undone(undone(draft))).now).toEqual(board);
  });
  test('has at least one page, and pages with names of their own', () => {
    const two = addPage(board);
    expect(two?.board.pages.map(({ id }) => id)).toEqual(['page-1', 'page-2']);
    expect(movedPage(two?.board ?? board, 'page-2', -1).pages.map(({ id }) => id)).toEqual(['page-2', 'page-1']);
    expect(movedPage(board, 'page-1', 1)).toBe(board);
    expect(withoutPage(two?.board ?? board, 'page-1').pages.map(({ id }) => id)).toEqual(['page-2']);
    expect(withoutPage(board, 'page-1')).toBe(board);
  });
});

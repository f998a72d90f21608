/**
 * Arranging rectangles on a page of fixed size: nothing overlaps, nothing leaves the page, whatever is tried. A page is
 * usually full, so moving onto another tile exchanges places with it, and growing takes the room from the neighbours
 * down to their smallest size. Every function returns new tiles, or null when it cannot be done. Pure.
 */

export interface Rect {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Placed extends Rect {
  id: string;
}

export interface Size {
  w: number;
  h: number;
}

/** The page, and the smallest useful size of each tile on it. */
export interface Ground<T extends Placed> {
  columns: number;
  rows: number;
  leastOf(tile: T): Size;
}

export function overlap(a: Rect, b: Rect): number {
  const width = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/** The rectangle of the same size that is nearest and lies on the page. */
export function within(rect: Rect, ground: { columns: number; rows: number }): Rect {
  const w = Math.min(rect.w, ground.columns);
  const h = Math.min(rect.h, ground.rows);
  return { w, h, x: clamp(rect.x, 0, ground.columns - w), y: clamp(rect.y, 0, ground.rows - h) };
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

const placeOf = ({ x, y, w, h }: Rect): Rect => ({ x, y, w, h });

const isSame = (a: Rect, b: Rect): boolean => a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h;

function fits<T extends Placed>(tile: T, rect: Rect, ground: Ground<T>): boolean {
  const least = ground.leastOf(tile);
  return rect.w >= least.w && rect.h >= least.h;
}

function put<T extends Placed>(tiles: readonly T[], places: ReadonlyMap<string, Rect>): T[] {
  return tiles.map((tile) => ({ ...tile, ...(places.get(tile.id) ?? {}) }));
}

/** Moves a tile's corner; over an occupied place, exchanges places with the tile that is covered most. */
export function moveTile<T extends Placed>(
  tiles: readonly T[],
  id: string,
  to: { x: number; y: number },
  ground: Ground<T>,
): T[] | null {
  const tile = tiles.find((one) => one.id === id);
  if (!tile) return null;
  const wanted = within({ ...placeOf(tile), x: to.x, y: to.y }, ground);
  if (isSame(wanted, tile)) return null;
  const covered = tiles.filter((other) => other.id !== id && overlap(wanted, other) > 0);
  if (covered.length === 0) return put(tiles, new Map([[id, wanted]]));
  const most = covered.reduce((best, other) => (overlap(wanted, other) > overlap(wanted, best) ? other : best));
  // Just touching a neighbour is no wish to take its place.
  const isMeant = overlap(wanted, most) * 2 >= Math.min(tile.w * tile.h, most.w * most.h);
  return isMeant ? exchange(tiles, tile, most, ground) : null;
}

function exchange<T extends Placed>(tiles: readonly T[], a: T, b: T, ground: Ground<T>): T[] | null {
  if (!fits(a, b, ground) || !fits(b, a, ground)) return null;
  return put(
    tiles,
    new Map([
      [a.id, placeOf(b)],
      [b.id, placeOf(a)],
    ]),
  );
}

/** Gives a tile another rectangle; what it grows over is cut back on the side that leaves the most. */
export function resizeTile<T extends Placed>(tiles: readonly T[], id: string, to: Rect, ground: Ground<T>): T[] | null {
  const tile = tiles.find((one) => one.id === id);
  if (!tile) return null;
  const least = ground.leastOf(tile);
  const wanted = {
    x: clamp(to.x, 0, ground.columns - least.w),
    y: clamp(to.y, 0, ground.rows - least.h),
    w: Math.max(to.w, least.w),
    h: Math.max(to.h, least.h),
  };
  wanted.w = Math.min(wanted.w, ground.columns - wanted.x);
  wanted.h = Math.min(wanted.h, ground.rows - wanted.y);
  if (isSame(wanted, tile)) return null;
  const places = new Map<string, Rect>([[id, wanted]]);
  for (const other of tiles) {
    if (other.id === id || overlap(wanted, other) === 0) continue;
    const left = cutBack(other, wanted, ground);
    if (left === null) return null;
    places.set(other.id, left);
  }
  return put(tiles, places);
}

function cutBack<T extends Placed>(tile: T, by: Rect, ground: Ground<T>): Rect | null {
  const { x, y, w, h } = tile;
  const left = [
    { x, y, w: by.x - x, h },
    { x: by.x + by.w, y, w: x + w - by.x - by.w, h },
    { x, y, w, h: by.y - y },
    { x, y: by.y + by.h, w, h: y + h - by.y - by.h },
  ].filter((rect) => rect.w > 0 && rect.h > 0 && fits(tile, rect, ground));
  return left.reduce<Rect | null>((best, rect) => (best && best.w * best.h >= rect.w * rect.h ? best : rect), null);
}

export type Direction = 'left' | 'right' | 'up' | 'down';

const STEPS: Record<Direction, { x: number; y: number }> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

/** One cell by the keyboard; with a neighbour in the way, exchanges places with it. */
export function nudgeTile<T extends Placed>(
  tiles: readonly T[],
  id: string,
  direction: Direction,
  ground: Ground<T>,
): T[] | null {
  const tile = tiles.find((one) => one.id === id);
  if (!tile) return null;
  const step = STEPS[direction];
  const wanted = { ...placeOf(tile), x: tile.x + step.x, y: tile.y + step.y };
  if (!isSame(within(wanted, ground), wanted)) return null;
  const inTheWay = tiles.filter((other) => other.id !== id && overlap(wanted, other) > 0);
  if (inTheWay.length === 0) return put(tiles, new Map([[id, wanted]]));
  const neighbour = inTheWay.reduce((best, other) => (overlap(wanted, other) > overlap(wanted, best) ? other : best));
  return exchange(tiles, tile, neighbour, ground);
}

/** One cell larger or smaller by the keyboard, at the right or the lower side. */
export function stretchTile<T extends Placed>(
  tiles: readonly T[],
  id: string,
  direction: Direction,
  ground: Ground<T>,
): T[] | null {
  const tile = tiles.find((one) => one.id === id);
  if (!tile) return null;
  const step = STEPS[direction];
  return resizeTile(tiles, id, { ...placeOf(tile), w: tile.w + step.x, h: tile.h + step.y }, ground);
}

/** The first free place in reading order of the wished size, else the largest one that is not below the least; null when full. */
export function freePlace(
  tiles: readonly Rect[],
  wish: Size,
  least: Size,
  ground: { columns: number; rows: number },
): Rect | null {
  let best: Rect | null = null;
  for (let y = 0; y + least.h <= ground.rows; y++) {
    for (let x = 0; x + least.w <= ground.columns; x++) {
      const rect = roomAt(tiles, x, y, wish, least, ground);
      if (rect && (!best || rect.w * rect.h > best.w * best.h)) best = rect;
      if (best && best.w === wish.w && best.h === wish.h) return best;
    }
  }
  return best;
}

/** The largest free rectangle with this corner, no larger than the wish; null when not even the least has room. */
function roomAt(
  tiles: readonly Rect[],
  x: number,
  y: number,
  wish: Size,
  least: Size,
  ground: { columns: number; rows: number },
): Rect | null {
  let w = Math.min(wish.w, ground.columns - x);
  let best: Rect | null = null;
  // Row by row: each further row can only make it narrower.
  for (let h = 1; h <= wish.h && y + h <= ground.rows; h++) {
    const row = { x, y: y + h - 1, w, h: 1 };
    for (const tile of tiles) if (overlap(row, tile) > 0) w = Math.min(w, Math.max(0, tile.x - x));
    if (w < least.w) break;
    if (h >= least.h && (!best || w * h > best.w * best.h)) best = { x, y, w, h };
  }
  return best;
}

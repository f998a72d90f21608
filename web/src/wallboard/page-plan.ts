import { type BoardTile, GRID_COLUMNS, GRID_ROWS } from '../../../src/shared/boards.js';

/** Where the tiles of a page go: as arranged on a lying screen, one below the other on an upright one. Pure. */

export interface PagePlan {
  /** CSS tracks. */
  columns: string;
  rows: string;
  /** CSS grid areas by tile id: row start / column start / row end / column end. */
  areas: ReadonlyMap<string, string>;
}

/** With a crowd on the floor its rows are this much higher than the others. */
const CROWD_WEIGHT = 1.2;

type Place = Pick<BoardTile, 'x' | 'y' | 'w' | 'h'>;

export function areaOf({ x, y, w, h }: Place): string {
  return `${y + 1} / ${x + 1} / ${y + h + 1} / ${x + w + 1}`;
}

export function lyingPlan(tiles: readonly BoardTile[], isCrowd: boolean): PagePlan {
  const floors = isCrowd ? tiles.filter(({ kind }) => kind === 'floor') : [];
  const weights = Array.from({ length: GRID_ROWS }, (_, row) =>
    floors.some(({ y, h }) => row >= y && row < y + h) ? CROWD_WEIGHT : 1,
  );
  return {
    columns: `repeat(${GRID_COLUMNS}, minmax(0, 1fr))`,
    rows: weights.map((weight) => `minmax(0, ${weight}fr)`).join(' '),
    areas: new Map(tiles.map((tile) => [tile.id, areaOf(tile)])),
  };
}

/** A text this wide or wider is a banner, and needs the whole width of an upright screen too. */
const BANNER_CELLS = GRID_COLUMNS / 2;

const isSmall = ({ kind, w }: BoardTile): boolean =>
  kind === 'figure' || kind === 'clock' || (kind === 'text' && w < BANNER_CELLS);

/** Small tiles in pairs first, then the wide ones in reading order, the floor last. Banners that lead stay on top. */
export function uprightPlan(tiles: readonly BoardTile[], isCrowd: boolean): PagePlan {
  const inOrder = [...tiles].sort((a, b) => a.y - b.y || a.x - b.x);
  const firstSmall = inOrder.findIndex(isSmall);
  const leading = firstSmall < 0 ? [] : inOrder.slice(0, firstSmall).filter(({ kind }) => kind === 'text');
  const small = inOrder.filter(isSmall);
  const wide = inOrder.filter((tile) => !isSmall(tile) && !leading.includes(tile));
  const floors = wide.filter(({ kind }) => kind === 'floor');
  const rows: string[] = [];
  const areas = new Map<string, string>();
  const whole = (tile: BoardTile): void => {
    rows.push(trackOf(tile, isCrowd));
    areas.set(tile.id, `${rows.length} / 1 / ${rows.length + 1} / 3`);
  };
  leading.forEach(whole);
  for (let i = 0; i < small.length; i += 2) {
    const [left, right] = [small[i], small[i + 1]];
    if (left) rows.push([left, right].some((tile) => tile?.kind === 'figure') ? units(12.6) : units(8));
    if (left) areas.set(left.id, `${rows.length} / 1 / ${rows.length + 1} / ${right ? 2 : 3}`);
    if (right) areas.set(right.id, `${rows.length} / 2 / ${rows.length + 1} / 3`);
  }
  for (const tile of [...wide.filter(({ kind }) => kind !== 'floor'), ...floors]) whole(tile);
  return { columns: 'repeat(2, minmax(0, 1fr))', rows: rows.join(' '), areas };
}

const units = (count: number): string => `calc(var(--u) * ${count})`;

function trackOf({ kind }: BoardTile, isCrowd: boolean): string {
  if (kind === 'text') return units(7);
  if (kind === 'floor') return `minmax(${units(14)}, ${isCrowd ? 2.2 : 1.5}fr)`;
  return kind === 'hours' ? `minmax(${units(13.5)}, 0.9fr)` : `minmax(${units(11)}, 1fr)`;
}

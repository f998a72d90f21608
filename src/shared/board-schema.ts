/**
 * The rules of a board's layout as a zod schema, the same in the editor and in the server. Kept apart from boards.ts so
 * that the wall does not load zod. What needs the catalog or the organisation (KPI ids, teams) the server checks itself.
 */
import { z } from 'zod';
import {
  BOARD_LANGUAGES,
  BOARD_LIMITS,
  BOARD_THEMES,
  type BoardDefinition,
  type BoardTile,
  GRID_COLUMNS,
  GRID_ROWS,
  LEADERBOARD_MODES,
  NAME_PRIVACY,
  NO_CELEBRATION,
  TILE_MIN,
  type TileKind,
  TREND_COLOURS,
} from './boards.js';

const Part = z.string().regex(/^[a-z0-9-]{1,32}$/, 'use 1 to 32 of a-z, 0-9 and "-"');
/** Text people read: no control characters but the line break. */
const plain = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}]*$/u, 'must not hold control characters');
const Kpi = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be the id of a KPI');

/** Slug of a board's address. */
export const BoardId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, 'use 2 to 40 of a-z, 0-9 and "-", starting with a letter');

function tile<K extends TileKind, O extends z.ZodType>(kind: K, options: O) {
  const { w, h } = TILE_MIN[kind];
  return z.strictObject({
    id: Part,
    kind: z.literal(kind),
    x: z
      .int()
      .min(0)
      .max(GRID_COLUMNS - 1),
    y: z
      .int()
      .min(0)
      .max(GRID_ROWS - 1),
    w: z.int().min(w).max(GRID_COLUMNS),
    h: z.int().min(h).max(GRID_ROWS),
    title: plain(BOARD_LIMITS.titleLength).trim().min(1).nullable(),
    options,
  });
}

export const TileSchema = z.discriminatedUnion('kind', [
  tile(
    'figure',
    z.strictObject({
      kpi: Kpi,
      usual: z.boolean(),
      target: z.union([z.number().positive().max(BOARD_LIMITS.targetMax), z.literal('own')]).nullable(),
    }),
  ),
  tile('hours', z.strictObject({})),
  tile(
    'leaderboard',
    z.strictObject({
      kpi: Kpi,
      second: Kpi.nullable(),
      top: z.int().min(BOARD_LIMITS.topMin).max(BOARD_LIMITS.topMax),
      mode: z.enum(LEADERBOARD_MODES).optional(),
    }),
  ),
  tile('floor', z.strictObject({})),
  tile('ticker', z.strictObject({})),
  tile('clock', z.strictObject({ date: z.boolean() })),
  tile(
    'text',
    z.strictObject({
      text: z
        .string()
        .trim()
        .min(1)
        .max(BOARD_LIMITS.textLength)
        .regex(/^[^\p{Cc}\n]*(\n[^\p{Cc}\n]*)*$/u, 'must not hold control characters'),
      size: z.enum(['small', 'label', 'figure']),
    }),
  ),
]);

/** `params.problem` of the issues below; the server turns them into its coded errors, the editor into marks on tiles. */
export type LayoutProblem = 'outside' | 'overlap' | 'duplicate';

const PageSchema = z
  .strictObject({ id: Part, tiles: z.array(TileSchema).max(BOARD_LIMITS.tiles) })
  .superRefine(({ tiles }, context) => {
    tiles.forEach((one, index) => {
      if (isOutside(one)) {
        context.addIssue({ code: 'custom', path: ['tiles', index], message: 'outside', params: { tile: one.id } });
      }
      const other = tiles.slice(0, index).find((before) => overlaps(before, one));
      if (other === undefined) return;
      const params = { tile: one.id, other: other.id };
      context.addIssue({ code: 'custom', path: ['tiles', index], message: 'overlap', params });
    });
  });

const DefinitionShape = {
  name: plain(BOARD_LIMITS.nameLength).trim(),
  teams: z.array(z.int().positive()).min(1).max(BOARD_LIMITS.teams).nullable(),
  audience: z.enum(['scope', 'everyone']),
  theme: z.enum(BOARD_THEMES),
  trendColours: z.enum(['organisation', ...TREND_COLOURS]),
  names: z.enum(NAME_PRIVACY),
  language: z.enum(BOARD_LANGUAGES),
  rotationSeconds: z.union(
    [z.literal(0), z.int().min(BOARD_LIMITS.rotationSecondsMin).max(BOARD_LIMITS.rotationSecondsMax)],
    `use 0 (pages do not turn) or ${BOARD_LIMITS.rotationSecondsMin} to ${BOARD_LIMITS.rotationSecondsMax}`,
  ),
  celebrate: z
    .strictObject({
      on: z.boolean(),
      sound: z.boolean(),
      minAmountMinor: z.int().min(0).max(BOARD_LIMITS.targetMax),
    })
    .default(NO_CELEBRATION),
  pages: z.array(PageSchema).min(1).max(BOARD_LIMITS.pages),
};

function uniqueIds({ pages }: Pick<BoardDefinition, 'pages'>, context: z.RefinementCtx): void {
  const seen = new Set<string>();
  const once = (id: string, path: (string | number)[]): void => {
    if (seen.has(id)) context.addIssue({ code: 'custom', path, message: 'duplicate', params: { tile: id } });
    seen.add(id);
  };
  for (const [index, page] of pages.entries()) once(page.id, ['pages', index, 'id']);
  seen.clear();
  for (const [index, page] of pages.entries()) {
    for (const [place, one] of page.tiles.entries()) once(one.id, ['pages', index, 'tiles', place, 'id']);
  }
}

export const BoardDefinitionSchema = z.strictObject(DefinitionShape).superRefine(uniqueIds);
export const BoardCreateSchema = z.strictObject({ ...DefinitionShape, id: BoardId.optional() }).superRefine(uniqueIds);
export const BoardUpdateSchema = z
  .strictObject({ ...DefinitionShape, revision: z.int().positive() })
  .superRefine(uniqueIds);

type Place = Pick<BoardTile, 'x' | 'y' | 'w' | 'h'>;

export function isOutside({ x, y, w, h }: Place): boolean {
  return x < 0 || y < 0 || x + w > GRID_COLUMNS || y + h > GRID_ROWS;
}

export function overlaps(a: Place, b: Place): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/** The first free place for a tile of this size on a page, reading order; null when there is none. */
export function freePlace(tiles: readonly Place[], size: { w: number; h: number }): { x: number; y: number } | null {
  for (let y = 0; y + size.h <= GRID_ROWS; y++) {
    for (let x = 0; x + size.w <= GRID_COLUMNS; x++) {
      if (!tiles.some((one) => overlaps(one, { x, y, ...size }))) return { x, y };
    }
  }
  return null;
}

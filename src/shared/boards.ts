/**
 * Boards (what a wall shows and how it is arranged) and screens (TVs that are paired with one). Types and constants
 * only, so that the wall loads nothing it does not need; the zod schema of the same shapes is in board-schema.ts.
 *
 * All routes under /api/v1:
 *
 * Boards
 * - GET    /boards          boards:read  → BoardList: the boards one may watch (a supervisor: of their teams, or for everyone)
 * - GET    /boards/watch    signed in    → WatchList: the same for anybody signed in, names only (agents too)
 * - GET    /boards/:id      boards:read  → BoardView; 404 `not_found`
 * - POST   /boards          boards:write BoardCreate → 201 BoardView; 409 `board_exists`
 * - PUT    /boards/:id      boards:write BoardUpdate → BoardView; 409 `board_changed` when `revision` is not the present one
 * - DELETE /boards/:id?revision=n boards:write → 204; 409 `board_changed`, `board_default` (the default stays), `board_in_use` (screens show it)
 * Invalid layouts: 400 `board_invalid`, `board_tile_invalid`, `board_tile_overlap`, `board_tile_outside`,
 * `board_kpi_unknown`, `board_team_unknown`; `field` is the path, e.g. `pages.0.tiles.3.options.kpi`.
 *
 * Screens, from the TV
 * - POST   /screens/pairings       public → 201 PairingStart. 429 `pairing_throttled` / 503 `pairing_busy`, both with Retry-After
 * - POST   /screens/pairings/poll  public PairingPoll → PairingState. `paired` comes with the device cookie (httpOnly) and may be
 *   asked again until the TV has used it once. 404 `pairing_over` when it has expired: start again.
 * - GET    /screen                 a paired screen → OwnScreen; 401 when there is no pairing (any more): show a code
 * Both POSTs need the header X-Tallyboard: 1. A TV then opens the socket with `auth: {as: 'screen'}` and subscribes to the
 * scope `screen` (see live.ts), whatever its board is: frames come under the scope `screen`, and when an administrator
 * moves it to another board, a snapshot of that one follows by itself. `revoked {code: 'screen_revoked'}`: show a code again.
 *
 * Screens, from the desk (screens:manage)
 * - POST   /screens      ScreenCreate → 201 ScreenView; 400 `pairing_code_wrong` (wrong, used or expired), 429 `pairing_code_throttled`
 * - GET    /screens      → ScreenList
 * - PATCH  /screens/:id  ScreenUpdate → ScreenView
 * - DELETE /screens/:id  → 204; its socket closes within a second and its token is dead
 */

import type { TrendColours } from './organisation.js';

/* ── boards ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/** The board of `/wall/default`: there from the first start, can be arranged but not deleted. */
export const DEFAULT_BOARD = 'default';

/** Cells of a page. The top bar (name, date, connection, clock) is above the grid and always there. */
export const GRID_COLUMNS = 48;
export const GRID_ROWS = 26;

export const BOARD_LIMITS = {
  boards: 200,
  nameLength: 80,
  pages: 8,
  /** On one page. */
  tiles: 40,
  teams: 100,
  titleLength: 40,
  textLength: 280,
  rotationSecondsMin: 10,
  rotationSecondsMax: 3_600,
  topMin: 1,
  topMax: 30,
  targetMax: 1e12,
} as const;

export const TILE_KINDS = ['figure', 'hours', 'leaderboard', 'floor', 'ticker', 'clock', 'text'] as const;
export type TileKind = (typeof TILE_KINDS)[number];

/** Smallest size of each kind, in cells: below it nobody could read it from across the room. */
export const TILE_MIN: Readonly<Record<TileKind, { w: number; h: number }>> = {
  figure: { w: 6, h: 4 },
  hours: { w: 10, h: 7 },
  leaderboard: { w: 9, h: 6 },
  floor: { w: 12, h: 5 },
  ticker: { w: 9, h: 4 },
  clock: { w: 6, h: 3 },
  text: { w: 4, h: 2 },
};

export interface FigureOptions {
  /** Id in the KPI catalog (available ones). Distinct-customer KPIs are shown "—". */
  kpi: string;
  /** Show what is usual at this time of day beside it (key `kpi-ref:<kpi>`). */
  usual: boolean;
  /**
   * A fixed target for the day, in the unit of the KPI (0.4 = 40 %, seconds, minor units); its pace line: key `kpi-pace:<kpi>`.
   * `own`: the organisation's target of the day, on a board of one team that team's: key `target:<kpi>`. Null = none.
   */
  target: number | 'own' | null;
}

export const LEADERBOARD_MODES = ['value', 'target', 'fair'] as const;
/**
 * `value`: by the KPI itself. `target`: by how much of their own target of the day each has reached. `fair` (rates): by what
 * each one's rate probably is, so that few calls neither win nor lose; too few are named as such.
 */
export type LeaderboardMode = (typeof LEADERBOARD_MODES)[number];

export interface LeaderboardOptions {
  /** What decides the rank; direction by the catalog's `goodDirection` (down: least first). */
  kpi: string;
  /** Second column, and the tie-break; null = none. */
  second: string | null;
  /** At most this many rows (fewer when the tile is low). */
  top: number;
  /** Left out: `value`. */
  mode?: LeaderboardMode | undefined;
}

export interface ClockOptions {
  date: boolean;
}

export interface TextOptions {
  /** Plain text; line breaks are kept. */
  text: string;
  size: 'small' | 'label' | 'figure';
}

interface TileOf<K extends TileKind, O> {
  /** Unique on the board: 1–32 of a–z, 0–9 and "-". */
  id: string;
  kind: K;
  /** Left, top, width and height in cells, from 0. */
  x: number;
  y: number;
  w: number;
  h: number;
  /** The organisation's own heading; null = the usual one in the board's language. */
  title: string | null;
  options: O;
}

export type FigureTile = TileOf<'figure', FigureOptions>;
export type HoursTile = TileOf<'hours', Record<string, never>>;
export type LeaderboardTile = TileOf<'leaderboard', LeaderboardOptions>;
export type FloorTile = TileOf<'floor', Record<string, never>>;
/** The latest sales of today, newest first (keys `sale:<id>`). */
export type TickerTile = TileOf<'ticker', Record<string, never>>;
export type ClockTile = TileOf<'clock', ClockOptions>;
export type TextTile = TileOf<'text', TextOptions>;
export type BoardTile = FigureTile | HoursTile | LeaderboardTile | FloorTile | TickerTile | ClockTile | TextTile;

export interface BoardPage {
  /** Unique on the board: 1–32 of a–z, 0–9 and "-". */
  id: string;
  tiles: BoardTile[];
}

export const BOARD_THEMES = ['dark', 'light', 'festive'] as const;
/** `festive`: red and gold. */
export type BoardTheme = (typeof BOARD_THEMES)[number];

export const TREND_COLOURS = ['green_up', 'red_up'] as const satisfies readonly TrendColours[];

export const NAME_PRIVACY = ['names', 'initials', 'off'] as const;
/** What of a name leaves the server. With `initials` and `off` the real name does not. */
export type NamePrivacy = (typeof NAME_PRIVACY)[number];

export const BOARD_LANGUAGES = ['auto', 'en', 'zh'] as const;
/** `auto`: the language of whoever looks. */
export type BoardLanguage = (typeof BOARD_LANGUAGES)[number];

/** A sale interrupts the board for a few seconds. */
export interface Celebration {
  on: boolean;
  /** With a sound, where the browser of the TV allows it. */
  sound: boolean;
  /** Smaller sales go to the ticker only; minor units of the organisation's currency. */
  minAmountMinor: number;
}
export const NO_CELEBRATION: Celebration = { on: false, sound: false, minAmountMinor: 0 };

/** What somebody arranges. */
export interface BoardDefinition {
  /** In the organisation's words. Empty only for the default board: the word for wallboard in the reader's language. */
  name: string;
  /** Only these teams with the teams below them; null = the organisation. */
  teams: number[] | null;
  /** `scope`: those who may see these numbers anyway. `everyone`: anybody signed in, like a TV on the floor. */
  audience: 'scope' | 'everyone';
  theme: BoardTheme;
  /** `organisation`: as the organisation has set it. */
  trendColours: TrendColours | 'organisation';
  names: NamePrivacy;
  language: BoardLanguage;
  /** Seconds each page is shown; 0 = pages do not turn by themselves. */
  rotationSeconds: number;
  /** Left out: off. */
  celebrate: Celebration;
  pages: BoardPage[];
}

export interface BoardView extends BoardDefinition {
  /** Slug of its address `/wall/<id>`. */
  id: string;
  /** Grows with every change; send it back when writing. */
  revision: number;
  updatedAt: string;
}

export interface BoardSummary {
  id: string;
  name: string;
  revision: number;
  teams: number[] | null;
  audience: BoardDefinition['audience'];
  theme: BoardTheme;
  updatedAt: string;
  /** Of the first page, for a small preview. */
  tiles: Pick<BoardTile, 'id' | 'kind' | 'x' | 'y' | 'w' | 'h'>[];
  pageCount: number;
  /** Paired screens that show it. */
  screens: number;
}

export interface BoardList {
  boards: BoardSummary[];
}

export interface WatchList {
  boards: { id: string; name: string }[];
}

export interface BoardCreate extends BoardDefinition {
  /** Wanted slug, 2–40 of a–z, 0–9 and "-", starting with a letter; without it the server makes one. */
  id?: string;
}

export interface BoardUpdate extends BoardDefinition {
  /** The revision this change was made from. */
  revision: number;
}

/** The definition of a new board with nothing on it. */
export function emptyBoard(name: string): BoardDefinition {
  return {
    name,
    teams: null,
    audience: 'scope',
    theme: 'dark',
    trendColours: 'organisation',
    names: 'names',
    language: 'auto',
    rotationSeconds: 0,
    celebrate: NO_CELEBRATION,
    pages: [{ id: 'page-1', tiles: [] }],
  };
}

/* ── the live side: key `board` of the scope `board:<id>` ──────────────────────────────────────────────────────── */

/** Key `board`: how to draw what the other keys hold. Changes at once when somebody saves the board. */
export interface LiveBoard
  extends Pick<BoardDefinition, 'name' | 'theme' | 'names' | 'language' | 'rotationSeconds' | 'celebrate' | 'pages'> {
  id: string;
  revision: number;
  /** The organisation's choice already put in. */
  trendColours: TrendColours;
  /** Ids of the teams the figures are limited to, those below included; null = the organisation. For drill-down. */
  teams: number[] | null;
}

/* ── screens ───────────────────────────────────────────────────────────────────────────────────────────────────── */

export interface PairingStart {
  /** Six digits to show large. */
  code: string;
  /** Keep it in the memory of the page, nowhere else. */
  secret: string;
  expiresAt: string;
  /** Ask again after this many seconds. */
  pollSeconds: number;
}

export interface PairingPoll {
  secret: string;
}

export type PairingState = { status: 'waiting'; expiresAt: string } | { status: 'paired'; screen: OwnScreen };

/** A paired TV about itself. */
export interface OwnScreen {
  id: number;
  name: string;
  boardId: string;
}

export interface ScreenCreate {
  /** What the TV shows; blanks inside are ignored. */
  code: string;
  /** 1–60 characters. */
  name: string;
  boardId: string;
}

export interface ScreenUpdate {
  name?: string;
  boardId?: string;
}

export interface ScreenView {
  id: number;
  name: string;
  boardId: string;
  /** Name of that board; empty for the default one without a name. */
  boardName: string;
  pairedAt: string;
  /** Null until it has shown its board for the first time. */
  lastSeenAt: string | null;
  /** It shows its board right now, through any process of this installation. */
  connected: boolean;
}

export interface ScreenList {
  screens: ScreenView[];
}

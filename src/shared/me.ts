/**
 * My day: what an agent sees of their own work. All paths start with `/api/v1/me` and need a session; whoever is no agent
 * on the phone is answered 404 `not_an_agent`. Figures, targets and rank come by the live scope `me` (live.ts).
 */
import type { CallView } from './api.js';
import type { CallbackView, OutcomeView } from './outcomes.js';

/** A call one owns or talked in, with what was entered about it, newest outcome first. */
export interface MyCall extends CallView {
  /** ISO 4217 code of the campaign's currency: amounts of a sale are entered in it. */
  currency: string;
  outcomes: OutcomeView[];
}

/** GET /me/calls?date=YYYY-MM-DD (default: today's business day of one's own team) */
export interface MyCalls {
  agentId: number;
  /** Business date. */
  date: string;
  /** IANA zone of the team's site. */
  timeZone: string;
  /** Running ones first, then newest first; at most MY_CALLS_MAX. */
  calls: MyCall[];
  /** There are older ones than these. */
  more: boolean;
}

/** Nobody enters outcomes of more than this many calls of a day by hand; older ones are on the page of calls. */
export const MY_CALLS_MAX = 300;

/** GET /me/callbacks: missed ones of the last week, due ones, and those to come, by time. */
export interface MyCallbacks {
  agentId: number;
  timeZone: string;
  callbacks: MyCallback[];
}

export interface MyCallback extends CallbackView {
  /** Version of the outcome that promised it: send more to move or cancel it. */
  version: number;
  externalId: string;
}

/** A share with its 95 % interval (Wilson); null where there are too few to say. */
export interface Rate {
  value: number;
  low: number;
  high: number;
}

export interface HourFigures {
  dials: number;
  connects: number;
  sales: number;
  /** Of BEST_HOUR_MIN dials and more. */
  connectRate: Rate | null;
  /** Sales per connect, of BEST_HOUR_MIN connects and more. */
  conversionRate: Rate | null;
}

export interface BestHour {
  /** Hour of the day on the team's clock, 0–23. */
  hour: number;
  own: HourFigures;
  /** Of everybody else in the team; null where they are fewer than BEST_HOUR_PEERS. */
  team: HourFigures | null;
}

/**
 * GET /me/best-hours: by hour of the day over the BEST_HOUR_DAYS complete business days before today. Calls count in the
 * hour they began, sales in the hour they were made.
 */
export interface BestHours {
  agentId: number;
  /** Business dates, `until` exclusive. */
  from: string;
  until: string;
  timeZone: string;
  /** Hours in which one dialled or sold, in order. */
  hours: BestHour[];
  /** All hours together. */
  total: Omit<BestHour, 'hour'>;
  /** The hour inside the calling hours whose interval lies above the rate of all hours together; null while none stands out. */
  bestConnect: number | null;
  bestConversion: number | null;
}

export const BEST_HOUR_DAYS = 28;
/** Fewer dials (or connects) than this say nothing about an hour. */
export const BEST_HOUR_MIN = 30;
/** Fewer colleagues than this could be told apart in their average. */
export const BEST_HOUR_PEERS = 3;

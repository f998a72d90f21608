/**
 * Scheduled reports: packs that go out by themselves. Shapes of /api/v1/schedules (`exports:make`: one's own;
 * with `settings:write` everybody's). Times are ISO 8601 in UTC.
 */
import type { KpiUnit, KpiValue, Localised } from './api.js';
import type { ReportSource } from './reports.js';

export const SCHEDULE_FORMATS = ['pdf', 'xlsx', 'csv'] as const;
export type ScheduleFormat = (typeof SCHEDULE_FORMATS)[number];

export const SCHEDULE_SOURCES_MAX = 10;
export const SCHEDULE_DESTINATIONS_MAX = 10;
/** Of the installation. */
export const SCHEDULES_MAX = 500;
export const MAIL_RECIPIENTS_MAX = 20;
/** Attempts at making a pack, and at each delivery of it. */
export const TRIES_MAX = 6;

/**
 * Where messages link to the file of the pack (with PUBLIC_URL only):
 * - `sign_in`: a page that asks for a sign-in; whoever may make exports and sees everybody in the pack gets the file.
 * - `open`: that page gives the file to anybody, `packLinkUses` times a message, and after that as `sign_in`.
 */
export const PACK_LINKS = ['none', 'sign_in', 'open'] as const;
export type PackLink = (typeof PACK_LINKS)[number];
export const PACK_LINK_USES_MAX = 20;
/** Days a link works after its message was sent. */
export const PACK_LINK_DAYS = 7;

/**
 * Local wall time in `zone`. A time that does not exist on a day (the clock is put forward) runs at the next one that
 * does; one that exists twice runs once, the first time.
 */
export type ScheduleRhythm =
  | { every: 'day'; at: string }
  /** 1 Monday … 7 Sunday. */
  | { every: 'week'; weekday: number; at: string }
  /** 1–28, or the last day of the month. */
  | { every: 'month'; day: number | 'last'; at: string };

export const DESTINATION_KINDS = ['mail', 'webhook', 'wecom', 'dingtalk', 'feishu', 'slack'] as const;
export type DestinationKind = (typeof DESTINATION_KINDS)[number];

/** A destination as it is set. With `id`: one that is there; what is left out of it stays as it is. */
export interface DestinationInput {
  id?: number;
  kind: DestinationKind;
  /** mail: 1–20 addresses. */
  to?: string[];
  /** All others: the address of the webhook or robot. Never shown again. */
  url?: string;
  /** dingtalk, feishu: the signing secret (加签) of the robot, '' for none. Never shown again. */
  secret?: string;
  /** mail, webhook: whether a message links to the pack although it carries it. Robots always do. */
  link?: boolean;
  /** wecom: whether the file follows the text into the group, where everybody may keep it. */
  file?: boolean;
}

export interface DestinationView {
  id: number;
  kind: DestinationKind;
  /** mail: its addresses. */
  to: string[] | null;
  /** Host of the address; null for mail. */
  host: string | null;
  /** Whether messages carry a signature. */
  signed: boolean;
  /** Whether messages link to the pack, unless the schedule has no links. */
  link: boolean;
  /** Whether they carry the file. */
  file: boolean;
}

export const STOPPED_REASONS = ['owner_gone', 'owner_disabled', 'owner_lost_rights'] as const;
export type StoppedReason = (typeof STOPPED_REASONS)[number];

/** GET /schedules → ScheduleList */
export interface ScheduleList {
  schedules: ScheduleView[];
  /** Whether a mail server is set up. */
  mail: boolean;
  /** Whether messages link to the pages (PUBLIC_URL is set). */
  links: boolean;
  /** The organisation's. */
  zone: string;
}

/** GET /schedules/:id */
export interface ScheduleView {
  id: number;
  revision: number;
  name: string;
  /** Null: gone. */
  owner: { id: number; name: string } | null;
  sources: ReportSource[];
  format: ScheduleFormat;
  language: 'en' | 'zh';
  rhythm: ScheduleRhythm;
  /** IANA zone the rhythm is read in. */
  zone: string;
  /** Whether `zone` follows the organisation's. */
  zoneOfOrganisation: boolean;
  workingDaysOnly: boolean;
  packLink: PackLink;
  packLinkUses: number;
  destinations: DestinationView[];
  active: boolean;
  stoppedReason: StoppedReason | null;
  nextRun: string | null;
  /** The newest run: its time and how it went. */
  lastRun: { due: string; state: LastRunState; retry: Retry | null } | null;
}

/**
 * - `waiting`: due, and not begun; `making`; `sending`: some destinations have not been tried yet.
 * - `retrying`: what failed waits for another try (`retry`), nothing else is to do.
 */
export const LAST_RUN_STATES = ['waiting', 'making', 'sending', 'retrying', 'sent', 'partly_failed', 'failed'] as const;
export type LastRunState = (typeof LAST_RUN_STATES)[number];

/** What has failed is tried again: which try of how many it will be, and when. */
export interface Retry {
  attempt: number;
  of: number;
  at: string;
}

/** POST /schedules → MadeSchedule. PATCH /schedules/:id (with `revision`) → MadeSchedule. DELETE /schedules/:id → 204. */
export interface ScheduleInput {
  name: string;
  sources: ReportSource[];
  format: ScheduleFormat;
  language: 'en' | 'zh';
  rhythm: ScheduleRhythm;
  /** Null: the organisation's. */
  zone: string | null;
  workingDaysOnly: boolean;
  /** Default `sign_in`. */
  packLink?: PackLink;
  /** 1–20, default 1. */
  packLinkUses?: number;
  destinations: DestinationInput[];
  active: boolean;
}

export interface SchedulePatch extends Partial<ScheduleInput> {
  revision: number;
  /** An administrator becomes the owner: packs then show what they may see. */
  takeOver?: true;
}

export interface MadeSchedule {
  schedule: ScheduleView;
  /** Signing secrets of new webhooks, shown this once. */
  secrets: { destinationId: number; secret: string }[];
}

/** The next times of a rhythm that is not saved yet. */
export interface UpcomingRequest {
  rhythm: ScheduleRhythm;
  zone: string | null;
  workingDaysOnly: boolean;
}
/** POST /schedules/upcoming → UpcomingView */
export interface UpcomingView {
  zone: string;
  times: string[];
}

// ── what goes out ─────────────────────────────────────────────────────────────────────────────────────────────────────

export interface SummaryFigure {
  name: Localised;
  unit: KpiUnit;
  value: KpiValue;
  compared: KpiValue;
  target: KpiValue;
  goodDirection: 'up' | 'down' | 'neutral';
}

/** What a message says of one document of the pack. */
export interface SummaryPart {
  title: Localised;
  /** Business dates, `to` exclusive, when the range is whole days. */
  dates: { from: string; to: string } | null;
  from: string;
  to: string;
  timeZone: string;
  filters: Localised[];
  figures: SummaryFigure[];
  /** Path and query of its page. */
  page: string;
}

export interface PackSummary {
  name: string;
  organisation: string;
  language: 'en' | 'zh';
  due: string;
  /** Set when it goes out later than it was due. */
  late: boolean;
  missed: number;
  asOf: string;
  parts: SummaryPart[];
}

/** POST /schedules/preview (ScheduleInput) → SchedulePreview: what would go out now; nothing is sent. */
export interface SchedulePreview {
  file: { name: string; bytes: number; mediaType: string; base64: string };
  summary: PackSummary;
  /** The text of each kind of destination. */
  texts: { kind: DestinationKind; text: string; html: string | null }[];
}

/** POST /schedules/test (DestinationInput, language) sends a short test message; with `schedule` and `id` to a kept one. */
export interface DestinationTest {
  destination: DestinationInput;
  /** Of `destination.id`. */
  schedule?: number;
  language: 'en' | 'zh';
}

// ── what became of it ─────────────────────────────────────────────────────────────────────────────────────────────────

export const DELIVERY_STATES = ['waiting', 'sending', 'sent', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export interface DeliveryView {
  id: string;
  destination: DestinationView;
  state: DeliveryState;
  attempts: number;
  /** Of the next attempt, while it waits. */
  nextAttempt: string | null;
  retry: Retry | null;
  sentAt: string | null;
  /** The text has arrived and the file that follows it has not. */
  textOnly: boolean;
  /** The server ended while it was being sent, and sent it again: the other side may have it twice. */
  maybeTwice: boolean;
  error: { code: string; message: Localised } | null;
}

/** GET /schedules/:id/deliveries → RunView[], newest first, at most 100. POST /schedules/:id/run → RunView. */
export interface RunView {
  id: string;
  due: string;
  kind: 'on_time' | 'late' | 'by_hand';
  /** Times that passed unused before it. */
  missed: number;
  state: 'waiting' | 'making' | 'made' | 'failed';
  /** Of the making. */
  retry: Retry | null;
  /** Why no pack could be made. */
  error: { code: string; message: Localised } | null;
  /** Null until it is made. `kept`: whether it can still be downloaded (GET /schedules/runs/:id/file). */
  file: { name: string; bytes: number; sha256: string; kept: boolean } | null;
  deliveries: DeliveryView[];
}

// ── links to a pack ───────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * What a message links to is `/pack#<token>`: the token is in the fragment, which no server sees, and nothing is used up
 * until somebody asks for the file. POST /packs/inspect { token } → PackLinkView (nobody needs to be known).
 */
export interface PackLinkView {
  /** Without sign-in as often as `usesLeft` says; or after sign-in only. */
  access: 'open' | 'sign_in';
  usesLeft: number;
  expiresAt: string;
  /** Null while a sign-in is asked for. */
  file: { name: string; bytes: number } | null;
}

/**
 * POST /packs/open { token } (nobody needs to be known; uses the link up) and POST /packs/fetch { token } (`exports:make`)
 * → PackTicket. GET /packs/file?ticket= → the file.
 */
export interface PackTicket {
  /** Begins with `/`; works for five minutes, also twice: many apps ask for a file a second time to keep it. */
  url: string;
  expiresAt: string;
}

/**
 * The live protocol between a board (browser, TV) and an api process.
 *
 * Connect (WebSocket only) → authenticate → `subscribe` to a scope → `snapshot` or the missed `delta`s → `delta`s.
 * A state is a flat map from key to value. Deltas carry **absolute values**, so applying one twice is harmless;
 * a delta whose `prevSeq` is not the client's `seq`, or whose `epoch` differs, is a gap: the client asks for a resync.
 * The server keeps at most one un-acknowledged frame per client and conflates everything else into the next.
 *
 * Not in here: history, exports, anything a screen needs once. Those are plain requests.
 */

import type { KpiValue, MoneyValue } from './api.js';
import type { StateThresholds } from './presence.js';
import type { TargetPeriod } from './targets.js';

/**
 * Scope of a subscription. `board:default` is the organisation-wide wallboard. `screen` is for a paired TV: the board it
 * is bound to, whichever that is; when it is moved to another one a snapshot follows. Frames carry the scope asked for.
 */
export type LiveScope =
  | `board:${string}`
  | 'screen'
  /** All agents of one's scope (`kpis:read`, not for agents); with a campaign's id: figures of that campaign only. */
  | 'floor'
  | `floor:${number}`
  /** One's own day: whoever is signed in and is an agent. */
  | 'me';

/** `auth` of the socket's handshake: a TV says so, and is then known by its device cookie whoever else is signed in there. */
export interface LiveAuth {
  as?: 'screen';
}

/** Values are JSON; `null` means "no value" and is shown as "—", never as 0. */
export type LiveState = Record<string, unknown>;

export interface LiveFrame {
  /** Identity of the process and definition that produced the state; a new epoch invalidates every sequence. */
  epoch: string;
  /** Sequence of the state after this frame. */
  seq: number;
  /** Everything received up to this instant (epoch milliseconds, server clock) is contained in the state. */
  asOf: number;
  /** Server clock when the frame was sent, epoch milliseconds; lets the client correct for its own clock. */
  sentAt: number;
}

export interface SnapshotFrame extends LiveFrame {
  scope: LiveScope;
  state: LiveState;
}

export interface DeltaFrame extends LiveFrame {
  scope: LiveScope;
  /** Sequence this delta applies to. */
  prevSeq: number;
  /** Absolute values of the keys that changed. */
  set: LiveState;
  /** Keys that no longer exist. */
  unset: string[];
}

export interface HeartbeatFrame extends LiveFrame {
  scope: LiveScope;
  /** Every 30 s: `stateHash(state)` so that a silent divergence is found. */
  hash?: string;
}

export interface SubscribeRequest {
  scope: LiveScope;
  /** What the client already holds, if anything. */
  last?: { epoch: string; seq: number };
}

export type SubscribeReply = { ok: true } | { ok: false; code: string; message: string };

export interface ServerToClientEvents {
  snapshot: (frame: SnapshotFrame, ack: () => void) => void;
  delta: (frame: DeltaFrame, ack: () => void) => void;
  heartbeat: (frame: HeartbeatFrame) => void;
  /**
   * The server closes the connection. `session_ended`: sign in again. `access_changed`: this board may not be watched
   * any more, or is gone. `screen_revoked`: the TV is not paired any more.
   */
  revoked: (reason: { code: 'session_ended' | 'access_changed' | 'screen_revoked' }) => void;
}

export interface ClientToServerEvents {
  subscribe: (request: SubscribeRequest, reply: (reply: SubscribeReply) => void) => void;
  resync: (request: { scope: LiveScope }) => void;
}

export const LIVE_PATH = '/live';
export const HEARTBEAT_MS = 2_000;
export const HASH_EVERY_MS = 30_000;
/** Older than this: amber, "delayed", seconds counted. */
export const DELAYED_AFTER_MS = 3_000;
/** Older than this: grey, "frozen, as of …". */
export const FROZEN_AFTER_MS = 15_000;

/* ── keys of the scope `board:…` ───────────────────────────────────────────────────────────────────────────────
 * Key `board`: `LiveBoard` of boards.ts, how to draw the rest. `kpi:`, `kpi-ref:` and `kpi-pace:` exist for the KPIs of
 * the board's figures, `agent:` when it has a leaderboard or a floor strip. All are limited to the board's teams. */

/** Key `meta`. */
export interface BoardMeta {
  /** Board title in the organisation's words. */
  name: string;
  /** IANA zone the board counts in, and today's business date there (YYYY-MM-DD). */
  timeZone: string;
  businessDate: string;
  /** Bounds of the business day, epoch ms, half-open. 23, 24 or 25 hours. */
  dayStart: number;
  dayEnd: number;
  currency: string;
  /** Talk seconds from which a call counts as effective, for the caption; null when campaigns differ. */
  effectiveSeconds: number | null;
  /** Seconds in a state from which its colour steps up. */
  thresholds: StateThresholds;
  /** Instant of the newest event ever received, epoch ms; null when none. */
  lastEventAt: number | null;
}

/** Key `kpi:<id>`: business day so far. Counts, seconds, fractions, amounts; null = no value. */
export type BoardKpi = KpiValue;

/** Key `kpi-ref:<id>`: the same figure at this time of day, averaged over up to four past same weekdays; null = no history. */
export type BoardKpiReference = number | null;

/**
 * Key `kpi-pace:<id>`, for figures with a target: the share of a usual day's total (0…1) that is reached at this time of
 * day, so that target × share is where one should be by now; null for rates and averages, and without history.
 */
export type BoardKpiPace = number | null;

/** Key `hour:<epoch ms of its start>`: one entry for each hour of the business day. */
export interface BoardHour {
  start: number;
  dials: number;
  connects: number;
  effective: number;
  talkSeconds: number;
  /** Mean dials of this hour over up to four past same weekdays; null without history. */
  expectedDials: number | null;
}

export type AgentActivity =
  /** no call yet today */
  | 'absent'
  /** an outbound attempt of the agent that is not answered yet */
  | 'dialing'
  | 'talking'
  /** between calls, and nobody said more */
  | 'idle'
  /** As a phone system or the person said (presence.ts). */
  | 'available'
  | 'wrap_up'
  | 'paused'
  | 'offline';

/** Key `agent:<id>`: one entry for each agent with a call today or known to be on the floor. */
export interface BoardAgent {
  id: number;
  /** As the board's privacy lets it out: the name, its initials, or empty. Empty too for somebody who is not to be shown. */
  name: string;
  team: string;
  /** False: not to be shown in a leaderboard (a wish of the person). */
  ranked: boolean;
  /** First seen by a webhook and not confirmed by anyone yet. */
  isNew: boolean;
  activity: AgentActivity;
  /** Since when, epoch ms; null for `absent`. */
  since: number | null;
  dials: number;
  connects: number;
  effective: number;
  talkSeconds: number;
  connectRate: number | null;
  inboundAnswered: number;
  /** By id, the KPIs the board's leaderboards use. */
  values: Record<string, KpiValue>;
  /** By id, how much of their own target of the day is reached, for leaderboards by target; null: no target, or no value. */
  attainment: Record<string, number | null>;
}

/** Key `places:<kpi>` of boards with a leaderboard that ranks rates fairly. */
export interface BoardPlaces {
  /** Best first: what the rate probably is, and between what and what nine times out of ten. Fractions. */
  places: { id: number; rank: number; value: number; low: number; high: number }[];
  /** People with calls but too few of them for a place. */
  waiting: number;
}

/**
 * Key `sale:<id>` (a hash of the outcome's) of boards with a ticker or a celebration: the latest sales of today, at most 30. A sale that was
 * cancelled or corrected changes or goes. Celebrate what appears while watching, never what a snapshot brings.
 */
export interface BoardSale {
  id: string;
  /** Epoch ms of the sale; `seenAt`: when it was counted. */
  at: number;
  seenAt: number;
  agentId: number;
  /** As the board's privacy lets it out; empty for somebody who is not to be shown. */
  name: string;
  team: string;
  amount: MoneyValue;
  /** May interrupt the board: it is large enough, was not entered long after, and its closer may be shown. */
  isNews: boolean;
}

/**
 * Key `target:<kpi>` of boards whose figures take their target from the organisation's targets (of the board's team, else of
 * the organisation): today's. Null = there is none.
 */
export type BoardTarget = TargetNow | null;

/** Progress of one target while the day goes on; see targets.ts (TargetProgress). */
export interface TargetNow {
  targetId: number;
  kpi: string;
  period: TargetPeriod;
  target: number;
  actual: KpiValue;
  attainment: number | null;
  expectedShare: number | null;
  expectedNow: number | null;
  pace: number | null;
  neededPerHour: number | null;
  projection: { low: number; middle: number; high: number } | null;
}

/* ── keys of the scopes `floor` and `floor:<campaign>` ─────────────────────────────────────────────────────────────
 * `meta`, `agent:<id>`, `attention:<id>`. */

/** Key `meta`. */
export interface FloorMeta extends Omit<BoardMeta, 'name'> {
  teams: { id: number; name: string; parentId: number | null }[];
  campaigns: { id: number; name: string }[];
}

/** KPIs of each row of Floor, in this order. */
export const FLOOR_KPIS = [
  'dials',
  'connects',
  'connect_rate',
  'talk_total_s',
  'effective',
  'contacts',
  'sales',
  'conversion_rate',
  'revenue',
  'inbound_answered',
  'logged_in_s',
  'occupancy',
] as const;

/** Key `agent:<id>`: everybody employed in a team of the scope, and whoever had a call there today. */
export interface FloorAgent {
  id: number;
  name: string;
  teamId: number;
  isNew: boolean;
  activity: AgentActivity;
  /** Key of the pause reason. */
  reason: string | null;
  since: number | null;
  /** The call they are in: id, direction, and since when. */
  call: { id: string; direction: 'outbound' | 'inbound' | 'internal'; since: number; answered: boolean } | null;
  /** By id of FLOOR_KPIS. */
  values: Record<string, KpiValue>;
  /** Of the first of today's targets (order of the catalog); null without one. */
  attainment: number | null;
  pace: number | null;
  /** KPI of that target. */
  targetKpi: string | null;
}

export const ATTENTION_RULES = ['behind_pace', 'long_state', 'idle', 'low_conversion', 'dnc_called'] as const;
export type AttentionRule = (typeof ATTENTION_RULES)[number];

/** Key `attention:<agent>:<rule>`: somebody who may need help, and why. */
export interface FloorAttention {
  agentId: number;
  rule: AttentionRule;
  since: number;
  /** Higher first. */
  weight: number;
  /**
   * What it rests on, by name. `behind_pace`: kpi, pace, actual, expected. `long_state`: state, seconds, limit. `idle`: seconds.
   * `low_conversion`: sales, connects, low, high, usual. `dnc_called`: call.
   */
  evidence: Record<string, number | string | null>;
}

/* ── keys of the scope `me` ────────────────────────────────────────────────────────────────────────────────────────
 * `meta` (MyMeta), `agent` (FloorAgent), `kpi:<id>` of FLOOR_KPIS, `target:<id>` (TargetNow),
 * `rank` (MyRank), `calls`, `callbacks`: numbers that change when the list is to be asked for again. */

/** Key `meta`. */
export type MyMeta = Omit<BoardMeta, 'name'>;

/** Key `rank`; null where the team shows no ranks. Rates by what they probably are, as leaderboards rank them. */
export interface MyRank {
  kpi: string;
  rank: number;
  of: number;
  value: KpiValue;
  /** What is missing to whoever is one place ahead; null for the first. */
  gap: number | null;
}

/** Deterministic 32-bit FNV-1a over the canonical JSON of a state, as 8 hex digits. Same in server and browser. */
export function stateHash(state: LiveState): string {
  let hash = 0x811c9dc5;
  for (const key of Object.keys(state).sort()) {
    const text = `${key}=${canonicalJson(state[key])};`;
    for (let i = 0; i < text.length; i++) {
      hash ^= text.charCodeAt(i);
      hash = Math.imul(hash, 0x01000193);
    }
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value as Record<string, unknown>).filter(([, v]) => v !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

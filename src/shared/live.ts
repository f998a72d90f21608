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

/**
 * Scope of a subscription. `board:default` is the organisation-wide wallboard. `screen` is for a paired TV: the board it
 * is bound to, whichever that is; when it is moved to another one a snapshot follows. Frames carry the scope asked for.
 */
export type LiveScope = `board:${string}` | 'screen';

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
  /** Instant of the newest event ever received, epoch ms; null when none. */
  lastEventAt: number | null;
}

/** Key `kpi:<id>`: business day so far. Counts, seconds, fractions; null = no value. */
export type BoardKpi = number | null;

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
  /** between calls */
  | 'idle';

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
  values: Record<string, number | null>;
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

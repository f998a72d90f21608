/**
 * Shapes of the HTTP API, used by the server's controllers and by the web's `api/`.
 * All paths start with `/api/v1`. Times are ISO 8601 strings in UTC unless a name says otherwise.
 */
import type { Permission, Role } from './access.js';

export interface Localised {
  en: string;
  zh: string;
}

/** Every error body. `code` is stable; `message` is a sentence for people. */
export interface ApiErrorBody {
  error: {
    code: string;
    message: Localised;
    /** The request field the error is about, when there is one. */
    field?: string;
    /** What to do about it, when there is something to do. */
    fix?: Localised;
  };
}

/** GET /session → the signed-in user, 401 otherwise. POST /session {email,password}. DELETE /session. */
export interface SessionView {
  user: {
    id: number;
    email: string;
    name: string;
    role: Role;
    /** The agent this person is on the phone; null for people who do not call. */
    agentId: number | null;
    /** What the web may offer; the server decides again at every request. */
    permissions: Permission[];
  };
  /** Absolute end of the session. */
  expiresAt: string;
  /** IANA zone in which the organisation reads its days. */
  timeZone: string;
}

export type KpiUnit = 'count' | 'seconds' | 'fraction' | 'money' | 'per_hour' | 'money_per_hour';

/** A KPI value: a number, an amount (list over several currencies), or null for "no value" (shown "—"). */
export interface MoneyValue {
  amountMinor: number;
  currency: string;
}
export type KpiValue = number | MoneyValue | MoneyValue[] | null;

/** GET /kpis/catalog → KpiDefinitionView[] */
export interface KpiDefinitionView {
  id: string;
  version: number;
  kind: 'measure' | 'ratio' | 'distinct';
  name: Localised;
  explanation: Localised;
  /** Formula over measures, e.g. "connects ÷ dials". */
  formula: string;
  unit: KpiUnit;
  goodDirection: 'up' | 'down' | 'neutral';
  thresholds: { warn: number; bad: number } | null;
  source: Localised;
  /** False while the data it needs does not exist yet; its value is then null everywhere. */
  available: boolean;
}

export type KpiGroupBy = 'organisation' | 'team' | 'agent' | 'campaign' | 'hour' | 'day';

/** GET /kpis?from=&to=&groupBy=&kpis= */
export interface KpiReport {
  asOf: string;
  timeZone: string;
  /** Only when teams count their days in several zones: every row then uses each team's own business date. */
  timeZones?: string[];
  from: string;
  to: string;
  groupBy: KpiGroupBy;
  rows: { key: string; label: string; values: Record<string, KpiValue> }[];
  totals: Record<string, KpiValue>;
}

export type CallOutcome = 'open' | 'answered' | 'no_answer' | 'busy' | 'invalid' | 'canceled' | 'failed' | 'abandoned';

/** One call, numbers masked. */
export interface CallView {
  /** Key of the root leg (a Twilio CallSid). */
  id: string;
  direction: 'outbound' | 'inbound' | 'internal';
  outcome: CallOutcome;
  answeredBy: 'human' | 'machine' | 'fax' | 'unknown' | null;
  startedAt: string;
  answeredAt: string | null;
  endedAt: string | null;
  ringSeconds: number | null;
  talkSeconds: number;
  effective: boolean;
  stale: boolean;
  /** What the received events could not tell (e.g. `start_inferred`, `ring_unknown`). Empty = complete. */
  incomplete: string[];
  agent: { id: number; name: string } | null;
  team: { id: number; name: string };
  campaign: { id: number; name: string };
  /** Masked, e.g. 138****1234; null for anonymous callers. */
  customer: string | null;
  /** Of the latest outcome that says one; null: nobody has said. */
  disposition: { key: string; name: Localised } | null;
  /** Sales that count. */
  sales: number;
  /** An attempt to somebody who was on the do-not-call list when it began. */
  doNotCall: boolean;
  businessDate: string;
  timeZone: string;
}

/**
 * GET /calls?from=&to=&agent=&team=&campaign=&customer=&direction=&outcome=&limit=&cursor=
 * `&incomplete=true`, `&stale=true`, `&unassigned=true`, `&dnc=true` (`doNotCall`): only such calls. `&measure=<id of a measure>`: only the calls
 * it counts, so that a figure of a report opens to exactly its calls.
 * `&disposition=`, `&callerNumber=`, `&hourOfDay=`, `&weekday=`, `&interval=`: a cell of a report (shared/reports.ts); `&dateFrom=`,
 * `&dateTo=`: business dates beside a range of instants. GET /outcomes takes them as well.
 */
export interface CallPage {
  calls: CallView[];
  /** Pass as `cursor` for the next page; null at the end. */
  next: string | null;
}

export interface CallLegView {
  id: string;
  parentId: string | null;
  role: 'customer' | 'agent' | 'other';
  direction: string;
  from: string;
  to: string;
  status: string;
  initiatedAt: string | null;
  ringingAt: string | null;
  answeredAt: string | null;
  endedAt: string | null;
}

/** GET /calls/:id */
export interface CallDetail extends CallView {
  /** Surrogate id of the customer (GET /customers/:id); null for anonymous callers. */
  customerId: string | null;
  legs: CallLegView[];
  /** The raw normalised events, oldest first. */
  events: {
    id: string;
    type: string;
    leg: string;
    occurredAt: string;
    receivedAt: string;
    fields: Record<string, unknown>;
  }[];
  /** How the counts came about: settings used and what the call contributes to each measure. */
  explanation: {
    effectiveThresholdSeconds: number;
    assumeHuman: boolean;
    timeZone: string;
    slotStart: string;
    contribution: Record<string, number>;
  };
}

/** GET /setup: what the home page shows. */
export interface SetupView {
  publicUrl: string;
  /** True when PUBLIC_URL was set; otherwise the address is a guess. */
  publicUrlConfigured: boolean;
  twilioConfigured: boolean;
  webhooks: { voice: string; amd: string; recording: string; taskrouter: string };
  demo: boolean;
  timeZone: string;
  country: string;
  currency: string;
  version: string;
}

/** GET /ingest/status: whether events arrive. */
export interface IngestStatus {
  asOf: string;
  lastEventAt: string | null;
  eventsToday: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  /** Events of before the erasure of somebody they name, since the start: acknowledged and not kept. */
  erased: number;
  /** Events of calls that retention has removed, since the start: acknowledged and not kept. */
  expired: number;
  parked: number;
  pending: number;
  spooled: number;
  newAgents: number;
  incompleteCallsToday: number;
  unassignedCallsToday: number;
  /** The self-audit: quarter hours recomputed from facts since the start, and how many differed (0). */
  audit: { slotsProved: number; differences: number };
}

/** GET /ingest/parked?limit=&cursor= ; POST /ingest/parked/:id/replay ; POST /ingest/parked/replay */
export interface ParkedPage {
  parked: {
    id: string;
    provider: string;
    kind: string;
    reason: string;
    message: Localised;
    receivedAt: string;
    /** Field names and values with personal data masked. */
    preview: Record<string, string>;
  }[];
  next: string | null;
}

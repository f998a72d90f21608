/**
 * How long what is kept, by class and by the time it was received: shapes of /api/v1/retention. Changing a limit is
 * neither retroactive nor effective-dated: the next run applies it to everything there is.
 */

/**
 * - `raw`: what phone systems sent, as received. Whole UTC days.
 * - `facts`: calls with their events. What they counted stays, to the last digit; what arrives for one later is not kept.
 * - `parked`: requests that could not be used.
 * - `access`: ended sessions, used or expired links.
 * - `audit`: the audit log; its oldest part is replaced by a signed checkpoint.
 */
export const RETENTION_CLASSES = ['raw', 'facts', 'parked', 'access', 'audit'] as const;
export type RetentionClass = (typeof RETENTION_CLASSES)[number];

export interface RetentionLimits {
  defaultDays: number;
  minDays: number;
  maxDays: number;
}

/**
 * `facts`: 25 months, so that a month can be opened beside the same one of the year before and of the year before that. A
 * month at least: outcomes are corrected and invoices compared that long.
 * `audit`: Chinese law (网络安全法, article 21) wants logs for six months at least; nobody can erase their tracks sooner.
 */
export const RETENTION_LIMITS: Readonly<Record<RetentionClass, RetentionLimits>> = {
  raw: { defaultDays: 90, minDays: 1, maxDays: 3650 },
  facts: { defaultDays: 762, minDays: 31, maxDays: 3650 },
  parked: { defaultDays: 90, minDays: 1, maxDays: 3650 },
  access: { defaultDays: 30, minDays: 1, maxDays: 3650 },
  audit: { defaultDays: 730, minDays: 180, maxDays: 3650 },
};

export type RetentionDays = Record<RetentionClass, number>;

/** One run of the job; `removed` counts rows by class. Times are ISO 8601 in UTC. */
export interface RetentionRunView {
  startedAt: string;
  /** Null: it runs right now, or was cut off. */
  finishedAt: string | null;
  startedBy: 'schedule' | 'command';
  removed: Partial<RetentionDays>;
  /** What could not be done, in English; the next run tries again. */
  failure: string | null;
}

/** GET /api/v1/retention (settings:read); PUT with `RetentionDays` in part (settings:write) answers the same. */
export interface RetentionView {
  classes: {
    id: RetentionClass;
    days: number;
    /** When the oldest there is was received; null when there is nothing. */
    oldest: string | null;
  }[];
  lastRun: RetentionRunView | null;
  /** When the next run is due; it starts within ten minutes of it. */
  nextRunAt: string;
}

/** POST /api/v1/retention/preview with `RetentionDays` in part (settings:read): what a run would remove now. */
export interface RetentionPreview {
  at: string;
  classes: {
    id: RetentionClass;
    days: number;
    /** What was received before this would go. */
    before: string;
    /** Exact. */
    remove: number;
    /** Everything of the class there is. */
    total: number;
  }[];
}

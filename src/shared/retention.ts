/**
 * How long what is kept, by class and by the time it was received: shapes of /api/v1/retention. Changing a limit is
 * neither retroactive nor effective-dated: the next run applies it to everything there is.
 */

/**
 * - `raw`: what phone systems sent, as received. Whole UTC days.
 * - `parked`: requests that could not be used.
 * - `access`: ended sessions, used or expired links.
 * - `audit`: the audit log; its oldest part is replaced by a signed checkpoint.
 */
export const RETENTION_CLASSES = ['raw', 'parked', 'access', 'audit'] as const;
export type RetentionClass = (typeof RETENTION_CLASSES)[number];

export interface RetentionLimits {
  defaultDays: number;
  minDays: number;
  maxDays: number;
}

/** `audit`: Chinese law (网络安全法, article 21) wants logs for six months at least; nobody can erase their tracks sooner. */
export const RETENTION_LIMITS: Readonly<Record<RetentionClass, RetentionLimits>> = {
  raw: { defaultDays: 90, minDays: 1, maxDays: 3650 },
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
  /** Calls and the events they are made of have no limit yet: they are kept. */
  facts: { kept: number; oldest: string | null };
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

/** Retention as a whole: what is kept for how long, what a run would remove, and the run itself. */
import type { Pool } from 'pg';
import { type AuditLog, retireAudit } from '../audit/index.js';
import {
  AppError,
  type Clock,
  inTransaction,
  isoOf,
  type Keys,
  type Logger,
  READ_SNAPSHOT,
  type Signals,
} from '../platform/index.js';
import type { AuditActor } from '../shared/audit.js';
import {
  RETENTION_CLASSES,
  type RetentionClass,
  type RetentionDays,
  type RetentionPreview,
  type RetentionRunView,
  type RetentionView,
} from '../shared/retention.js';
import { type Counted, daysBefore } from './removal.js';
import { countAudit, RETAINED } from './retained.js';
import { beginRun, type Db, endRun, findLastRun, forgetRuns, loadDays, saveDays } from './settings.repository.js';

export const RUN_EVERY_MS = 86_400_000;
/** Held by the one process that removes. */
const RETENTION_LOCK = 0x7a11a2;
/** Parked requests before the days whose keys they are sealed with; calls after the bodies that would go with them. */
const ORDER: readonly RetentionClass[] = ['parked', 'raw', 'facts', 'access', 'audit'];
const SYSTEM: AuditActor = { kind: 'system', id: null, address: null };

export interface RetentionParts {
  pool: Pool;
  keys: Keys;
  clock: Clock;
  audit: AuditLog;
  log: Logger;
  signals: Pick<Signals, 'statement' | 'values'>;
  /** Called when keys of days were dropped: what is remembered of them is void. */
  forgetDays: () => void;
}

export class RetentionService {
  constructor(private readonly parts: RetentionParts) {}

  async view(): Promise<RetentionView> {
    const { pool, clock } = this.parts;
    const days = await loadDays(pool);
    const counts = await this.counts(pool, days);
    const lastRun = await findLastRun(pool);
    const next = lastRun === null ? clock.now() : Date.parse(lastRun.startedAt) + RUN_EVERY_MS;
    return {
      classes: counts.map(({ id, counted }) => ({ id, days: days[id], oldest: readable(counted.oldest) })),
      lastRun,
      nextRunAt: isoOf(next),
    };
  }

  /** Takes effect at the next run. */
  async change(wanted: Partial<RetentionDays>, actor: AuditActor): Promise<void> {
    await inTransaction(this.parts.pool, async (tx) => {
      await tx.query('LOCK TABLE retention_setting IN SHARE ROW EXCLUSIVE MODE');
      const before = await loadDays(tx);
      const changed = RETENTION_CLASSES.filter((id) => wanted[id] !== undefined && wanted[id] !== before[id]);
      if (changed.length === 0) return;
      await saveDays(tx, wanted);
      const only = (days: Partial<RetentionDays>) => Object.fromEntries(changed.map((id) => [id, days[id]]));
      await this.parts.audit.record(tx, {
        actor,
        action: 'retention.changed',
        subject: { kind: 'retention', id: 'limits' },
        outcome: 'done',
        before: only(before),
        after: only(wanted),
      });
    });
  }

  /** Exactly what a run with these limits would remove now; removes nothing. */
  preview(wanted: Partial<RetentionDays>): Promise<RetentionPreview> {
    const now = this.parts.clock.now();
    return inTransaction(
      this.parts.pool,
      async (tx) => {
        const days = { ...(await loadDays(tx)), ...wanted };
        const counts = await this.counts(tx, days);
        const classes = counts.map(({ id, before, counted: { old, total } }) => {
          return { id, days: days[id], before: isoOf(before), remove: old, total };
        });
        return { at: isoOf(now), classes };
      },
      READ_SNAPSHOT,
    );
  }

  /** True when a day has passed since the last run began. */
  async isDue(): Promise<boolean> {
    const last = await findLastRun(this.parts.pool);
    return last === null || this.parts.clock.now() - Date.parse(last.startedAt) >= RUN_EVERY_MS;
  }

  /**
   * Removes what is too old, class by class; a class that fails does not keep the others. Null when another process is at
   * it, or when `onlyIfDue` and it no longer is.
   */
  async run(startedBy: RetentionRunView['startedBy'], onlyIfDue = false): Promise<RetentionRunView | null> {
    const { pool, clock } = this.parts;
    const holder = await pool.connect();
    try {
      const { rows } = await holder.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [
        RETENTION_LOCK,
      ]);
      if (rows[0]?.held !== true) return null;
      if (onlyIfDue && !(await this.isDue())) return null;
      const id = await beginRun(pool, startedBy, clock.now());
      await this.remove(id, await loadDays(pool));
      return await findLastRun(pool);
    } finally {
      await holder.query('SELECT pg_advisory_unlock($1)', [RETENTION_LOCK]).catch(() => {});
      holder.release(true);
    }
  }

  private async remove(run: number, days: RetentionDays): Promise<void> {
    const { pool, clock, audit, log } = this.parts;
    const now = clock.now();
    const removed: Partial<RetentionDays> = {};
    const failures: string[] = [];
    for (const id of ORDER) {
      try {
        removed[id] = await this.removeClass(id, now, days[id]);
      } catch (error) {
        failures.push(`${id}: ${error instanceof AppError ? error.message : 'failed, see the server log'}`);
        log.error({ err: error, class: id }, 'Retention could not remove everything; the next run tries again');
      }
    }
    await forgetRuns(pool, daysBefore(now, days.audit));
    const failure = failures.length > 0 ? failures.join('; ') : null;
    await inTransaction(pool, async (tx) => {
      await endRun(tx, run, { removed, failure, now: clock.now() });
      if (!Object.values(removed).some((n) => n > 0)) return;
      await audit.record(tx, {
        actor: SYSTEM,
        action: 'retention.applied',
        subject: { kind: 'retention', id: String(run) },
        outcome: 'done',
        after: { removed, days },
      });
    });
    log.info({ removed }, 'Retention ran');
  }

  private async removeClass(id: RetentionClass, now: number, days: number): Promise<number> {
    const { pool, forgetDays } = this.parts;
    if (id === 'audit') {
      const { removed, brokenAt } = await retireAudit(pool, this.parts, daysBefore(now, days), SYSTEM);
      if (brokenAt !== null) throw new AppError('audit_broken', { params: { seq: brokenAt } });
      return removed;
    }
    const { horizon, remove } = RETAINED[id];
    const removed = await remove(pool, horizon(now, days), { signals: this.parts.signals, now });
    if (id === 'raw') forgetDays();
    return removed;
  }

  private async counts(
    db: Db,
    days: RetentionDays,
  ): Promise<{ id: RetentionClass; before: number; counted: Counted }[]> {
    const now = this.parts.clock.now();
    const result = [];
    for (const id of RETENTION_CLASSES) {
      const before = id === 'audit' ? daysBefore(now, days[id]) : RETAINED[id].horizon(now, days[id]);
      const counted = await (id === 'audit' ? countAudit(db, before) : RETAINED[id].count(db, before, now));
      result.push({ id, before, counted });
    }
    return result;
  }
}

function readable(epochMs: number | null): string | null {
  return epochMs === null ? null : isoOf(epochMs);
}

/** Lists of customers from a file: all of it or nothing, and the same file twice changes nothing the second time. */
import type { Pool, PoolClient } from 'pg';
import type { AuditLog } from '../audit/index.js';
import { businessDayBounds, DEFAULT_SITE } from '../organisation/index.js';
import { AppError, type CsvRow, inTransaction } from '../platform/index.js';
import type { AuditAction, AuditActor } from '../shared/audit.js';
import type { ListImport, ListImportError } from '../shared/customer-lists.js';

const SHOWN_MAX = 200;

/** What is wrong with a row; thrown while it is planned. */
export class RowError extends Error {
  constructor(
    readonly column: string | null,
    readonly error: AppError,
  ) {
    super(error.code);
  }
}

/** Leaves the transaction without its changes. */
class NotApplied extends Error {
  constructor(readonly report: ListImport) {
    super('Nothing is to be changed');
  }
}

interface Work<Column extends string, Planned> {
  rows: readonly CsvRow<Column>[];
  dryRun: boolean;
  actor: AuditActor;
  action: AuditAction;
  /** What is known about all rows, read once with the list locked. What it makes is undone with a dry run. */
  prepare: (tx: PoolClient) => Promise<(row: CsvRow<Column>) => Planned | null>;
  /** Writes what is to change. */
  write: (tx: PoolClient, planned: readonly Planned[]) => Promise<void>;
}

/** `prepare` gives the plan of a row: null where it says what is there already; it throws `RowError`. */
export async function importList<Column extends string, Planned>(
  pool: Pool,
  audit: AuditLog,
  work: Work<Column, Planned>,
): Promise<ListImport> {
  try {
    return await inTransaction(pool, async (tx) => {
      const planRow = await work.prepare(tx);
      const planned: Planned[] = [];
      const errors: ListImportError[] = [];
      for (const row of work.rows) {
        try {
          const plan = planRow(row);
          if (plan !== null) planned.push(plan);
        } catch (error) {
          if (!(error instanceof RowError)) throw error;
          errors.push(errorOf(row.line, error));
        }
      }
      const report: ListImport = {
        dryRun: work.dryRun,
        ok: errors.length === 0,
        rows: work.rows.length,
        added: planned.length,
        unchanged: work.rows.length - planned.length - errors.length,
        errors: errors.slice(0, SHOWN_MAX),
        errorCount: errors.length,
      };
      if (work.dryRun || !report.ok || planned.length === 0) throw new NotApplied(report);
      await work.write(tx, planned);
      const after = { rows: report.rows, added: report.added };
      await audit.record(tx, { actor: work.actor, action: work.action, subject: null, outcome: 'done', after });
      return report;
    });
  } catch (error) {
    if (error instanceof NotApplied) return error.report;
    throw error;
  }
}

function errorOf(line: number, { column, error }: RowError): ListImportError {
  const { code, sentence, fix } = error;
  return { line, column, code, message: sentence, ...(fix === undefined ? {} : { fix }) };
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/i;

/** How the organisation reads a date: when its business day begins. */
export interface DayBegin {
  timeZone: string;
  dayStartMinutes: number;
}

/** Of the organisation's main site, as it is now. */
export async function dayBegin(tx: Pick<PoolClient, 'query'>): Promise<DayBegin> {
  const { rows } = await tx.query<DayBegin>(
    `SELECT time_zone AS "timeZone", day_start_minutes AS "dayStartMinutes" FROM site_version
     WHERE site_id = $1 ORDER BY valid_from DESC LIMIT 1`,
    [DEFAULT_SITE],
  );
  return rows[0] ?? { timeZone: 'UTC', dayStartMinutes: 0 };
}

/** A date (its business day's beginning) or an ISO 8601 instant with its offset. Throws `RowError` with `time_invalid`. */
export function readTimeCell(column: string, text: string, { timeZone, dayStartMinutes }: DayBegin): Date {
  const isDate = DATE.test(text);
  const at = isDate || INSTANT.test(text) ? new Date(text) : null;
  // A day that does not exist (2026-02-31) is moved by Date, not refused.
  const isDay = !isDate || (at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text));
  if (at === null || Number.isNaN(at.getTime()) || !isDay || at.getUTCFullYear() < 1970 || at.getUTCFullYear() > 2100) {
    throw new RowError(column, new AppError('time_invalid', { field: column, params: { name: column } }));
  }
  return isDate ? new Date(businessDayBounds(text, timeZone, dayStartMinutes).start) : at;
}

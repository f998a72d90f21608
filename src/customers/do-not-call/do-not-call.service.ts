/** The do-not-call list: who is on it, entries and removals by hand, and what a dialler asks. Every change is audited. */
import type { Pool } from 'pg';
import type { AuditLog } from '../../audit/index.js';
import type { OwnNumbers } from '../../organisation/index.js';
import { AppError, type Clock, csvLine, inTransaction } from '../../platform/index.js';
import type { AuditActor } from '../../shared/audit.js';
import {
  DO_NOT_CALL_COLUMNS,
  type DoNotCallCheck,
  type DoNotCallCreate,
  type DoNotCallEntry,
  type DoNotCallPage,
} from '../../shared/customer-lists.js';
import type { CustomerNumbers } from '../customer-numbers.js';
import { readNumber } from '../read-number.js';
import {
  findListed,
  insertChanges,
  type ListedCursor,
  type ListedRow,
  listedAmong,
  listedPage,
  listedTotal,
  lockList,
} from './do-not-call.repository.js';

const BOM = '\ufeff';
const EXPORT_PAGE = 5_000;

export class DoNotCallService {
  constructor(
    private readonly pool: Pool,
    private readonly numbers: CustomerNumbers,
    private readonly book: OwnNumbers,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly country: string,
  ) {}

  /** `withOutcomes`: says which refusal it was; for whoever sees all of the organisation. */
  async page(limit: number, cursor: string | null, withOutcomes: boolean): Promise<DoNotCallPage> {
    const now = this.now();
    const rows = await listedPage(this.pool, now, limit + 1, cursor === null ? null : decodeCursor(cursor));
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      entries: await this.views(shown, withOutcomes),
      next: rows.length > limit && last !== undefined ? encodeCursor(last) : null,
      total: await listedTotal(this.pool, now),
    };
  }

  /** Throws `number_unreadable`. */
  async add(actor: AuditActor, body: DoNotCallCreate): Promise<DoNotCallEntry> {
    const now = this.now();
    const since = body.since === undefined ? now : new Date(body.since);
    if (since > now) throw new AppError('time_in_future', { field: 'since', params: { name: 'since' } });
    const row = await inTransaction(this.pool, async (tx) => {
      await lockList(tx);
      const customerId = (await this.book.refsOf(tx, [body.number])).get(body.number) ?? null;
      if (customerId === null) throw new AppError('number_unreadable', { field: 'number' });
      const known = await findListed(tx, customerId, now);
      if (known !== null && known.since <= since) return known;
      const reason = body.reason ?? '';
      await insertChanges(tx, [{ customerId, kind: 'listed', at: since, source: 'manual', reason }]);
      await this.audit.record(tx, {
        actor,
        action: 'do_not_call.listed',
        subject: { kind: 'customer', id: customerId },
        outcome: 'done',
        after: { since: since.toISOString(), ...(reason === '' ? {} : { reason: '•' }) },
      });
      const listed = await findListed(tx, customerId, now);
      // An entry for a time before somebody took them off the list changes nothing of today.
      if (listed === null) throw new AppError('not_listed', { field: 'since' });
      return listed;
    });
    const [entry] = await this.views([row], true);
    if (entry === undefined) throw new AppError('not_listed');
    return entry;
  }

  /** Throws `not_listed`, `do_not_call_reason_missing`. */
  async remove(actor: AuditActor, customerId: string, reason: string): Promise<void> {
    if (reason === '') throw new AppError('do_not_call_reason_missing', { field: 'reason' });
    await inTransaction(this.pool, async (tx) => {
      await lockList(tx);
      const at = this.now();
      if ((await findListed(tx, customerId, at)) === null) throw new AppError('not_listed');
      await insertChanges(tx, [{ customerId, kind: 'removed', at, source: 'manual', reason }]);
      await this.audit.record(tx, {
        actor,
        action: 'do_not_call.removed',
        subject: { kind: 'customer', id: customerId },
        outcome: 'done',
        after: { reason: '•' },
      });
    });
  }

  async check(given: readonly string[]): Promise<DoNotCallCheck[]> {
    const read = given.map((text) => {
      const number = readNumber(text.trim(), this.country);
      return number.kind === 'tel' ? number.number : null;
    });
    const ids = await this.numbers.known(
      this.pool,
      read.filter((number) => number !== null),
    );
    const listed = await listedAmong(this.pool, [...new Set(ids.values())], this.now());
    return read.map((number) => {
      const since = listed.get(ids.get(number ?? '') ?? '') ?? null;
      return { listed: since !== null, since: since?.toISOString() ?? null, readable: number !== null };
    });
  }

  /** Everybody on it, numbers masked; audited before it leaves. */
  async file(actor: AuditActor, bom: boolean): Promise<string> {
    const now = this.now();
    const lines: string[] = [];
    for (let cursor: ListedCursor | null = null, more = true; more; ) {
      const rows: ListedRow[] = await listedPage(this.pool, now, EXPORT_PAGE, cursor);
      for (const { number, since, source, reason, calls } of await this.views(rows, false)) {
        lines.push(csvLine([number, since, source, reason, calls]));
      }
      cursor = rows.at(-1) ?? null;
      more = rows.length === EXPORT_PAGE;
    }
    await inTransaction(this.pool, (tx) =>
      this.audit.record(tx, {
        actor,
        action: 'do_not_call.exported',
        subject: null,
        outcome: 'done',
        after: { rows: lines.length },
      }),
    );
    return `${bom ? BOM : ''}${csvLine(['number', 'since', 'source', 'reason', 'calls'])}${lines.join('')}`;
  }

  private now(): Date {
    return new Date(this.clock.now());
  }

  private async views(rows: readonly ListedRow[], withOutcomes: boolean): Promise<DoNotCallEntry[]> {
    const masked = await this.book.masked(
      this.pool,
      rows.map(({ customerId }) => customerId),
    );
    return rows.map((row) => ({
      ...row,
      number: masked.get(row.customerId) ?? null,
      since: row.since.toISOString(),
      outcomeId: withOutcomes ? row.outcomeId : null,
    }));
  }
}

/** The header of an import and one row that shows how it is filled in. */
export function doNotCallTemplate(): string {
  return `${BOM}${csvLine(DO_NOT_CALL_COLUMNS)}${csvLine(['+8613800001234', '2026-03-14T09:30:00+08:00', '客户书面要求'])}`;
}

function encodeCursor({ since, customerId }: ListedRow): string {
  return Buffer.from(JSON.stringify([since.toISOString(), customerId]), 'utf8').toString('base64url');
}

function decodeCursor(text: string): ListedCursor {
  try {
    const value: unknown = text.length <= 200 ? JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) : null;
    if (Array.isArray(value) && value.length === 2) {
      const [since, customerId] = value as unknown[];
      const at = typeof since === 'string' ? new Date(since) : null;
      if (at !== null && !Number.isNaN(at.getTime()) && /^[1-9]\d{0,17}$/.test(String(customerId))) {
        return { since: at, customerId: String(customerId) };
      }
    }
  } catch {
    // Answered below.
  }
  throw new AppError('cursor_invalid', { field: 'cursor' });
}

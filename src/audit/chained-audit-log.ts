/**
 * The audit log of a process: entries into the chain, notes gathered and written once a second, the head anchored.
 *
 * Transaction order: an entry is chained right before the COMMIT of the transaction that makes the change (`beforeCommit`),
 * so the chain's lock is always the last one taken and is held for three short statements and the commit. Whoever waits
 * for it holds rows, but who holds it waits for nobody: no deadlock. A transaction that was not opened by `inTransaction`
 * has its entry chained where it says so, and must do nothing else afterwards.
 */
import type { Pool } from 'pg';
import {
  AppError,
  beforeCommit,
  type Clock,
  currentTransaction,
  inTransaction,
  type Keys,
  type Logger,
} from '../platform/index.js';
import type { AuditAnchor } from './anchor.js';
import { appendToChain, headOf, type Prepared, prepare } from './audit.repository.js';
import type { AuditEntry, AuditLog, Queryable } from './audit-log.js';
import { PendingNotes } from './pending-notes.js';

/** How often notes are written and the head is anchored: the end that a crash of machine and database could hide. */
const EVERY_MS = 1_000;
const NOTES_PER_TRANSACTION = 200;

export class ChainedAuditLog implements AuditLog {
  private readonly notes = new PendingNotes();
  /** Entries of transactions that are still open, to be chained together at their end. */
  private readonly closing = new WeakMap<object, Prepared[]>();
  private timer: NodeJS.Timeout | null = null;
  private working: Promise<void> | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly keys: Keys,
    private readonly anchor: AuditAnchor,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  /** Throws `audit_unavailable` (or fails the commit with it) when the entry cannot be written: no entry, no change. */
  async record(tx: Queryable, entry: AuditEntry): Promise<void> {
    const prepared = prepare(entry);
    const transaction = currentTransaction(tx);
    if (transaction === null) {
      if (!('release' in tx)) throw new Error('An audit entry needs the transaction of its change, not a pool');
      await this.append(tx, [prepared]);
      return;
    }
    const known = this.closing.get(transaction);
    if (known !== undefined) {
      known.push(prepared);
      return;
    }
    const entries = [prepared];
    this.closing.set(transaction, entries);
    beforeCommit(tx, () => this.append(tx, entries));
  }

  note(entry: AuditEntry): void {
    this.notes.add(entry, this.clock.now());
  }

  start(): void {
    this.timer ??= setInterval(() => void this.work(false), EVERY_MS);
  }

  /** Writes what is left and anchors the head. Safe to call twice, and without `start`. */
  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    await this.working;
    await this.work(true);
  }

  /** Resolves once everything noted so far is in the log (not what is still being merged). */
  async settle(): Promise<void> {
    await this.working;
    await this.work(false);
  }

  private async append(tx: Queryable, entries: Prepared[]): Promise<void> {
    try {
      await appendToChain(tx, entries, this.keys, this.clock);
    } catch (error) {
      throw isRetried(error) ? error : new AppError('audit_unavailable', { cause: error });
    }
  }

  private work(all: boolean): Promise<void> {
    this.working ??= this.write(all).finally(() => {
      this.working = null;
    });
    return this.working;
  }

  private async write(all: boolean): Promise<void> {
    const notes = this.notes.take(this.clock.now(), all);
    try {
      while (notes.length > 0) {
        const some = notes.slice(0, NOTES_PER_TRANSACTION).map(({ entry, attempts }) => prepare(entry, attempts));
        await inTransaction(this.pool, (tx) => appendToChain(tx, some, this.keys, this.clock));
        notes.splice(0, some.length);
      }
    } catch (error) {
      this.notes.putBack(notes);
      this.log.warn({ err: error, waiting: notes.length }, 'Notes of the audit log wait for the database');
    }
    const lost = this.notes.takeLost();
    if (lost > 0) this.log.error({ lost }, 'The audit log had no room for notes of refused attempts');
    await this.anchorHead();
  }

  private async anchorHead(): Promise<void> {
    try {
      const head = await headOf(this.pool);
      if (head !== null) await this.anchor.write(head, this.clock.now());
    } catch (error) {
      this.log.warn({ err: error, file: this.anchor.file }, 'The head of the audit log could not be anchored');
    }
  }
}

/** A deadlock or a conflict of serialisation: whoever made the transaction tries it again. */
function isRetried(error: unknown): boolean {
  return error instanceof Error && ['40P01', '40001'].includes((error as { code?: string }).code ?? '');
}

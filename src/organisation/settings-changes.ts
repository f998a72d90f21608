/**
 * One way to change a setting: in one transaction the change, the calls it moves, the new version of the settings and the
 * entry in the audit log. Nothing of it can be committed without the rest.
 */
import type { Pool, PoolClient } from 'pg';
import { type AuditEntry, type AuditLog, because, type ChangeCause, causeOfKept } from '../audit/index.js';
import { AppError, inTransaction, type Signals } from '../platform/index.js';
import type { AuditActor } from '../shared/audit.js';
import type { Changed } from '../shared/organisation.js';
import type { Affected, AttributionChanged } from './attribution.port.js';

/** SQLSTATE after `lock_timeout`. */
const LOCK_NOT_AVAILABLE = '55P03';

/** What a change did and what it says about itself. */
export interface Change<T> {
  audit: readonly Omit<AuditEntry, 'actor' | 'outcome'>[];
  /** Calls to look at again. Left out: none can move, and the answer says nothing about calls. */
  affected?: readonly Affected[];
  /** Two agents who became one. */
  merged?: { from: number; into: number };
  /** The thing as it is after all of it. */
  result: () => Promise<T>;
}

/** What adjustments of closed months say about it. */
function causeOfChange({ kind, id }: AuditActor, entries: Change<unknown>['audit']): ChangeCause | null {
  return causeOfKept([{ reason: entries.map(({ action }) => action).join(', '), by: [{ kind, id }] }]);
}

export class SettingsChanges {
  constructor(
    private readonly pool: Pool,
    private readonly attribution: AttributionChanged,
    private readonly audit: AuditLog,
    private readonly signals: Pick<Signals, 'statement' | 'values'>,
    /** Tells the boards of this process, and waits until they know; those of others hear the signal. */
    private readonly committed: () => Promise<void>,
  ) {}

  async run<T>(actor: AuditActor, work: (tx: PoolClient) => Promise<Change<T>>): Promise<Changed<T>> {
    const { answer, afterCommit } = await inTransaction(this.pool, async (tx) => {
      await this.lock(tx);
      const change = await because(tx, causeOfChange(actor, []), () => work(tx));
      await tx.query('UPDATE organisation SET version = version + 1');
      const { affected, merged } = change;
      const { moved, sumsMoved } = await because(tx, causeOfChange(actor, change.audit), async () => ({
        moved: affected === undefined ? null : await this.attribution.apply(tx, affected),
        sumsMoved: merged === undefined ? null : await this.attribution.merge(tx, merged.from, merged.into),
      }));
      const result = await change.result();
      await tx.query(this.signals.statement, this.signals.values('folded'));
      // Last: the audit log is one chain that everybody waits for.
      for (const entry of change.audit) await this.audit.record(tx, { ...entry, actor, outcome: 'done' });
      return {
        answer: moved === null ? { result } : { result, recount: moved.recount },
        afterCommit: () => {
          moved?.afterCommit();
          sumsMoved?.();
        },
      };
    });
    afterCommit();
    await this.committed();
    return answer;
  }

  /** Somebody else may hold it for longer than anybody should wait (a rebuild): then the request is to be made again. */
  private async lock(tx: PoolClient): Promise<void> {
    try {
      await this.attribution.lock(tx);
    } catch (error) {
      if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE) throw error;
      throw new AppError('unavailable', { cause: error });
    }
  }
}

/** The do-not-call list from a file. */
import type { Pool } from 'pg';
import type { AuditLog } from '../../audit/index.js';
import type { OwnNumbers } from '../../organisation/index.js';
import { AppError, type Clock, readCsvTable } from '../../platform/index.js';
import type { AuditActor } from '../../shared/audit.js';
import { DO_NOT_CALL_COLUMNS, type DoNotCallColumn, type ListImport } from '../../shared/customer-lists.js';
import { dayBegin, importList, RowError, readTimeCell } from '../list-import.js';
import { insertChanges, type ListChange, listedAmong, lockList } from './do-not-call.repository.js';

const REASON_MAX = 200;

export class DoNotCallImport {
  constructor(
    private readonly pool: Pool,
    private readonly book: OwnNumbers,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Whoever is listed already stays as they are. */
  run(actor: AuditActor, file: Buffer, dryRun: boolean): Promise<ListImport> {
    const rows = readCsvTable<DoNotCallColumn>(file, DO_NOT_CALL_COLUMNS, 'number');
    return importList<DoNotCallColumn, ListChange>(this.pool, this.audit, {
      rows,
      dryRun,
      actor,
      action: 'do_not_call.imported',
      prepare: async (tx) => {
        await lockList(tx);
        const refs = await this.book.refsOf(
          tx,
          rows.flatMap(({ cells }) => cells.get('number') ?? []),
        );
        const now = new Date(this.clock.now());
        const day = await dayBegin(tx);
        const known = await listedAmong(
          tx,
          [...refs.values()].filter((ref) => ref !== null),
          now,
        );
        return ({ cells }) => {
          const customerId = refs.get(cells.get('number') ?? '') ?? null;
          if (customerId === null) throw new RowError('number', new AppError('number_unreadable'));
          const since = cells.get('since');
          const at = since === undefined ? now : readTimeCell('since', since, day);
          if (at > now) throw new RowError('since', new AppError('time_in_future', { params: { name: 'since' } }));
          const reason = cells.get('reason') ?? '';
          if (reason.length > REASON_MAX) {
            throw new RowError(
              'reason',
              new AppError('text_too_long', { params: { name: 'reason', max: REASON_MAX } }),
            );
          }
          const listed = known.get(customerId);
          if (listed !== undefined && (since === undefined || listed <= at)) return null;
          known.set(customerId, at);
          return { customerId, kind: 'listed', at, source: 'import', reason };
        };
      },
      write: insertChanges,
    });
  }
}

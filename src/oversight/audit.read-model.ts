/** The audit log as people read it: pages with names, exports, the state of the chain. */
import type { Pool } from 'pg';
import { type AuditAnchor, verifyAudit } from '../audit/index.js';
import { type Clock, inTransaction, isoOf, type Keys, READ_SNAPSHOT } from '../platform/index.js';
import type {
  AuditActorsView,
  AuditEventView,
  AuditPage,
  AuditStatus,
  AuditVerificationView,
} from '../shared/audit.js';
import { csvHeader, csvLine } from './audit-csv.js';
import { type AuditEventRow, findActors, findChainEnds, findEvents } from './audit-events.repository.js';
import { type Named, namesOf } from './audit-names.js';
import type { AuditFilter, AuditPageQuery } from './audit-query.js';

const EXPORT_CHUNK = 1_000;

export class AuditReadModel {
  private verification: AuditVerificationView | null = null;
  private verifying: Promise<void> | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly keys: Keys,
    private readonly anchor: AuditAnchor,
    private readonly clock: Clock,
  ) {}

  async page({ limit, cursor, ...filter }: AuditPageQuery): Promise<AuditPage> {
    const found = await findEvents(this.pool, filter, limit + 1, cursor);
    const rows = found.slice(0, limit);
    const nameOf = await namesOf(this.pool, rows.flatMap(namedIn));
    return {
      events: rows.map((row) => viewOf(row, nameOf)),
      next: found.length > limit ? (rows.at(-1)?.seq ?? null) : null,
    };
  }

  async actors(): Promise<AuditActorsView> {
    const actors = await findActors(this.pool);
    const nameOf = await namesOf(this.pool, actors);
    return { actors: actors.map((actor) => ({ ...actor, name: nameOf(actor) })) };
  }

  /** CSV in pieces, newest entry first. Reads page by page, so a slow reader holds no transaction open. */
  async *csv(filter: AuditFilter): AsyncGenerator<string> {
    yield csvHeader();
    for (let cursor: string | null = null; ; ) {
      const rows: AuditEventRow[] = await findEvents(this.pool, filter, EXPORT_CHUNK, cursor);
      if (rows.length === 0) return;
      const nameOf = await namesOf(this.pool, rows.flatMap(namedIn));
      yield rows.map((row) => csvLine(row, nameOf)).join('');
      cursor = rows.at(-1)?.seq ?? cursor;
    }
  }

  async status(): Promise<AuditStatus> {
    const { entries, first, last, origin } = await findChainEnds(this.pool);
    const anchored = this.anchor.read().lines.at(-1) ?? null;
    const readable = (end: { seq: string; at: number } | null) => end && { seq: end.seq, at: isoOf(end.at) };
    return {
      entries,
      first: readable(first),
      last: readable(last),
      origin: readable(origin),
      anchored: anchored && { seq: anchored.seq, at: anchored.at },
      verification: this.verification,
    };
  }

  /** Proves the whole chain; who asks while it runs waits for the same proof. */
  async verify(): Promise<AuditStatus> {
    this.verifying ??= this.prove().finally(() => {
      this.verifying = null;
    });
    await this.verifying;
    return this.status();
  }

  private async prove(): Promise<void> {
    // Before the snapshot: what is anchored meanwhile would be an end the snapshot does not know.
    const anchored = this.anchor.read();
    const found = await inTransaction(this.pool, (tx) => verifyAudit(tx, this.keys, anchored), READ_SNAPSHOT);
    const { ok, entries, problemCount, problems } = found;
    this.verification = { at: isoOf(this.clock.now()), ok, entries, problemCount, problems };
  }
}

function namedIn(row: AuditEventRow): Named[] {
  const actor = { kind: row.actorKind, id: row.actorId };
  return row.subjectKind === null ? [actor] : [actor, { kind: row.subjectKind, id: row.subjectId }];
}

function viewOf(row: AuditEventRow, nameOf: (one: Named) => string | null): AuditEventView {
  const { seq, actorKind: kind, actorId: id, address, action, subjectKind, subjectId, outcome, attempts } = row;
  return {
    seq,
    at: isoOf(row.at),
    actor: { kind, id, address, name: nameOf({ kind, id }) },
    action,
    subject:
      subjectKind === null
        ? null
        : { kind: subjectKind, id: subjectId ?? '', name: nameOf({ kind: subjectKind, id: subjectId }) },
    outcome,
    attempts,
    before: fromJson(row.before),
    after: fromJson(row.after),
  };
}

/** An entry somebody tampered with must still be shown. */
function fromJson(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

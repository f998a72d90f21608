/**
 * Proves the chain: every entry against its MAC and the entry before it, the origin against its checkpoint, the end
 * against the anchor. After a break it goes on from what is there, so that each place is named once.
 */
import type { Keys } from '../platform/index.js';
import type { AnchorContent } from './anchor.js';
import { entriesAfter, type Head } from './audit.repository.js';
import type { Queryable } from './audit-log.js';
import { AT_TEXT, type ChainedRow, type CheckpointRow, GENESIS, macOf, signatureOf } from './chain.js';

const CHUNK = 1_000;
const PROBLEMS_MAX = 50;

export interface AuditProblem {
  /**
   * `altered`: the entry is not what was written there (changed, swapped, or put in). `missing`: entries are gone.
   * `truncated`: the anchor knows a later end. `anchor`: another entry was anchored at this place. `origin`: entries or
   * checkpoints where none may be, or a checkpoint that is not signed. `key`: a key is not in the key file.
   */
  kind: 'altered' | 'missing' | 'truncated' | 'anchor' | 'origin' | 'key';
  /** Number of the entry where it shows. */
  seq: string;
  detail: string;
}

export interface AuditVerification {
  ok: boolean;
  entries: number;
  /** Numbers of the first and last entry; null when there is none. */
  first: string | null;
  last: string | null;
  /** The checkpoint the chain begins at, after retention. */
  origin: { seq: string; at: string } | null;
  /** The last anchored head; null without an anchor file. */
  anchored: { seq: string; at: string } | null;
  /** Lines of the anchor file that could not be read. */
  anchorUnreadable: number;
  problemCount: number;
  /** The first of them. */
  problems: AuditProblem[];
}

type Entry = ChainedRow & { mac: Buffer };

class Findings {
  readonly problems: AuditProblem[] = [];
  count = 0;

  add(kind: AuditProblem['kind'], seq: string, detail: string): void {
    this.count++;
    if (this.problems.length < PROBLEMS_MAX) this.problems.push({ kind, seq, detail });
  }
}

/** `db`: a transaction with one snapshot, or entries written meanwhile may be taken for a difference. */
export async function verifyAudit(db: Queryable, keys: Keys, anchor: AnchorContent): Promise<AuditVerification> {
  const findings = new Findings();
  const origin = await verifyOrigin(db, keys, findings);
  const anchored = new Map(anchor.lines.map((line) => [line.seq, line]));
  let previous: Head = origin === null ? { seq: '0', mac: GENESIS } : { seq: origin.seq, mac: origin.mac };
  let entries = 0;
  let first: string | null = null;
  for (let after: string | null = null; ; ) {
    const rows: Entry[] = await entriesAfter(db, after, CHUNK);
    if (rows.length === 0) break;
    for (const row of rows) {
      entries++;
      first ??= row.seq;
      if (BigInt(row.seq) <= BigInt(origin?.seq ?? 0)) {
        // Retention removes entries in the transaction of its checkpoint: none may be left.
        findings.add('origin', row.seq, 'an entry before the beginning of the chain');
      } else {
        verifyEntry(keys, row, previous, findings);
        previous = { seq: row.seq, mac: row.mac };
      }
      verifyAnchor(row, anchored, findings);
    }
    after = rows.at(-1)?.seq ?? after;
  }
  const last = verifyEnd(previous, anchor, origin, findings);
  return {
    ok: findings.count === 0,
    entries,
    first,
    last: previous.seq === '0' ? null : previous.seq,
    origin: origin === null ? null : { seq: origin.seq, at: readable(origin.at) },
    anchored: last,
    anchorUnreadable: anchor.unreadable,
    problemCount: findings.count,
    problems: findings.problems,
  };
}

function verifyEntry(keys: Keys, row: Entry, previous: Head, findings: Findings): void {
  const expected = BigInt(previous.seq) + 1n;
  if (BigInt(row.seq) !== expected) {
    const gone = BigInt(row.seq) - expected;
    findings.add('missing', String(expected), `${gone} ${gone === 1n ? 'entry is' : 'entries are'} missing here`);
    // What it was chained to is gone with them.
    return;
  }
  try {
    if (!macOf(keys, row, previous.mac).equals(row.mac)) {
      findings.add('altered', row.seq, 'this entry or the one before it is not as it was written');
    }
  } catch {
    findings.add('key', row.seq, `was written with key ${row.keyId}, which is not in the key file`);
  }
}

function verifyAnchor(row: Entry, anchored: ReadonlyMap<string, { mac: string }>, findings: Findings): void {
  const line = anchored.get(row.seq);
  if (line !== undefined && line.mac !== row.mac.toString('hex')) {
    findings.add('anchor', row.seq, 'another entry was anchored at this place');
  }
}

function verifyEnd(
  head: Head,
  anchor: AnchorContent,
  origin: CheckpointRow | null,
  findings: Findings,
): { seq: string; at: string } | null {
  const newest = anchor.lines.reduce<(typeof anchor.lines)[number] | null>(
    (best, line) => (best === null || BigInt(line.seq) >= BigInt(best.seq) ? line : best),
    null,
  );
  if (newest === null) return null;
  if (BigInt(newest.seq) > BigInt(head.seq)) {
    findings.add(
      'truncated',
      head.seq,
      `the log ends at ${head.seq}, but entry ${newest.seq} was anchored at ${newest.at}`,
    );
  } else if (origin !== null && newest.seq === origin.seq && newest.mac !== origin.mac.toString('hex')) {
    findings.add('anchor', newest.seq, 'another entry was anchored where the chain begins now');
  }
  return { seq: newest.seq, at: newest.at };
}

async function verifyOrigin(db: Queryable, keys: Keys, findings: Findings): Promise<CheckpointRow | null> {
  const { rows } = await db.query<CheckpointRow & { signature: Buffer }>(
    `SELECT seq::text AS seq, mac, ${AT_TEXT} AS at, removed::text AS removed, key_id AS "keyId", signature
     FROM audit_checkpoint ORDER BY audit_checkpoint.seq`,
  );
  for (const { signature, ...row } of rows) {
    try {
      if (signatureOf(keys, row).equals(signature)) continue;
      findings.add('origin', row.seq, 'the checkpoint is not signed by this installation');
    } catch {
      findings.add('key', row.seq, `the checkpoint was signed with key ${row.keyId}, which is not in the key file`);
    }
  }
  return rows.at(-1) ?? null;
}

function readable(at: string): string {
  return `${at.slice(0, 23)}Z`;
}

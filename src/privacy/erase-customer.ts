/**
 * Erases a phone number. Gone are its ciphertext, the received bodies of all its calls, parked bodies that name it, and
 * the plain hash of each of its events. What stays are calls and sums under a surrogate id nobody can resolve, and a
 * tombstone (the blind index) that keeps replays out. See docs/privacy.md.
 *
 * Most of the work is done before, in short transactions: deleting a body changes nothing else. The last one locks the
 * log against writers, so that nobody writes between the last look and the tombstone; it holds the lock for the events of
 * the last moments only.
 */
import type { Pool } from 'pg';
import type { AuditLog, Queryable } from '../audit/index.js';
import { type CustomerNumbers, type Erasures, forgetInLists } from '../customers/index.js';
import { numbersMentioned } from '../ingest/index.js';
import { AppError, type Clock, inTransaction, isoOf, type Keys, type Signals } from '../platform/index.js';
import type { AuditActor } from '../shared/audit.js';
import { maskNumber } from '../shared/mask-number.js';
import type { EraseReason, ErasurePreview, ErasureResult } from '../shared/privacy.js';
import { type BuriedNumber, buryNumber, type Gone, insertErasure, lockLog } from './burial.js';
import { CustomersRepository } from './customers.repository.js';
import { requireNumber } from './customers.service.js';
import {
  eventsOfCustomer,
  forgetBodies,
  keyDedupKeys,
  lastId,
  legsOfCalls,
  SCAN_CHUNK,
  SCAN_MARGIN,
} from './forget-events.js';
import { requireNobodysNumber } from './number-owners.js';
import type { NamesThem, ParkedBodies } from './parked-bodies.js';

export interface ErasureParts {
  pool: Pool;
  keys: Keys;
  numbers: CustomerNumbers;
  erasures: Erasures;
  parked: ParkedBodies;
  audit: AuditLog;
  signals: Signals;
  clock: Clock;
  country: string;
}

const ID = /^[1-9]\d{0,17}$/;

/** What is to be erased: a number, and whose it is when it was ever seen. */
interface Target {
  /** Null: all of its calls were removed by retention, and its ciphertext with them. */
  number: string | null;
  id: string | null;
  /** Key its index was made with. */
  keyId: number;
}

/** Takes the bodies from the events of a customer with ids in (`after`, `upTo`], and the plain hashes from the events. */
export async function forgetCustomerEvents(
  tx: Queryable,
  erasures: Erasures,
  { id, keyId }: { id: string; keyId: number },
  { after, upTo }: { after: number; upTo: number },
): Promise<number> {
  const found = await eventsOfCustomer(tx, id, after, upTo);
  if (found.length === 0) return 0;
  const legs = await legsOfCalls(tx, [...new Set(found.map(({ legId }) => legId))]);
  const bodies = await forgetBodies(tx, legs);
  await keyDedupKeys(tx, found, erasures, keyId);
  return bodies;
}

export class EraseCustomer {
  private readonly repository: CustomersRepository;

  constructor(private readonly parts: ErasureParts) {
    this.repository = new CustomersRepository(parts.pool);
  }

  /** Throws `not_found`. */
  async preview(id: string): Promise<ErasurePreview> {
    const row = ID.test(id) ? await this.repository.findById(id) : null;
    if (row === null) throw new AppError('not_found');
    const number = this.parts.numbers.reveal(row);
    const { rows } = await this.parts.pool.query<{ calls: number; events: number; bodies: number }>(
      `WITH events AS (
         SELECT e.id, e.received_at FROM call c CROSS JOIN jsonb_array_elements(c.legs) AS o
         JOIN call_event e ON e.leg_id = o->>'id' WHERE c.customer_id = $1::bigint
       )
       SELECT (SELECT count(*) FROM call WHERE customer_id = $1::bigint)::integer AS calls,
         (SELECT count(*) FROM events)::integer AS events,
         (SELECT count(*) FROM events e JOIN raw_body r ON r.event_id = e.id AND r.received_at = e.received_at)::integer AS bodies`,
      [id],
    );
    const { calls = 0, events = 0, bodies = 0 } = rows[0] ?? {};
    return {
      kind: 'customer',
      id,
      label: number === null ? '' : maskNumber(number),
      erasedAt: row.erasedAt?.toISOString() ?? null,
      goes: { identifiers: row.keyId === null ? 0 : 1, bodies, accounts: 0 },
      stays: { calls, events },
    };
  }

  /** Throws `not_found`, `already_erased`, `number_in_use`. */
  async byId(id: string, reason: EraseReason, actor: AuditActor): Promise<ErasureResult> {
    const row = ID.test(id) ? await this.repository.findById(id) : null;
    if (row === null) throw new AppError('not_found');
    if (row.keyId === null) throw new AppError('already_erased');
    return this.erase({ number: this.parts.numbers.reveal(row), id, keyId: row.keyId }, reason, actor);
  }

  /** Also a number nobody has: parked bodies may name it, and imports may bring it. Throws as `byId`. */
  async byNumber(text: string, reason: EraseReason, actor: AuditActor): Promise<ErasureResult> {
    const number = requireNumber(text, this.parts.country);
    const id = (await this.parts.numbers.known(this.parts.pool, [number])).get(number) ?? null;
    const row = id === null ? null : await this.repository.findById(id);
    return this.erase({ number, id, keyId: row?.keyId ?? this.parts.keys.keyId }, reason, actor);
  }

  private async erase(target: Target, reason: EraseReason, actor: AuditActor): Promise<ErasureResult> {
    const { pool, erasures, numbers, clock } = this.parts;
    if (target.id !== null) await requireNobodysNumber(pool, target.id);
    const gone: Gone = { bodies: 0, parked: 0 };
    const events = await lastId(pool, 'call_event');
    const parked = await lastId(pool, 'parked_event');
    for (let from = 0; from < events; from += SCAN_CHUNK) {
      await inTransaction(pool, (tx) => this.forgetEvents(tx, target, from, Math.min(from + SCAN_CHUNK, events), gone));
    }
    gone.parked += await this.forgetParked(pool, target, 0);
    const erasedAt = await inTransaction(pool, async (tx) => {
      await lockLog(tx);
      const now = clock.now();
      const last = await lastId(tx, 'call_event');
      await this.forgetEvents(tx, target, Math.max(0, events - SCAN_MARGIN), last, gone);
      gone.parked += await this.forgetParked(tx, target, Math.max(0, parked - SCAN_MARGIN));
      const erasure = await insertErasure(tx, { kind: 'customer', subject: target.id, reason, now, ...gone });
      if (!(await buryNumber(tx, this.buried(target), { id: erasure, now }))) throw new AppError('already_erased');
      if (target.id !== null) await forgetInLists(tx, target.id, new Date(now));
      await this.parts.audit.record(tx, {
        actor,
        action: 'customer.erased',
        subject: target.id === null ? null : { kind: 'customer', id: target.id },
        outcome: 'done',
        after: { reason, bodies: gone.bodies, parked: gone.parked },
      });
      await tx.query(this.parts.signals.statement, this.parts.signals.values('erased'));
      return now;
    });
    await erasures.load(pool);
    numbers.forget();
    return { id: target.id, erasedAt: isoOf(erasedAt), ...gone };
  }

  private buried({ number, id, keyId }: Target): BuriedNumber {
    return { id, keyId, index: number === null ? null : this.parts.keys.blindIndex(number) };
  }

  private async forgetEvents(
    tx: Queryable,
    { id, keyId }: Target,
    after: number,
    upTo: number,
    gone: Gone,
  ): Promise<void> {
    if (id === null) return;
    gone.bodies += await forgetCustomerEvents(tx, this.parts.erasures, { id, keyId }, { after, upTo });
  }

  private forgetParked(tx: Queryable, { number, keyId }: Target, after: number): Promise<number> {
    // What could name it is as old as its calls were, and has a limit of its own.
    if (number === null) return Promise.resolve(0);
    const namesThem: NamesThem = (request) => numbersMentioned(request, this.parts.country).has(number);
    return this.parts.parked.forget(tx, after, namesThem, keyId);
  }
}

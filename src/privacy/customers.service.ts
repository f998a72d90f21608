/**
 * Finding a customer by number, and showing a number in full. Both are limited to people with a call in the scope of
 * whoever asks, both are audited (the number itself never is), both are throttled: neither is a way to try numbers out.
 */
import type { Pool } from 'pg';
import { hiddenByScope, type Principal, TokenBuckets } from '../access/index.js';
import type { AuditLog } from '../audit/index.js';
import { type CustomerNumbers, readNumber } from '../customers/index.js';
import { AppError, type Clock, inTransaction } from '../platform/index.js';
import type { Scope } from '../shared/access.js';
import type { AuditActor } from '../shared/audit.js';
import { maskNumber } from '../shared/mask-number.js';
import type { CustomerFound, CustomerView, RevealedNumber, RevealReason } from '../shared/privacy.js';
import { type CustomerRow, CustomersRepository } from './customers.repository.js';

export interface Asking {
  principal: Principal;
  scope: Scope;
  actor: AuditActor;
}

/** A surrogate id as it stands in an address; anything else is not found. */
const ID = /^[1-9]\d{0,17}$/;

export class CustomersService {
  private readonly repository: CustomersRepository;
  private readonly searches: TokenBuckets;
  private readonly reveals: TokenBuckets;

  constructor(
    private readonly pool: Pool,
    private readonly numbers: CustomerNumbers,
    private readonly audit: AuditLog,
    private readonly country: string,
    clock: Clock,
  ) {
    this.repository = new CustomersRepository(pool);
    this.searches = new TokenBuckets(clock, { capacity: 60, refillMs: 2_000 });
    this.reveals = new TokenBuckets(clock, { capacity: 20, refillMs: 30_000 });
  }

  /** Throws `number_unreadable`, `search_too_many`. */
  async search(text: string, { principal, scope, actor }: Asking): Promise<CustomerFound> {
    take(this.searches, principal, 'search_too_many');
    const number = requireNumber(text, this.country);
    const id = (await this.numbers.known(this.pool, [number])).get(number) ?? null;
    const row = id === null ? null : await this.repository.findById(id);
    const customer = row === null ? null : await this.viewOf(row, scope);
    await inTransaction(this.pool, (tx) =>
      this.audit.record(tx, {
        actor,
        action: 'customer.searched',
        subject: customer === null ? null : { kind: 'customer', id: customer.id },
        outcome: 'done',
        after: { found: customer !== null },
      }),
    );
    return { customer };
  }

  /** Throws `not_found`, also for a customer none of whose calls the scope sees. */
  async find(id: string, scope: Scope): Promise<CustomerView> {
    const row = ID.test(id) ? await this.repository.findById(id) : null;
    if (row === null) throw new AppError('not_found');
    const view = await this.viewOf(row, scope);
    if (view === null) throw hiddenByScope();
    return view;
  }

  /** Throws `not_found`, `already_erased`, `number_expired`, `reveal_too_many`. */
  async reveal(id: string, reason: RevealReason, { principal, scope, actor }: Asking): Promise<RevealedNumber> {
    await this.find(id, scope);
    take(this.reveals, principal, 'reveal_too_many');
    return inTransaction(this.pool, async (tx) => {
      const row = await this.repository.findById(id);
      const number = row === null ? null : this.numbers.reveal(row);
      if (number === null) throw new AppError(row?.keyId == null ? 'already_erased' : 'number_expired');
      const subject = { kind: 'customer', id };
      await this.audit.record(tx, { actor, action: 'customer.revealed', subject, outcome: 'done', after: { reason } });
      return { number };
    });
  }

  /** Null when the scope sees none of their calls. The organisation's view needs no call: a number may stand alone. */
  private async viewOf(row: CustomerRow, scope: Scope): Promise<CustomerView | null> {
    const { calls, firstCallAt, lastCallAt } = await this.repository.callsOf(row.id, scope);
    if (calls === 0 && scope.kind !== 'all') return null;
    const number = this.numbers.reveal(row);
    return {
      id: row.id,
      number: number === null ? null : maskNumber(number),
      calls,
      firstCallAt: firstCallAt?.toISOString() ?? null,
      lastCallAt: lastCallAt?.toISOString() ?? null,
      erasedAt: row.erasedAt?.toISOString() ?? null,
    };
  }
}

/** As events have it. Throws `number_unreadable`. */
export function requireNumber(text: string, country: string): string {
  const read = readNumber(text.trim(), country);
  if (read.kind !== 'tel') throw new AppError('number_unreadable', { field: 'number' });
  return read.number;
}

function take(buckets: TokenBuckets, principal: Principal, code: 'search_too_many' | 'reveal_too_many'): void {
  const waitMs = buckets.take(nameOf(principal));
  if (waitMs > 0) throw new AppError(code, { params: { seconds: Math.ceil(waitMs / 1000) } });
}

function nameOf(principal: Principal): string {
  switch (principal.kind) {
    case 'user':
      return `user:${principal.userId}`;
    case 'key':
      return `key:${principal.keyId ?? 'bootstrap'}`;
    case 'screen':
      return `screen:${principal.screenId}`;
  }
}

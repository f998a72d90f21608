import type { Pool } from 'pg';
import type { AuditLog } from '../../audit/index.js';
import { AppError, type Clock, inTransaction } from '../../platform/index.js';
import type { Permission } from '../../shared/access.js';
import type { AuditActor } from '../../shared/audit.js';
import { KEY_SCOPES, KEYS_MAX, mayBeOfTeams } from '../../shared/keys.js';
import type { KeyPrincipal, Principal } from '../principal.js';
import { TokenBuckets } from '../token-bucket.js';
import type { KeyRepository, KeyRow } from './key.repository.js';
import { grantOf, isInUse, keyStandingOf } from './key-standing.js';
import { keyHash, keyMatches, newKeyToken, readKeyToken } from './key-token.js';

const TOUCH_EVERY_MS = 60_000;
const MINUTE_MS = 60_000;

export interface KeyWish {
  name: string;
  scopes: readonly Permission[];
  /** Ids; null = the whole organisation. */
  teams: readonly number[] | null;
  ratePerMinute: number;
  /** Epoch ms; null = never. */
  expiresAt: number | null;
}

/** Too many requests with one key; `seconds` until the next is answered. */
export class KeyThrottled extends AppError {
  constructor(readonly seconds: number) {
    super('rate_limited');
  }
}

/** Named keys: made with no more rights than their maker has, looked up at every request, revoked at once. */
export class KeyService {
  /** By the rate; there are no more rates than keys. */
  private readonly buckets = new Map<number, TokenBuckets>();
  private readonly revokeListeners = new Set<(keyId: number) => void>();

  constructor(
    private readonly pool: Pool,
    private readonly repository: KeyRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Null for a key that is unknown, altered, revoked or expired. Throws `KeyThrottled`. */
  async authenticate(text: string): Promise<KeyPrincipal | null> {
    const token = readKeyToken(text);
    const row = token === null ? null : await this.repository.findByPrefix(token.prefix);
    const now = this.clock.now();
    if (token === null || row === null || !keyMatches(token.secret, row.secretHash) || !isInUse(row, now)) return null;
    const waitMs = this.bucketsOf(row.ratePerMinute).take(String(row.id));
    if (waitMs > 0) throw new KeyThrottled(Math.ceil(waitMs / 1000));
    if (row.lastUsedAt === null || now - row.lastUsedAt >= TOUCH_EVERY_MS) {
      await this.repository.touch(row.id, now, TOUCH_EVERY_MS);
    }
    return { kind: 'key', keyId: row.id, ...grantOf(row) };
  }

  /** What the key of an open socket may do by now, about once a minute. Null: it is over; the bootstrap key never is. */
  async again({ keyId }: KeyPrincipal): Promise<KeyPrincipal | null> {
    const standing = await keyStandingOf(this.pool, keyId, this.clock.now());
    return standing === null ? null : { kind: 'key', keyId, ...standing };
  }

  list(): Promise<KeyRow[]> {
    return this.repository.list(this.clock.now());
  }

  /** Throws `key_scope_refused`, `key_team_scope_refused`, `key_team_unknown` and `keys_too_many`. */
  async make(wish: KeyWish, maker: Principal, actor: AuditActor): Promise<{ row: KeyRow; secret: string }> {
    const beyond = wish.scopes.filter((scope) => !KEY_SCOPES.includes(scope) || !maker.permissions.has(scope));
    if (beyond.length > 0) {
      throw new AppError('key_scope_refused', { field: 'scopes', params: { scopes: beyond.join(', ') } });
    }
    const wider = wish.teams === null ? [] : wish.scopes.filter((scope) => !mayBeOfTeams(scope));
    if (wider.length > 0) {
      throw new AppError('key_team_scope_refused', { field: 'scopes', params: { scopes: wider.join(', ') } });
    }
    const now = this.clock.now();
    const { ratePerMinute, expiresAt } = wish;
    const { prefix, secret } = newKeyToken();
    const createdBy = maker.kind === 'user' ? maker.userId : null;
    const row = await inTransaction(this.pool, async (tx) => {
      const [unknown] = await this.repository.unknownTeams(tx, wish.teams ?? []);
      if (unknown !== undefined) throw new AppError('key_team_unknown', { field: 'teams', params: { id: unknown } });
      if ((await this.repository.countInUse(tx, now)) >= KEYS_MAX) {
        throw new AppError('keys_too_many', { params: { max: KEYS_MAX } });
      }
      const id = await this.repository.insert(tx, { ...wish, prefix, secretHash: keyHash(secret), createdBy, now });
      await this.audit.record(tx, {
        actor,
        action: 'key.created',
        subject: { kind: 'key', id: String(id) },
        outcome: 'done',
        after: { scopes: [...wish.scopes], teams: wish.teams && [...wish.teams], ratePerMinute, expiresAt },
      });
      return this.repository.find(id, tx);
    });
    if (row === null) throw new Error('A key that was just made is not there');
    return { row, secret };
  }

  /** Throws `not_found` for a key that is unknown or revoked already. */
  async revoke(id: number, actor: AuditActor): Promise<void> {
    await inTransaction(this.pool, async (tx) => {
      if (!(await this.repository.revoke(tx, id, this.clock.now()))) throw new AppError('not_found');
      const subject = { kind: 'key', id: String(id) };
      await this.audit.record(tx, { actor, action: 'key.revoked', subject, outcome: 'done' });
    });
    for (const listener of this.revokeListeners) listener(id);
  }

  /** Called with each key revoked in this process, so that its sockets close at once. */
  onRevoked(listener: (keyId: number) => void): void {
    this.revokeListeners.add(listener);
  }

  private bucketsOf(ratePerMinute: number): TokenBuckets {
    const known = this.buckets.get(ratePerMinute);
    if (known !== undefined) return known;
    const limit = { capacity: ratePerMinute, refillMs: MINUTE_MS / ratePerMinute, maxKeys: KEYS_MAX };
    const made = new TokenBuckets(this.clock, limit);
    this.buckets.set(ratePerMinute, made);
    return made;
  }
}

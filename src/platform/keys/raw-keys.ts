import type { Pool } from 'pg';
import { secureBytes } from '../clock/index.js';
import { followKeys } from './follow-keys.js';
import { type Keys, openWith, sealWith } from './keys.js';

const NO_HEADER = Buffer.alloc(0);

/** Seals the raw bodies of one UTC day. Dropping the day's row of `raw_key` makes all of them unreadable at once. */
export class DayKey {
  constructor(
    readonly day: string,
    private readonly key: Buffer,
  ) {}

  /** nonce ‖ ciphertext ‖ tag; the day is authenticated with it. */
  encrypt(body: Buffer): Buffer {
    return sealWith(this.key, body, NO_HEADER, this.day);
  }

  decrypt(sealed: Buffer): Buffer {
    return openWith(this.key, sealed, NO_HEADER, this.day);
  }
}

/** One random key a day, kept in `raw_key(day, key_id, wrapped)` wrapped with the master key, cached in memory. */
export class RawKeys {
  private readonly cache = new Map<string, Promise<DayKey | null>>();

  constructor(
    private readonly pool: Pick<Pool, 'query'>,
    private readonly keys: Keys,
  ) {}

  /** The key of a day (YYYY-MM-DD, UTC), made when the day has none yet. */
  async forWriting(day: string): Promise<DayKey> {
    const known = await this.cached(day, () => this.findOrMake(day));
    if (known === null) throw new Error(`No raw key for ${day} could be made`);
    return known;
  }

  /** The key of a day, or null when it was dropped or never made. */
  forReading(day: string): Promise<DayKey | null> {
    return this.cached(day, () => this.find(day));
  }

  /** After the rows of old days were deleted. */
  forget(): void {
    this.cache.clear();
  }

  private async cached(day: string, load: () => Promise<DayKey | null>): Promise<DayKey | null> {
    const pending = this.cache.get(day) ?? load();
    this.cache.set(day, pending);
    try {
      const key = await pending;
      if (key !== null) return key;
    } catch (error) {
      this.cache.delete(day);
      throw error;
    }
    // "There is none" is not remembered: a reader may have looked before the first writer made it.
    this.cache.delete(day);
    return load();
  }

  private async find(day: string): Promise<DayKey | null> {
    const { rows } = await this.pool.query<{ wrapped: Buffer }>('SELECT wrapped FROM raw_key WHERE day = $1', [day]);
    const row = rows[0];
    return row === undefined ? null : new DayKey(day, this.keys.decrypt('raw-key', row.wrapped, `raw_key:${day}`));
  }

  private async findOrMake(day: string): Promise<DayKey | null> {
    const existing = await this.find(day);
    if (existing !== null) return existing;
    await this.make(day);
    const made = await this.find(day);
    if (made !== null) return made;
    // The database is at another master key than this process was a moment ago.
    await followKeys(this.pool, this.keys);
    await this.make(day);
    return this.find(day);
  }

  /**
   * Another process may be faster; whoever inserts first wins and both read that row. Nothing is wrapped with a key that
   * is not the current one of the database any more: the row of `instance` is held until this is committed.
   */
  private async make(day: string): Promise<void> {
    const wrapped = this.keys.encrypt('raw-key', secureBytes(32), `raw_key:${day}`);
    await this.pool.query(
      `WITH at AS MATERIALIZED (SELECT key_id FROM instance FOR SHARE)
       INSERT INTO raw_key (day, key_id, wrapped) SELECT $1::date, $2::integer, $3::bytea
       WHERE NOT EXISTS (SELECT FROM at WHERE key_id <> $2::integer) ON CONFLICT (day) DO NOTHING`,
      [day, this.keys.keyId, wrapped],
    );
  }
}

/** Parked messages are sealed and say nothing outside their body: to find a person, each has to be opened. */
import type { Queryable } from '../audit/index.js';
import type { Erasures } from '../customers/index.js';
import { dayOf, type RawRequest, unpackRaw } from '../ingest/index.js';
import type { RawKeys } from '../platform/index.js';

const CHUNK = 500;

interface ParkedRow {
  id: string;
  dedup_key: Buffer;
  received: number;
  body: Buffer;
}

export type NamesThem = (request: Pick<RawRequest, 'target' | 'body'>) => boolean;

export class ParkedBodies {
  constructor(
    private readonly rawKeys: RawKeys,
    private readonly erasures: Erasures,
  ) {}

  /**
   * Empties those with an id above `after` that name them, those replayed already included. The rows stay, closed where
   * nothing is left to replay. Returns how many.
   */
  async forget(tx: Queryable, after: number, namesThem: NamesThem, keyId: number): Promise<number> {
    let emptied = 0;
    for (let last = String(after); ; ) {
      const { rows } = await tx.query<ParkedRow>(
        `SELECT id::text AS id, dedup_key, (extract(epoch FROM received_at) * 1000)::float8 AS received, body
         FROM parked_event WHERE id > $1::bigint AND body <> '' ORDER BY parked_event.id LIMIT ${CHUNK}`,
        [last],
      );
      if (rows.length === 0) return emptied;
      last = rows.at(-1)?.id ?? last;
      const found: ParkedRow[] = [];
      for (const row of rows) if (await this.names(row, namesThem)) found.push(row);
      if (found.length === 0) continue;
      // An event that was logged once can still be put back on the fold's list without its body.
      await tx.query(
        `UPDATE parked_event p SET body = '', dedup_key = u.k,
           replayed_at = CASE WHEN p.event_id IS NULL THEN coalesce(p.replayed_at, now()) ELSE p.replayed_at END
         FROM unnest($1::bigint[], $2::bytea[]) AS u(id, k) WHERE p.id = u.id`,
        [found.map(({ id }) => id), found.map(({ dedup_key }) => this.erasures.keyedDedupKey(dedup_key, keyId))],
      );
      emptied += found.length;
    }
  }

  private async names(row: ParkedRow, namesThem: NamesThem): Promise<boolean> {
    const key = await this.rawKeys.forReading(dayOf(row.received));
    return key !== null && namesThem(unpackRaw(key.decrypt(row.body)));
  }
}

/**
 * Everything in the database that a master key has sealed, and how to seal it again with the current one. Each step takes
 * a few rows and is a transaction of its own; which rows are left is read from the rows, so a rotation that was killed
 * goes on where it stood.
 */
import type { PoolClient } from 'pg';
import { TOTP_SEAL } from '../../access/index.js';
import { NOTE_SEAL } from '../../calls/index.js';
import { numberContext } from '../../customers/index.js';
import type { KeyPurpose, Keys } from '../../platform/index.js';
import { DESTINATION_SEAL } from '../../reports/schedules/destinations/index.js';

type Tx = Pick<PoolClient, 'query'>;

export interface SealedValues {
  /** For people: `numbers`, `days`, `second factors`. */
  name: string;
  /** Counts rows by the key that sealed them. */
  usage: string;
  /** Seals up to `most` rows again; returns how many there were to seal. 0 = done. */
  reseal(tx: Tx, keys: Keys, most: number): Promise<number>;
}

/** Key id in the header of a sealed value (`Keys`). */
const KEY_IN = (column: string): string =>
  `(get_byte(${column}, 1) << 24) + (get_byte(${column}, 2) << 16) + (get_byte(${column}, 3) << 8) + get_byte(${column}, 4)`;

function again(keys: Keys, purpose: KeyPurpose, sealed: Buffer, from: string, to = from): Buffer {
  return keys.encrypt(purpose, keys.decrypt(purpose, sealed, from), to);
}

/** Blind index and ciphertext together. A row somebody changed meanwhile is left for the next step. */
const customers: SealedValues = {
  name: 'numbers',
  usage: 'SELECT index_key_id AS key, count(*)::float8 AS n FROM customer WHERE number_cipher IS NOT NULL GROUP BY 1',
  async reseal(tx, keys, most) {
    const { rows } = await tx.query<{ id: string; index: Buffer; cipher: Buffer }>(
      `SELECT id::text AS id, blind_index AS index, number_cipher AS cipher FROM customer
       WHERE index_key_id <> $1 AND number_cipher IS NOT NULL ORDER BY customer.id LIMIT $2 FOR UPDATE`,
      [keys.keyId, most],
    );
    const sealed = rows.map(({ id, index, cipher }) => {
      const number = keys.decrypt('customer-number', cipher, numberContext(index)).toString('utf8');
      const anew = keys.blindIndex(number);
      return { id, index: anew, cipher: keys.encrypt('customer-number', number, numberContext(anew)) };
    });
    await tx.query(
      `UPDATE customer c SET blind_index = u.index, number_cipher = u.cipher, index_key_id = $4
       FROM unnest($1::bigint[], $2::bytea[], $3::bytea[]) AS u(id, index, cipher) WHERE c.id = u.id`,
      [sealed.map(({ id }) => id), sealed.map(({ index }) => index), sealed.map(({ cipher }) => cipher), keys.keyId],
    );
    return rows.length;
  },
};

const rawKeys: SealedValues = {
  name: 'days of raw bodies',
  usage: 'SELECT key_id AS key, count(*)::float8 AS n FROM raw_key GROUP BY 1',
  async reseal(tx, keys, most) {
    const { rows } = await tx.query<{ day: string; wrapped: Buffer }>(
      'SELECT day, wrapped FROM raw_key WHERE key_id <> $1 ORDER BY day LIMIT $2 FOR UPDATE',
      [keys.keyId, most],
    );
    await tx.query(
      `UPDATE raw_key k SET wrapped = u.wrapped, key_id = $3 FROM unnest($1::date[], $2::bytea[]) AS u(day, wrapped)
       WHERE k.day = u.day`,
      [
        rows.map(({ day }) => day),
        rows.map(({ day, wrapped }) => again(keys, 'raw-key', wrapped, `raw_key:${day}`)),
        keys.keyId,
      ],
    );
    return rows.length;
  },
};

const secondFactors: SealedValues = {
  name: 'second factors',
  usage: `SELECT ${KEY_IN('totp_secret')} AS key, count(*)::float8 AS n FROM app_user WHERE totp_secret IS NOT NULL GROUP BY 1`,
  async reseal(tx, keys, most) {
    const { rows } = await tx.query<{ id: number; secret: Buffer }>(
      `SELECT id, totp_secret AS secret FROM app_user WHERE totp_secret IS NOT NULL AND ${KEY_IN('totp_secret')} <> $1
       ORDER BY id LIMIT $2 FOR UPDATE`,
      [keys.keyId, most],
    );
    await tx.query(
      `UPDATE app_user a SET totp_secret = u.secret FROM unnest($1::integer[], $2::bytea[]) AS u(id, secret) WHERE a.id = u.id`,
      [
        rows.map(({ id }) => id),
        rows.map(({ id, secret }) => again(keys, TOTP_SEAL.purpose, secret, TOTP_SEAL.context(id))),
      ],
    );
    return rows.length;
  },
};

const notes: SealedValues = {
  name: 'notes of outcomes',
  usage: `SELECT ${KEY_IN('sealed')} AS key, count(*)::float8 AS n FROM outcome_note GROUP BY 1`,
  async reseal(tx, keys, most) {
    const { rows } = await tx.query<{ id: string; sealed: Buffer }>(
      `SELECT event_id::text AS id, sealed FROM outcome_note WHERE ${KEY_IN('sealed')} <> $1
       ORDER BY event_id LIMIT $2 FOR UPDATE`,
      [keys.keyId, most],
    );
    await tx.query(
      `UPDATE outcome_note n SET sealed = u.sealed FROM unnest($1::bigint[], $2::bytea[]) AS u(id, sealed) WHERE n.event_id = u.id`,
      [
        rows.map(({ id }) => id),
        rows.map(({ id, sealed }) => again(keys, NOTE_SEAL.purpose, sealed, NOTE_SEAL.context(id))),
      ],
    );
    return rows.length;
  },
};

const destinations: SealedValues = {
  name: 'destinations of scheduled reports',
  usage: `SELECT ${KEY_IN('sealed')} AS key, count(*)::float8 AS n FROM report_destination WHERE sealed IS NOT NULL GROUP BY 1`,
  async reseal(tx, keys, most) {
    const { rows } = await tx.query<{ id: number; sealed: Buffer }>(
      `SELECT id, sealed FROM report_destination WHERE sealed IS NOT NULL AND ${KEY_IN('sealed')} <> $1
       ORDER BY id LIMIT $2 FOR UPDATE`,
      [keys.keyId, most],
    );
    await tx.query(
      `UPDATE report_destination d SET sealed = u.sealed FROM unnest($1::integer[], $2::bytea[]) AS u(id, sealed) WHERE d.id = u.id`,
      [
        rows.map(({ id }) => id),
        rows.map(({ id, sealed }) => again(keys, DESTINATION_SEAL.purpose, sealed, DESTINATION_SEAL.context(id))),
      ],
    );
    return rows.length;
  },
};

export const SEALED: readonly SealedValues[] = [customers, rawKeys, secondFactors, notes, destinations];

/** What a rotation cannot seal again: keyed hashes of what is not there any more. Their keys stay in the file. */
export const KEPT: readonly Pick<SealedValues, 'name' | 'usage'>[] = [
  {
    name: 'numbers without a call',
    usage: `SELECT index_key_id AS key, count(*)::float8 AS n FROM customer
      WHERE number_cipher IS NULL AND index_key_id IS NOT NULL GROUP BY 1`,
  },
  {
    name: 'erased numbers',
    usage: 'SELECT index_key_id AS key, count(*)::float8 AS n FROM customer_tombstone GROUP BY 1',
  },
  {
    name: 'erased agents',
    usage: 'SELECT index_key_id AS key, count(*)::float8 AS n FROM agent_tombstone GROUP BY 1',
  },
  { name: 'audit entries', usage: 'SELECT key_id AS key, count(*)::float8 AS n FROM audit_event GROUP BY 1' },
  { name: 'audit checkpoints', usage: 'SELECT key_id AS key, count(*)::float8 AS n FROM audit_checkpoint GROUP BY 1' },
];

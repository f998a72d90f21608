/**
 * Proves: a rotation of the master key while processes write loses nothing, makes no number two customers, and is
 * followed by processes that nobody told; one that was killed goes on; old keys stay as long as something needs them and
 * go when nothing does.
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { AuditAnchor, ChainedAuditLog, verifyAudit } from '../../src/audit/index.js';
import { addKey, rotate } from '../../src/cli/keys/rotation.js';
import { prune, SETTLED_AFTER_MS, usageOf } from '../../src/cli/keys/usage.js';
import { CustomerNumbers } from '../../src/customers/index.js';
import { Spool } from '../../src/ingest/index.js';
import { isPassingFault } from '../../src/ingest/log/database-fault.js';
import {
  inTransaction,
  KeyFileBehindError,
  type Keys,
  ManualClock,
  openKeys,
  RawKeys,
  readKeyFile,
  Signals,
  silentLogger,
} from '../../src/platform/index.js';
import { createTestDatabase, eventually, type TestDatabase } from '../support/index.js';

let db: TestDatabase;
let file: string;
const clock = new ManualClock(Date.UTC(2026, 10, 22, 4));

/** One process of the installation: its own keys, caches and connections to the same database and file. */
interface Process {
  keys: Keys;
  numbers: CustomerNumbers;
  rawKeys: RawKeys;
  surrogate(number: string): Promise<string>;
}

async function startProcess(pool: Pool = db.pool): Promise<Process> {
  const keys = await openKeys(file, pool);
  const numbers = new CustomerNumbers(keys);
  return {
    keys,
    numbers,
    rawKeys: new RawKeys(pool, keys),
    surrogate: async (number) => {
      const found = await inTransaction(pool, (tx) => numbers.surrogates(tx, [number]));
      return found.get(number) ?? '';
    },
  };
}

async function rotationOf({ keys }: Process) {
  const audit = new ChainedAuditLog(db.pool, keys, new AuditAnchor(join(db.dataDir, 'anchor')), clock, silentLogger);
  return { pool: db.pool, keys, file, audit, signals: new Signals(db.url, silentLogger), clock };
}
const rotateWith = async (process: Process) => rotate(await rotationOf(process));
const spoolDir = () => join(db.dataDir, 'spool');
const pruneWith = async (process: Process, dryRun = false) =>
  prune({ ...(await rotationOf(process)), spoolDir: spoolDir() }, dryRun);
const number = (i: number): string => `+8613800${String(i).padStart(6, '0')}`;
const keysOfCustomers = async (): Promise<number[]> =>
  (await db.pool.query('SELECT DISTINCT index_key_id AS key FROM customer ORDER BY 1')).rows.map(({ key }) => key);
const revealed = async ({ numbers }: Process): Promise<string[]> => {
  const { rows } = await db.pool.query('SELECT blind_index, number_cipher FROM customer ORDER BY id');
  return rows.map((row) => numbers.reveal(row) ?? '');
};

beforeEach(async () => {
  db = await createTestDatabase({ poolMax: 20 });
  file = join(db.dataDir, 'master.key');
});
afterEach(() => db.close());

it('seals numbers, days of bodies and second factors again; everything still opens, under the new key only', async () => {
  const before = await startProcess();
  const all = Array.from({ length: 700 }, (_, i) => number(i));
  const ids = await inTransaction(db.pool, (tx) => before.numbers.surrogates(tx, all));
  const body = (await before.rawKeys.forWriting('2026-11-20')).encrypt(Buffer.from('body'));
  await db.pool.query(
    "INSERT INTO app_user (email, name, role, password_hash, totp_secret) VALUES ('a@b.c', 'A', 'admin', 'x', $1)",
    [before.keys.encrypt('session', 'secret', 'app_user.totp_secret:1')],
  );
  const from = before.keys.keyId;

  const rotated = await rotateWith(before);
  expect(rotated).toMatchObject({
    from,
    made: true,
    sealed: { numbers: 700, 'days of raw bodies': 1, 'second factors': 1 },
  });
  expect(rotated.to).not.toBe(from);
  expect(readKeyFile(file)).toHaveLength(2);
  expect(await keysOfCustomers()).toEqual([rotated.to]);

  clock.advance(SETTLED_AFTER_MS);
  const after = await startProcess();
  expect(after.keys.keyIds).toEqual([rotated.to, from]);
  expect(await inTransaction(db.pool, (tx) => after.numbers.surrogates(tx, all))).toEqual(ids);
  expect(await revealed(after)).toEqual([...ids].sort(([, a], [, b]) => Number(a) - Number(b)).map(([n]) => n));
  expect((await after.rawKeys.forReading('2026-11-20'))?.decrypt(body).toString()).toBe('body');
  const { rows } = await db.pool.query('SELECT totp_secret FROM app_user');
  const opened = after.keys.decrypt('session', rows[0].totp_secret, 'app_user.totp_secret:1');
  expect(opened.toString()).toBe('secret');

  // The audit log speaks of it, under the key of its time.
  const entries = await db.pool.query('SELECT action, before, after FROM audit_event');
  expect(entries.rows).toEqual([{ action: 'keys.rotated', before: `{"key":${from}}`, after: `{"key":${rotated.to}}` }]);
  expect((await inTransaction(db.pool, (tx) => verifyAudit(tx, after.keys, { lines: [], unreadable: 0 }))).ok).toBe(
    true,
  );
});

it('a process that nobody told follows by itself and finds its customers again', async () => {
  const [told, stale] = [await startProcess(), await startProcess()];
  const id = await stale.surrogate(number(1));
  const { from, to } = await rotateWith(told);
  expect(stale.keys.keyId).toBe(from);
  stale.numbers.forget();
  expect(await stale.surrogate(number(1))).toBe(id);
  expect(stale.keys.keyId).toBe(to);
  expect(await told.surrogate(number(1))).toBe(id);

  const third = await rotateWith(told);
  expect((await stale.rawKeys.forWriting('2026-11-21')).day).toBe('2026-11-21');
  expect(stale.keys.keyId).toBe(third.to);
});

it('no number seen during rotations becomes two customers, with four processes that write all the time', async () => {
  const processes = await Promise.all([1, 2, 3, 4].map(() => startProcess()));
  const [rotating = processes[0]] = [await startProcess()];
  if (rotating === undefined) throw new Error('No process');
  let stopped = false;
  let written = 0;
  const write = async (process: Process, seed: number): Promise<void> => {
    for (let i = seed; !stopped; i = (i * 31 + 7) % 400) {
      const some = [number(i), number((i * 7 + 3) % 400), number((i * 13 + 5) % 400)];
      await inTransaction(db.pool, (tx) => process.numbers.surrogates(tx, some));
      // What is remembered never meets the database again.
      process.numbers.forget();
      written++;
    }
  };
  const writers = processes.map((process, i) => write(process, i * 17 + 1));
  await eventually(() => written > 50);
  const last = [];
  for (let i = 0; i < 4; i++) {
    last.push((await rotateWith(rotating)).to);
    const so = written;
    await eventually(() => written > so + 20);
  }
  stopped = true;
  await Promise.all(writers);
  const numbers = await revealed(rotating);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.length).toBeGreaterThan(100);
  expect(await keysOfCustomers()).toEqual([last.at(-1)]);
});

it('a rotation that was killed goes on with the key it made, whatever it had done', async () => {
  const process = await startProcess();
  await Promise.all(Array.from({ length: 30 }, (_, i) => process.surrogate(number(i))));
  // Killed after the file was written.
  const waiting = addKey(file);
  expect((await startProcess()).keys.keyId).toBe(process.keys.keyId);
  expect(await rotateWith(process)).toMatchObject({ to: waiting, made: false, sealed: { numbers: 30 } });
  // Killed while sealing.
  const parts = await rotationOf(process);
  const halfway = rotate(parts, () => {
    throw new Error('killed');
  });
  await expect(halfway).rejects.toThrow('killed');
  const { keyId } = process.keys;
  await db.pool.query('UPDATE customer SET number_cipher = number_cipher WHERE false');
  const unsealed = await startProcess();
  await unsealOne(unsealed);
  expect(await rotateWith(unsealed)).toMatchObject({ from: keyId, to: keyId, made: false, sealed: { numbers: 1 } });
  expect(await keysOfCustomers()).toEqual([keyId]);
  expect(readKeyFile(file)).toHaveLength(3);
  expect((await revealed(unsealed)).sort()).toEqual(Array.from({ length: 30 }, (_, i) => number(i)));
});

/** As a rotation leaves it that was killed before this row. */
async function unsealOne({ keys }: Process): Promise<void> {
  const [, older] = keys.blindIndexes(number(3));
  if (older === undefined) throw new Error('No older key');
  const previous = await openKeys(file, db.pool);
  previous.switchTo(older.keyId);
  const cipher = previous.encrypt('customer-number', number(3), `customer.number:${older.index.toString('hex')}`);
  await db.pool.query(
    'UPDATE customer SET blind_index = $1, index_key_id = $2, number_cipher = $3 WHERE blind_index = $4',
    [older.index, older.keyId, cipher, keys.blindIndex(number(3))],
  );
}

it('two rotations at once: one is refused', async () => {
  const [a, b] = [await startProcess(), await startProcess()];
  const results = await Promise.allSettled([rotateWith(a), rotateWith(b)]);
  const failed = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect(failed.map((error) => error.code)).toEqual(['keys_busy']);
  expect(readKeyFile(file)).toHaveLength(2);
});

it('an old key stays while anything needs it, and goes when nothing does', async () => {
  const process = await startProcess();
  await process.surrogate(number(1));
  const spool = new Spool(spoolDir(), process.keys, 1_000_000);
  await spool.append([{ provider: 'twilio', kind: 'voice', target: '/', body: Buffer.from('x'), receivedAt: 1 }]);
  await db.pool.query(
    "INSERT INTO erasure (kind, reason, erased_at, bodies, parked) VALUES ('customer', 'request', now(), 0, 0)",
  );
  await db.pool.query('INSERT INTO customer_tombstone SELECT $1, $2, NULL, now(), 1', [
    process.keys.blindIndex(number(9)),
    process.keys.keyId,
  ]);
  const { from, to } = await rotateWith(process);
  await expect(pruneWith(process)).rejects.toMatchObject({ code: 'keys_not_settled' });
  clock.advance(SETTLED_AFTER_MS);

  expect(await usageOf(db.pool, process.keys, file, spoolDir())).toEqual([
    { keyId: to, current: true, inFile: true, uses: { numbers: 1, 'audit entries': 1 } },
    { keyId: from, current: false, inFile: true, uses: { 'erased numbers': 1, 'spooled requests': 1 } },
  ]);
  expect(await pruneWith(process)).toEqual([]);
  expect(await spool.drain(async () => {})).toBe(1);
  expect(await pruneWith(process)).toEqual([]);
  await db.pool.query('DELETE FROM customer_tombstone');
  expect(await pruneWith(process, true)).toEqual([from]);
  expect(readKeyFile(file)).toHaveLength(2);
  expect(await pruneWith(process)).toEqual([from]);
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(1);
  expect(await revealed(await startProcess())).toEqual([number(1)]);
  await spool.close();
});

it('a process whose copy of the file is behind takes no new number until it has the new one', async () => {
  const process = await startProcess();
  const copy = join(db.dataDir, 'copy.key');
  copyFileSync(file, copy);
  const keys = await openKeys(copy, db.pool);
  const behind = new CustomerNumbers(keys);
  const surrogate = () => inTransaction(db.pool, (tx) => behind.surrogates(tx, [number(5)]));
  await rotateWith(process);
  const refused = await surrogate().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(KeyFileBehindError);
  // Held, retried and then spooled, like any fault of the database that passes.
  expect(isPassingFault(refused)).toBe(true);
  copyFileSync(file, copy);
  expect((await surrogate()).get(number(5))).toBe(await process.surrogate(number(5)));
});

it('a file without the key the database is at is refused', async () => {
  const process = await startProcess();
  const old = readFileSync(file, 'utf8');
  await rotateWith(process);
  writeFileSync(file, old);
  await expect(startProcess()).rejects.toMatchObject({ code: 'master_key_mismatch' });
});

/** Proves: migrations go up and down and refuse a newer database; every connection has limits; keys are bound to their database; signals are missed by nobody who begins to listen. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, openKeys, RawKeys, Signals, waitForDatabase } from '../../src/platform/index.js';
import { silentLogger } from '../../src/platform/logging/index.js';
import { createTestDatabase, eventually, type TestDatabase } from '../support/index.js';

let db: TestDatabase;
beforeEach(async () => {
  db = await createTestDatabase();
});
afterEach(() => db.close());

const tables = async () =>
  (
    await db.pool.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_migration' ORDER BY 1",
    )
  ).rows.map((row) => row.name);

test('every migration has a way back, and up – down – up ends where it was', async () => {
  const before = await tables();
  expect(before.length).toBeGreaterThan(0);
  expect(await db.isMigrated()).toBe(true);
  const count = readdirSync('migrations').filter((file) => file.endsWith('.up.sql')).length;
  for (let step = 0; step < count; step++) await db.dataSource.undoLastMigration({ transaction: 'each' });
  expect(await tables()).toEqual([]);
  expect(await db.isMigrated()).toBe(false);
  expect(await db.migrate()).toHaveLength(count);
  expect(await tables()).toEqual(before);
  expect(await db.migrate()).toEqual([]);
});

test('two processes that migrate at once do it once', async () => {
  while ((await tables()).length > 0) await db.dataSource.undoLastMigration({ transaction: 'each' });
  const other = await openDatabase({ databaseUrl: db.url, dataDir: db.dataDir, databasePoolMax: 4 });
  try {
    const done = await Promise.all([db.migrate(), other.migrate()]);
    expect(done.map((names) => names.length > 0).sort()).toEqual([false, true]);
    expect(await other.isMigrated()).toBe(true);
  } finally {
    await other.close();
  }
});

test('a database of a newer version is refused', async () => {
  await db.pool.query("INSERT INTO schema_migration (timestamp, name) VALUES (1800000000000, 'future1800000000000')");
  await expect(db.migrate()).rejects.toMatchObject({ code: 'database_newer' });
  expect(await db.isMigrated()).toBe(false);
});

test('every connection has its limits, counts in UTC, and leaves dates alone', async () => {
  for (const query of [
    (sql: string) => db.pool.query(sql).then(({ rows }) => rows),
    (sql: string) => db.dataSource.query(sql),
  ]) {
    const [row] = await query(
      `SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock,
         current_setting('idle_in_transaction_session_timeout') AS idle, current_setting('timezone') AS zone,
         date '2026-03-29' AS day`,
    );
    expect(row).toEqual({ statement: '30s', lock: '10s', idle: '1min', zone: 'UTC', day: '2026-03-29' });
  }
});

test('waiting cannot heal a wrong password or a missing database; silence is reported after the wait', async () => {
  const wrong = new URL(db.url);
  wrong.password = 'wrong';
  await expect(waitForDatabase(wrong.href, 5_000, silentLogger)).rejects.toMatchObject({ code: 'database_refused' });
  const missing = new URL(db.url);
  missing.pathname = '/nowhere';
  await expect(waitForDatabase(missing.href, 5_000, silentLogger)).rejects.toMatchObject({ code: 'database_refused' });
  await expect(waitForDatabase('postgres://127.0.0.1:1/x', 200, silentLogger)).rejects.toMatchObject({
    code: 'database_unavailable',
  });
});

test('the master key belongs to its database: made once, then demanded', async () => {
  const file = join(db.dataDir, 'master.key');
  const keys = await openKeys(file, db.pool);
  expect((await openKeys(file, db.pool)).keyId).toBe(keys.keyId);
  await expect(openKeys(join(db.dataDir, 'elsewhere.key'), db.pool)).rejects.toMatchObject({
    code: 'master_key_missing',
  });
  rmSync(file);
  await expect(openKeys(file, db.pool)).rejects.toMatchObject({ code: 'master_key_missing' });
});

test('two first starts at once agree on one key', async () => {
  const file = join(db.dataDir, 'race.key');
  const [one, two] = await Promise.all([openKeys(file, db.pool), openKeys(file, db.pool)]);
  expect(one?.keyId).toBe(two?.keyId);
});

test('raw keys: one a day for everybody, readable after a restart, gone when dropped', async () => {
  const keys = await openKeys(join(db.dataDir, 'master.key'), db.pool);
  const [a, b] = [new RawKeys(db.pool, keys), new RawKeys(db.pool, keys)];
  expect(await a.forReading('2026-11-22')).toBeNull();
  const [first, second] = await Promise.all([a.forWriting('2026-11-22'), b.forWriting('2026-11-22')]);
  const sealed = first.encrypt(Buffer.from('CallSid=CA1'));
  expect(second.decrypt(sealed).toString()).toBe('CallSid=CA1');
  expect((await new RawKeys(db.pool, keys).forReading('2026-11-22'))?.decrypt(sealed).toString()).toBe('CallSid=CA1');
  const nextDay = await a.forWriting('2026-11-23');
  expect(() => nextDay.decrypt(sealed)).toThrow();
  await db.pool.query("DELETE FROM raw_key WHERE day = '2026-11-22'");
  a.forget();
  expect(await a.forReading('2026-11-22')).toBeNull();
});

test('who begins to hear signals looks once, and hears those of others from then on, not their own', async () => {
  const signals = new Signals(db.url, silentLogger);
  let heard = 0;
  signals.on('boards', () => heard++);
  signals.start();
  await eventually(() => heard === 1);
  await db.pool.query(signals.statement, signals.values('boards'));
  await db.pool.query('SELECT pg_notify($1, $2)', ['tallyboard', 'boards:somebody-else']);
  await eventually(() => heard === 2);
  await signals.stop();
});

/** Proves: settings of the process make the organisation once, and later change it only when they themselves change. */
import { ensureOrganisation, loadSettings } from '../../src/organisation/index.js';
import { withDatabase } from '../support/index.js';

const database = withDatabase();
const CHINA = { timeZone: 'Asia/Shanghai', country: 'CN', currency: 'CNY' };
const at = (text: string): Date => new Date(`2026-05-0${text}:00Z`);

async function zones(): Promise<string[]> {
  const { rows } = await database.db.pool.query<{ text: string }>(
    `SELECT time_zone || ' ' || day_start_minutes || ' ' || valid_from AS text FROM site_version ORDER BY valid_from`,
  );
  return rows.map(({ text }) => text.replace(/ -infinity$/, '').replace(/^(\S+ \d+).*/, '$1'));
}

test('a zone set on a screen outlives restarts; a setting that changes counts from then on', async () => {
  const { pool } = database.db;
  await ensureOrganisation(pool, CHINA, at('1T00:00'));
  await ensureOrganisation(pool, CHINA, at('2T00:00'));
  expect(await zones()).toEqual(['Asia/Shanghai 0']);
  // As a screen does it.
  await pool.query(`INSERT INTO site_version VALUES (1, $1, 'Europe/Berlin', 240)`, [at('3T00:00')]);
  const { data: before } = await loadSettings(pool);
  await ensureOrganisation(pool, CHINA, at('4T00:00'));
  expect(await zones()).toEqual(['Asia/Shanghai 0', 'Europe/Berlin 240']);
  expect((await loadSettings(pool)).data.version).toBe(before.version);

  await ensureOrganisation(pool, { ...CHINA, timeZone: 'Asia/Tokyo' }, at('5T00:00'));
  expect(await zones()).toEqual(['Asia/Shanghai 0', 'Europe/Berlin 240', 'Asia/Tokyo 240']);
  const { rows } = await pool.query(
    'SELECT family, affected, after_started_at AS after FROM resolution_task ORDER BY family',
  );
  const affected = { from: at('5T00:00').getTime() };
  // Calls from then on; outcomes are looked through from the first, because one of today may be about any call.
  expect(rows).toEqual([
    { family: 'call', affected, after: at('5T00:00') },
    { family: 'outcome', affected, after: -Infinity },
  ]);
  await ensureOrganisation(pool, { ...CHINA, timeZone: 'Asia/Tokyo', country: 'JP' }, at('6T00:00'));
  expect((await loadSettings(pool)).data).toMatchObject({ country: 'JP', version: before.version + 2 });
});

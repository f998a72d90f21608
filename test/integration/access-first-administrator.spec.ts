/** Proves: the first start makes exactly one administrator, with the given password or one that is told only once. */
import { ensureFirstAdministrator } from '../../src/access/index.js';
import { passwordMatches } from '../../src/access/passwords.js';
import { createTestDatabase, type TestDatabase } from '../support/index.js';

describe('the first administrator', () => {
  let db: TestDatabase;
  beforeEach(async () => {
    db = await createTestDatabase();
  });
  afterEach(() => db.close());

  const stored = async () =>
    (await db.pool.query<{ email: string; password_hash: string }>('SELECT email, password_hash FROM app_user')).rows;

  it('gets a generated password that fits, told only the first time', async () => {
    const settings = { adminEmail: 'ops@example.com', adminPassword: null };
    const first = await ensureFirstAdministrator(db, settings);
    expect(first.email).toBe('ops@example.com');
    expect(first.generatedPassword).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    const [user] = await stored();
    expect(user?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwordMatches(user?.password_hash ?? null, first.generatedPassword ?? '')).toBe(true);
    expect(await ensureFirstAdministrator(db, { ...settings, adminEmail: 'other@example.com' })).toEqual({
      email: 'ops@example.com',
    });
    expect(await stored()).toEqual([user]);
  });

  it('gets the password of the settings, which is not told', async () => {
    const settings = { adminEmail: 'ops@example.com', adminPassword: 'a password of the settings' };
    expect(await ensureFirstAdministrator(db, settings)).toEqual({ email: 'ops@example.com' });
    const [user] = await stored();
    expect(await passwordMatches(user?.password_hash ?? null, settings.adminPassword)).toBe(true);
    expect(await passwordMatches(user?.password_hash ?? null, 'a password')).toBe(false);
    expect(await passwordMatches(null, settings.adminPassword)).toBe(false);
  });

  it('is one, when several processes start at once', async () => {
    const settings = { adminEmail: 'ops@example.com', adminPassword: null };
    const all = await Promise.all(Array.from({ length: 5 }, () => ensureFirstAdministrator(db, settings)));
    expect(all.filter((result) => result.generatedPassword !== undefined)).toHaveLength(1);
    expect(await stored()).toHaveLength(1);
  });
});

/** Proves: settings have the documented defaults, every wrong value stops the start with its reason, secrets stay hidden. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AppError,
  claimDataDir,
  loadConfig,
  renderConfigurationDocument,
  SETTINGS,
} from '../../../src/platform/index.js';
import { temporaryDirectory } from '../../support/files.js';

function problemsOf(env: Record<string, string>, demo = false): string {
  try {
    loadConfig(env, { demo, cwd: '/srv' });
  } catch (error) {
    if (error instanceof AppError && error.code === 'config_invalid') return error.message;
    throw error;
  }
  return '';
}

test('an empty environment gives the defaults of the documentation', () => {
  const config = loadConfig({ PORT: '', HOST: '  ' }, { cwd: '/srv' });
  expect(config).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    dataDir: '/srv/data',
    databaseUrl: null,
    roles: ['api', 'worker'],
    publicUrl: null,
    twilioAuthTokens: [],
    masterKeyFile: '/srv/data/master.key',
    orgTimeZone: 'Asia/Shanghai',
    orgCountry: 'CN',
    orgCurrency: 'CNY',
    demo: false,
  });
});

test('values are read as what they are', () => {
  const config = loadConfig({
    TWILIO_AUTH_TOKEN: 'a23456789012345678901234567890ab, b23456789012345678901234567890ab',
    TRUSTED_PROXIES: '10.0.0.0/8, ::1',
    PUBLIC_URL: 'https://calls.example.com/tally/',
    ROLES: 'worker',
    SPOOL_MAX_MB: '2',
    MASTER_KEY_FILE: '/etc/key',
  });
  expect(config.twilioAuthTokens).toHaveLength(2);
  expect(config.trustedProxies).toEqual(['10.0.0.0/8', '::1']);
  expect(config.publicUrl).toBe('https://calls.example.com/tally');
  expect(config.roles).toEqual(['worker']);
  expect(config.spoolMaxBytes).toBe(2 * 1024 * 1024);
  expect(config.masterKeyFile).toBe('/etc/key');
});

test.each([
  ['PORT', '70000'],
  ['PORT', '3e3'],
  ['HOST', 'two words'],
  ['DATABASE_URL', 'mysql://host/db'],
  ['DATABASE_POOL_MAX', '1'],
  ['REDIS_URL', 'localhost'],
  ['ROLES', 'api,cook'],
  ['PUBLIC_URL', 'calls.example.com'],
  ['PUBLIC_URL', 'https://calls.example.com/?x=1'],
  ['TWILIO_AUTH_TOKEN', 'short'],
  ['ADMIN_EMAIL', 'nobody'],
  ['ADMIN_PASSWORD', 'elevenchars'],
  ['ADMIN_PASSWORD', 'aaaaaaaaaaaaaaaa'],
  ['ADMIN_PASSWORD', SETTINGS.ADMIN_PASSWORD.example],
  ['API_KEY', '0123456789abcdef0123456789abcde'],
  ['API_KEY', SETTINGS.API_KEY.example],
  ['TRUSTED_PROXIES', '10.0.0.0/33'],
  ['TRUSTED_PROXIES', 'proxy.example.com'],
  ['ORG_TIME_ZONE', 'Mars/Olympus'],
  ['ORG_COUNTRY', 'China'],
  ['ORG_CURRENCY', 'yuan'],
  ['SPOOL_MAX_MB', '0'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s stops the start and is named', (name, value) => {
  expect(problemsOf({ [name]: value })).toMatch(new RegExp(`- ${name}: .+Example: ${name}=`));
});

test('all problems are told at once', () => {
  expect(problemsOf({ PORT: 'x', ORG_COUNTRY: 'x', API_KEY: 'x' }).match(/^ {2}- /gm)).toHaveLength(3);
});

test('a wrong secret is not repeated in the message', () => {
  const secret = 'hunter2hunter2';
  for (const name of ['API_KEY', 'DATABASE_URL', 'REDIS_URL']) {
    expect(problemsOf({ [name]: secret })).not.toContain(secret);
  }
});

test('a demo has its own directory and no database but its own', () => {
  expect(loadConfig({}, { demo: true, cwd: '/srv' }).dataDir).toBe('/srv/data-demo');
  expect(loadConfig({ DATA_DIR: 'x' }, { demo: true, cwd: '/srv' }).dataDir).toBe('/srv/x');
  expect(problemsOf({ DATABASE_URL: 'postgres://h/d' }, true)).toContain('DATABASE_URL must not be set with --demo');
});

test('a demo refuses the directory of real data and the other way round', () => {
  const directory = temporaryDirectory();
  try {
    const real = { dataDir: join(directory.path, 'real'), demo: false };
    const demo = { dataDir: join(directory.path, 'demo'), demo: true };
    for (const run of [real, demo, real, demo]) claimDataDir(run);
    for (const run of [real, demo]) {
      expect(() => claimDataDir({ ...run, demo: !run.demo })).toThrow(
        expect.objectContaining({ code: 'data_dir_mismatch' }),
      );
    }
    const foreign = join(directory.path, 'foreign');
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'thesis.doc'), 'x');
    expect(() => claimDataDir({ dataDir: foreign, demo: true })).toThrow(
      expect.objectContaining({ code: 'data_dir_mismatch' }),
    );
  } finally {
    directory.remove();
  }
});

test('docs/configuration.md is the table of the code', () => {
  expect(readFileSync('docs/configuration.md', 'utf8')).toBe(renderConfigurationDocument());
});

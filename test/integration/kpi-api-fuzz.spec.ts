/**
 * Proves: no query whatever makes the reports or the lists of calls fail on our side; an answer is figures or a coded
 * refusal. Prints its seed on failure.
 */
import fc from 'fast-check';
import { KpiReadModule } from '../../src/kpi/index.js';
import { ensureOrganisation } from '../../src/organisation/index.js';
import { withDatabase } from '../support/index.js';
import { SEED } from '../support/seed.js';
import { type ApiApp, startApi } from './access-app.js';

const test = withDatabase();
let api: ApiApp;
beforeAll(async () => {
  const zone = { timeZone: 'Australia/Lord_Howe', country: 'AU', currency: 'AUD' };
  await ensureOrganisation(test.db.pool, zone, new Date(0));
  api = await startApi(test.db, [KpiReadModule]);
});
afterAll(() => api.close());

const NAMES = [
  'from',
  'to',
  'groupBy',
  'kpis',
  'agent',
  'team',
  'campaign',
  'direction',
  'outcome',
  'limit',
  'cursor',
  'stale',
];
const date = fc
  .tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }))
  .map(([y, m, d]) => `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`);
const nearDate = fc
  .integer({ min: 0, max: 900 })
  .map((day) => new Date(Date.UTC(2026, 0, day)).toISOString().slice(0, 10));
const instant = fc
  .tuple(
    fc.oneof(date, nearDate),
    fc.integer({ min: 0, max: 25 }),
    fc.constantFrom('00', '15', '07', '60'),
    fc.constantFrom('Z', '+08:00', '-11:30', '', '+99:99', ' 08:00'),
  )
  .map(([day, hour, minute, offset]) => `${day}T${String(hour).padStart(2, '0')}:${minute}:00${offset}`);
const value = fc.oneof(
  nearDate,
  date,
  instant,
  fc.constantFrom(
    'agent',
    'hour',
    'day',
    'team',
    'organisation',
    'dials',
    'customers,connect_rate',
    'true',
    '0',
    '200',
    '2147483648',
  ),
  fc.integer().map(String),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '\u0000',
    '%',
    "'",
    '"; DROP TABLE call; --',
    '\ud83d\ude00',
    '9'.repeat(300),
    '[]',
    '{}',
    '__proto__',
  ),
);
const cursor = fc
  .tuple(fc.oneof(instant, fc.string()), fc.string({ unit: 'binary' }))
  .map((pair) => Buffer.from(JSON.stringify(pair)).toString('base64url'));
const parameter = fc.oneof(
  fc.tuple(fc.constantFrom(...NAMES), value),
  fc.tuple(fc.constant('cursor'), cursor),
  fc.tuple(fc.string({ maxLength: 12 }), value),
);
const address = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('/api/v1/kpis', '/api/v1/calls') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }).map((id) => `/api/v1/calls/${encode(id)}`) },
);

/** Lone surrogates have no encoding. */
function encode(text: string): string {
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
}

it('any query is answered or refused, never failed', async () => {
  const seen = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(address, fc.array(parameter, { maxLength: 5 }), async (path, parameters) => {
      const query = parameters.map(([name, text]) => `${encode(name)}=${encode(text)}`).join('&');
      const { status, body } = await api.get(`${path}?${query}`);
      seen.set(status, (seen.get(status) ?? 0) + 1);
      expect([200, 400, 404, 414]).toContain(status);
      if (status !== 200) expect(body).toMatchObject({ error: { code: expect.stringMatching(/^[a-z_]+$/) } });
    }),
    { seed: SEED, numRuns: 1500 },
  );
  // The walk must not have been refusals only.
  expect(seen.get(200)).toBeGreaterThan(50);
  expect(seen.get(400)).toBeGreaterThan(300);
});

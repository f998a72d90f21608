/**
 * Proves: every command says what it is for; `simulate` and `verify` work beside a running server; `verify` finds each
 * kind of manipulation (of an event, a fact, a sum, a customer's count) and exits 1; `rebuild` restores facts and sums
 * from the log with the same numbers.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KpiReport } from '../../src/shared/api.js';
import { type ServerProcess, startProcess, tallyboard } from '../support/children.js';
import { withDatabase } from '../support/index.js';
import { type Api, apiOf, childEnvironment, folded } from '../support/server.js';
import { callback, postSigned, softphoneCall } from '../support/twilio.js';
import { OF_TIME } from './live-client.js';

const test = withDatabase();
let environment: Record<string, string>;
let server: ServerProcess;
let api: Api;

beforeAll(async () => {
  const { db } = test;
  environment = childEnvironment(db.dataDir, { DATABASE_URL: db.url });
  server = await startProcess(environment);
  api = apiOf(server.url);
});
afterAll(() => server?.stop());

const COMMANDS: [string, RegExp][] = [
  ['start', /--demo/],
  ['migrate', /schema/],
  ['simulate', /--rate/],
  ['replay', /--mapping/],
  ['verify', /--json/],
  ['rebuild', /event log/],
];

describe('help', () => {
  it.each(COMMANDS)('%s --help', async (name, about) => {
    const { code, stdout } = await tallyboard([name, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`tallyboard ${name}`);
    expect(stdout).toMatch(about);
  });

  it('of the whole names every command; an unknown one is refused', async () => {
    const { code, stdout } = await tallyboard(['--help']);
    expect(code).toBe(0);
    for (const [name] of COMMANDS) expect(stdout).toMatch(new RegExp(`^\\s+${name}\\b`, 'm'));
    const unknown = await tallyboard(['dance']);
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain('dance');
  });
});

describe('simulate', () => {
  it('posts an exact number of webhooks, all acknowledged', async () => {
    const options = [
      '--agents',
      '12',
      '--rate',
      '200',
      '--events',
      '1500',
      '--seed',
      '7',
      '--duplicates',
      '0.1',
      '--json',
    ];
    const { code, stdout } = await tallyboard(['simulate', '--url', server.url, ...options], environment);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ accepted: 1_500, acked: 1_500, failed: 0 });
    await folded(test.db);
    const { accepted, duplicates } = await api.status();
    expect(accepted + duplicates).toBe(1_500);
    expect(duplicates).toBeGreaterThan(10);
  });

  it('with a token that is not the instance’s: exit 1 and what to check', async () => {
    const args = ['--url', server.url, '--rate', '50', '--events', '5', '--token', 'another-token-0123456789'];
    const { code, stdout } = await tallyboard(['simulate', ...args], environment);
    expect(code).toBe(1);
    expect(stdout).toMatch(/403.*--token/);
  });

  it('without any token: exit 1', async () => {
    const { code, stderr } = await tallyboard(['simulate', '--url', server.url, '--events', '1']);
    expect(code).toBe(1);
    expect(stderr).toContain('TWILIO_AUTH_TOKEN');
  });
});

describe('replay', () => {
  it('refuses a mapping it cannot use, naming what is wrong', async () => {
    const [data, mapping] = [join(test.db.dataDir, 'calls.csv'), join(test.db.dataDir, 'mapping.json')];
    writeFileSync(data, 'a,b\n1,2\n');
    writeFileSync(mapping, JSON.stringify({ topology: 'softphone', timeZone: 'Mars/Olympus' }));
    const { code, stderr } = await tallyboard(['replay', data, '--mapping', mapping, '--url', server.url], environment);
    expect(code).toBe(1);
    expect(stderr).toContain('timeZone');
    expect(stderr).toContain('separator');
  });
});

it('migrate: the schema of a running server is up to date', async () => {
  expect(await tallyboard(['migrate'], environment)).toMatchObject({ code: 0, stdout: 'The schema is up to date.\n' });
});

describe('verify and rebuild', () => {
  interface Verified {
    code: number | null;
    clean: boolean;
    differences: number;
    counts: Record<string, number>;
    examples: { kind: string; key: string }[];
  }

  async function verify(...options: string[]): Promise<Verified> {
    const { code, stdout } = await tallyboard(['verify', '--json', ...options], environment);
    return { code, ...(JSON.parse(stdout) as Omit<Verified, 'code'>) };
  }

  /** What there was to prove before anything was manipulated. */
  let proved: Record<string, number> = {};
  const sql = (text: string) => test.db.pool.query(text);
  const numbers = async (): Promise<unknown> => {
    const agent = await api.kpis('from=2026-01-01&to=2027-01-01&groupBy=agent');
    const { totals } = await api.kpis('from=2026-01-01&to=2027-01-01&groupBy=day');
    // A call goes on meanwhile, and with it the time somebody is at it.
    const still = (values: KpiReport['totals']) =>
      Object.fromEntries(Object.entries(values).filter(([id]) => !OF_TIME.has(id)));
    const rows = agent.rows.map((row) => ({ ...row, values: still(row.values) }));
    return { rows, totals: [still(agent.totals), still(totals)] };
  };

  it('is clean beside the server, and says what it proved', async () => {
    for (const [i, talk] of [20, 310, 95].entries()) {
      for (const event of softphoneCall(`talk ${i}`, `agent.${i}`, Date.now() - 3_600_000, talk)) {
        const answer = await postSigned(server.url, '/webhooks/twilio/voice', callback(event));
        expect(answer).toMatchObject({ status: 204 });
      }
    }
    await folded(test.db);
    const found = await verify();
    expect(found).toMatchObject({
      code: 0,
      clean: true,
      differences: 0,
      examples: [],
      counts: { pending: 0, parked: 0 },
    });
    expect(found.counts.bodies).toBe(found.counts.events);
    proved = found.counts;
    for (const name of ['calls', 'rollupSlots', 'rollupDays', 'customerDays', 'firstDials']) {
      expect([name, (found.counts[name] ?? 0) > 0]).toEqual([name, true]);
    }
    const { code, stdout } = await tallyboard(['verify'], environment);
    expect(code).toBe(0);
    expect(stdout).toMatch(/differences\s+0/);
  });

  const MANIPULATIONS: [string, string, string[]][] = [
    [
      'a sum of a quarter hour',
      'UPDATE rollup_slot SET talk_ms = talk_ms + 1 WHERE ctid = (SELECT min(ctid) FROM rollup_slot)',
      ['rollup_slot'],
    ],
    [
      'a sum of a day',
      'UPDATE rollup_day SET dials = dials + 1 WHERE ctid = (SELECT min(ctid) FROM rollup_day)',
      ['rollup_day'],
    ],
    [
      'a sum too many',
      "INSERT INTO rollup_day (business_date, agent_id, team_id, campaign_id, dials) VALUES ('2001-01-01', 0, 0, 1, 1)",
      ['rollup_day'],
    ],
    ['sums that are missing', 'DELETE FROM rollup_slot', ['rollup_slot']],
    [
      'the talk of a call',
      'UPDATE call SET talk_ms = talk_ms + 1000 WHERE key = (SELECT min(key) FROM call WHERE talk_ms > 0)',
      ['call', 'rollup_slot', 'rollup_day'],
    ],
    [
      'the agent of a call',
      'UPDATE call SET agent_id = 0 WHERE key = (SELECT min(key) FROM call WHERE agent_id > 0 AND counted)',
      ['call', 'rollup_slot'],
    ],
    [
      'a call that is missing',
      'DELETE FROM call WHERE key = (SELECT min(key) FROM call WHERE counted)',
      ['rollup_slot'],
    ],
    [
      'a customer’s count',
      'UPDATE customer_day SET dials = dials + 1 WHERE ctid = (SELECT min(ctid) FROM customer_day)',
      ['customer_day'],
    ],
    [
      'a first dial',
      "UPDATE customer_first_dial SET call_key = 'x' WHERE ctid = (SELECT min(ctid) FROM customer_first_dial)",
      ['customer_first_dial'],
    ],
    [
      'the leg of a call',
      "UPDATE call_leg SET call_key = 'x' WHERE leg_id = (SELECT min(leg_id) FROM call_leg)",
      ['grouping'],
    ],
  ];

  it.each(MANIPULATIONS)('%s: found, exit 1, and gone after a rebuild', async (_name, statement, kinds) => {
    const before = await numbers();
    const { calls, events, firstDials } = proved;
    expect((await sql(statement)).rowCount).toBeGreaterThan(0);
    const found = await verify('--no-bodies');
    expect(found).toMatchObject({ code: 1, clean: false });
    const seen = new Set(found.examples.map(({ kind }) => kind));
    expect([...seen]).toEqual(expect.arrayContaining(kinds));
    expect(await tallyboard(['rebuild'], environment)).toMatchObject({ code: 0 });
    await folded(test.db);
    expect(await verify('--no-bodies')).toMatchObject({
      code: 0,
      differences: 0,
      counts: { calls, events, firstDials },
    });
    expect(await numbers()).toEqual(before);
  });

  it('an event that is not what was received: found, exit 1', async () => {
    const event = "(SELECT min(id) FROM call_event WHERE type = 'leg.answered')";
    await sql(`UPDATE call_event SET occurred_at = occurred_at + interval '1 s' WHERE id = ${event}`);
    const found = await verify();
    expect(found).toMatchObject({ code: 1, clean: false });
    expect(found.examples.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['body']));
    await sql(`UPDATE call_event SET occurred_at = occurred_at - interval '1 s' WHERE id = ${event}`);
    expect(await verify()).toMatchObject({ code: 0, clean: true });
  });
});

/**
 * Proves that an event is acknowledged only when it is durable, whatever becomes of the database (design.md, invariant
 * 1): away for longer than a webhook can wait, it is acknowledged from the spool, survives SIGKILL and a torn tail, and
 * is in the log when the database is back; a spool at its cap answers 503; a database that hangs counts as away.
 */
import { appendFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type RawRequest, Spool } from '../../src/ingest/index.js';
import { createPool, Keys, silentLogger } from '../../src/platform/index.js';
import { type Environment, type ServerProcess, startProcess, tallyboard } from '../support/children.js';
import { eventually, temporaryDirectory } from '../support/index.js';
import { type OwnPostgres, ownPostgres } from '../support/postgres.js';
import { SEED } from '../support/seed.js';
import { API_KEY, apiOf, childEnvironment } from '../support/server.js';
import { type Answer, answerOf, callback, type Form, postSigned, sid } from '../support/twilio.js';

const VOICE = '/webhooks/twilio/voice';
/** Twilio gives up after this long, for good. */
const PROVIDER_WAITS_MS = 15_000;

describe('a server whose database goes away', () => {
  const home = temporaryDirectory();
  const own = temporaryDirectory('own');
  let postgres: OwnPostgres;
  let environment: Environment;
  let server: ServerProcess | undefined;

  beforeAll(async () => {
    postgres = await ownPostgres(own.path);
    environment = childEnvironment(home.path, { DATABASE_URL: postgres.url, SPOOL_MAX_MB: '2', LOG_LEVEL: 'fatal' });
  });
  beforeEach(async () => {
    server = await startProcess(environment);
  });
  afterEach(async () => {
    postgres.thaw();
    await server?.stop();
  });
  afterAll(async () => {
    await postgres?.close();
    own.remove();
    home.remove();
  });

  const url = (): string => server?.url ?? '';
  const form = (leg: string, extra: Form = []): Form => callback({ leg, status: 'initiated', at: Date.now(), extra });

  /** The answer, and how long it took. */
  async function post(leg: string, extra: Form = []): Promise<Answer & { ms: number }> {
    const began = performance.now();
    return { ...(await postSigned(url(), VOICE, form(leg, extra))), ms: performance.now() - began };
  }

  const postMany = (name: string, count: number, extra: Form = []): Promise<(Answer & { ms: number })[]> =>
    Promise.all(Array.from({ length: count }, (_, i) => post(`${name}${i}`, extra)));

  const spooled = (): string[] => readdirSync(join(home.path, 'spool')).filter((name) => name.endsWith('.spool'));

  async function logged(name: string, count: number): Promise<void> {
    const pool = createPool(postgres.url, 1, silentLogger);
    const legs = Array.from({ length: count }, (_, i) => sid(`${name}${i}`));
    try {
      await eventually(
        async () => {
          const { rows } = await pool.query<{ leg_id: string }>(
            `SELECT e.leg_id FROM call_event e WHERE leg_id = ANY($1) AND NOT EXISTS
               (SELECT 1 FROM call_event_pending p WHERE p.event_id = e.id)`,
            [legs],
          );
          return rows.length === count && new Set(rows.map((row) => row.leg_id)).size === count;
        },
        { withinMs: 30_000, everyMs: 100, what: `${count} events of ${name} in the log, once each, and folded` },
      );
    } finally {
      await pool.end();
    }
  }

  async function clean(): Promise<void> {
    await eventually(() => spooled().length === 0, { what: 'an empty spool' });
    const { stdout } = await tallyboard(['verify', '--json'], environment);
    expect(JSON.parse(stdout)).toMatchObject({ clean: true, differences: 0 });
  }

  it('back after a while: held, then spooled, then drained by itself, while events keep coming', async () => {
    await postgres.crash();
    let flowing = true;
    let sent = 0;
    const flow = Array.from({ length: 8 }, async () => {
      while (flowing) expect((await post(`flow${sent++}`)).status).toBe(204);
    });
    const answers = await postMany('held', 20);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 204));
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(PROVIDER_WAITS_MS);
    expect(spooled().length).toBeGreaterThan(0);
    const asked = await fetch(`${url()}/api/v1/kpis`, { headers: { authorization: `Bearer ${API_KEY}` } });
    expect(await answerOf(asked)).toMatchObject({ status: 503, code: 'unavailable' });
    await postgres.start();
    await logged('held', 20);
    flowing = false;
    await Promise.all(flow);
    await eventually(async () => (await apiOf(url()).status()).spooled === 0, { what: 'nothing spooled' });
    await logged('flow', sent);
    await clean();
  });

  it('killed while the spool is full: what was acknowledged survives, and so it does a torn tail', async () => {
    await postgres.crash();
    expect((await postMany('kill', 20)).every(({ status }) => status === 204)).toBe(true);
    expect(await server?.stop('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
    const [segment = ''] = spooled();
    const path = join(home.path, 'spool', segment);
    // The beginning of a record that was being written when the power went.
    appendFileSync(path, readFileSync(path).subarray(0, 100));
    await postgres.start();
    server = await startProcess(environment);
    await logged('kill', 20);
    await clean();
  });

  it('full: 503 and nothing taken, until there is room again', async () => {
    await postgres.crash();
    const large: Form = Array.from({ length: 6 }, (_, i) => [`Filler${i}`, 'x'.repeat(8_000)]);
    await post('first');
    let taken = 0;
    let answer = await post(`cap${taken}`, large);
    for (; answer.status === 204; answer = await post(`cap${taken}`, large)) taken++;
    expect(answer).toMatchObject({ status: 503, code: 'unavailable' });
    // Two mebibytes of requests of some 48 kB.
    expect(taken).toBeGreaterThan(35);
    expect(taken).toBeLessThan(45);
    expect(await post('small')).toMatchObject({ status: 204 });
    await postgres.start();
    await clean();
    expect((await post(`cap${taken}`, large)).status).toBe(204);
    await logged('cap', taken + 1);
    await clean();
  });

  it('frozen instead of gone: acknowledged in time all the same', async () => {
    expect((await post('warm')).status).toBe(204);
    postgres.freeze();
    const answers = await postMany('cold', 20);
    postgres.thaw();
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 204));
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(PROVIDER_WAITS_MS);
    await logged('cold', 20);
    await clean();
  });
});

describe('the spool itself', () => {
  const keys = new Keys(Buffer.alloc(32, 7));
  const request = (n: number): RawRequest => ({
    provider: 'twilio',
    kind: 'voice',
    target: '/x?y=1',
    body: Buffer.from(`body ${n}`),
    receivedAt: 1_000 + n,
  });
  const numberOf = ({ body }: RawRequest): number => Number(body.toString().split(' ')[1]);

  async function drained(spool: Spool): Promise<number[]> {
    const found: number[] = [];
    await spool.drain(async (requests) => {
      found.push(...requests.map(numberOf));
    });
    return found;
  }

  it('torn or overwritten at any byte: everything before that place is there', async () => {
    const directory = temporaryDirectory();
    const writer = new Spool(directory.path, keys, 10_000_000);
    for (let n = 0; n < 8; n++) await writer.append([request(n)]);
    await writer.close();
    const path = join(directory.path, readdirSync(directory.path)[0] ?? '');
    const whole = readFileSync(path);
    const ends: number[] = [];
    for (let at = 0; at < whole.length; ends.push(at)) at += 8 + whole.readUInt32BE(at);
    const place = fc.integer({ min: 0, max: whole.length - 1 });
    await fc.assert(
      fc.asyncProperty(place, fc.boolean(), async (at, tear) => {
        writeFileSync(path, whole);
        if (tear) truncateSync(path, at);
        else
          writeFileSync(
            path,
            Buffer.concat([whole.subarray(0, at), Buffer.from([whole.readUInt8(at) ^ 0x55]), whole.subarray(at + 1)]),
          );
        const spool = new Spool(directory.path, keys, 10_000_000);
        const intact = ends.filter((end) => end <= at).length;
        expect(spool.size).toBe(intact);
        expect(await drained(spool)).toEqual(Array.from({ length: intact }, (_, n) => n));
        expect(spool).toMatchObject({ size: 0, oldest: null });
      }),
      { seed: SEED, numRuns: 200 },
    );
    directory.remove();
  });

  it('appended to while it is drained: every request comes out, whatever the order of things', async () => {
    const directory = temporaryDirectory();
    const spool = new Spool(directory.path, keys, 10_000_000);
    const found: number[] = [];
    let appended = 0;
    for (let round = 0; round < 60; round++) {
      const drain = drained(spool).then((numbers) => found.push(...numbers));
      const appends = Array.from({ length: 1 + (round % 4) }, () => spool.append([request(appended++)]));
      await Promise.all([drain, ...appends]);
    }
    found.push(...(await drained(spool)));
    expect(found.sort((a, b) => a - b)).toEqual(Array.from({ length: appended }, (_, n) => n));
    expect(readdirSync(directory.path)).toEqual([]);
    directory.remove();
  });
});

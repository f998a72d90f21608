/**
 * Proves: the live protocol over real sockets: who is let in; a replica built from a snapshot and deltas equals the API
 * whenever the floor is quiet; gaps, resumes, slow screens and silent divergence; a session's end closes its screens.
 */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { type RunningServer, startServer } from '../../src/main.js';
import { silentLogger } from '../../src/platform/index.js';
import type { BoardAgent, BoardMeta } from '../../src/shared/live.js';
import { eventually, type TemporaryDirectory, temporaryDirectory } from '../support/index.js';
import { SEED } from '../support/seed.js';
import { ADMIN, API_KEY, startTestServer, type TestServer } from '../support/server.js';
import { JumpingClock, Screen } from './live-client.js';
import { Floor } from './live-floor.js';

const KEY = { authorization: `Bearer ${API_KEY}` };
const clock = new JumpingClock();
const screens: Screen[] = [];
let server: TestServer;
let floor: Floor;

beforeAll(async () => {
  server = await startTestServer({ clock, config: { orgTimeZone: 'Asia/Shanghai' } });
  floor = new Floor(server, () => clock.now());
});
afterEach(() => {
  for (const screen of screens.splice(0)) screen.close();
});
afterAll(() => server.close());

async function open(headers: Record<string, string> = KEY, acks = true): Promise<Screen> {
  const screen = await Screen.open(server.url, { headers, acks });
  screens.push(screen);
  return screen;
}

async function watching(headers?: Record<string, string>): Promise<Screen> {
  const screen = await open(headers);
  expect(await screen.subscribe()).toEqual({ ok: true });
  await eventually(() => screen.frames.length > 0);
  return screen;
}

async function signIn(): Promise<{ cookie: string; origin: string }> {
  const response = await fetch(`${server.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tallyboard': '1' },
    body: JSON.stringify(ADMIN),
  });
  expect(response.status).toBe(200);
  const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';');
  return { cookie, origin: server.url };
}

describe('who is let in', () => {
  test('nobody without a session or a key, nor with a wrong one', async () => {
    const wrong: Record<string, string>[] = [{}, { cookie: 'tallyboard=nothing' }, { authorization: 'Bearer wrong' }];
    for (const headers of wrong) {
      await expect(Screen.open(server.url, { headers })).rejects.toThrow('unauthenticated');
    }
  });

  test('a cookie only from our own origin', async () => {
    const { cookie, origin } = await signIn();
    await expect(Screen.open(server.url, { headers: { cookie, origin: 'https://evil.example' } })).rejects.toThrow(
      'unauthenticated',
    );
    await expect(Screen.open(server.url, { headers: { cookie, origin: 'null' } })).rejects.toThrow('unauthenticated');
    expect((await open({ cookie, origin })).connected).toBe(true);
  });

  test('a key', async () => {
    expect((await open()).connected).toBe(true);
  });

  test('there are no other boards', async () => {
    const screen = await open();
    expect(await screen.subscribe({ scope: 'board:other' })).toMatchObject({ ok: false, code: 'scope_unknown' });
    expect(screen.frames).toEqual([]);
  });
});

test('a snapshot, then deltas that follow each other; the replica equals the API whenever it is quiet', async () => {
  const screen = await watching();
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          agent: fc.constantFrom('ada', 'bo', 'chen'),
          talk: fc.constantFrom<number | null | undefined>(null, undefined, 0, 12, 15),
        }),
        { minLength: 1, maxLength: 5 },
      ),
      async (round) => {
        await Promise.all(round.map((call) => floor.dial(call)));
        await floor.sameAsApi(screen);
      },
    ),
    { seed: SEED, numRuns: 8, endOnFailure: true },
  );
  expect(screen.frames.map((frame) => frame.kind)).toEqual(['snapshot', ...screen.frames.slice(1).map(() => 'delta')]);
  expect([screen.gaps, screen.frames.length > 3]).toEqual([0, true]);
  const other = await watching();
  await eventually(() => isDeepStrictEqual(other.state, screen.state), { what: 'the same state on both' });
});

test('frames say up to when they are complete', async () => {
  const screen = await watching();
  await floor.dial({ agent: 'ada', talk: 3 });
  await server.folded();
  const heartbeat = await eventually(() => screen.heartbeats.find(({ sentAt, asOf }) => sentAt - asOf < 3_000));
  expect(heartbeat.asOf).toBeLessThanOrEqual(heartbeat.sentAt);
});

test('a gap: the screen asks, and gets a snapshot that equals its replica', async () => {
  const screen = await watching();
  await floor.dial({ agent: 'bo', talk: 5 });
  await floor.sameAsApi(screen);
  const held = structuredClone(screen.state);
  screen.resync();
  const snapshot = await eventually(() => screen.frames.slice(1).find((frame) => frame.kind === 'snapshot'));
  expect(snapshot).toMatchObject({ epoch: screen.epoch, state: held });
});

test('a screen that comes back gets what it missed, not everything', async () => {
  const screen = await watching();
  const last = { epoch: screen.epoch ?? '', seq: screen.seq };
  const held = structuredClone(screen.state);
  screen.close();
  await floor.dial({ agent: 'dana', talk: 7 });
  await server.folded();
  const again = await open();
  await again.subscribe({ last });
  const first = await eventually(() => again.frames[0]);
  expect(first).toMatchObject({ kind: 'delta', prevSeq: last.seq, epoch: last.epoch });
  Object.assign(again.state, { ...held, ...again.state });
  await floor.sameAsApi(again);
  const complete = await watching();
  await eventually(() => expect(again.state).toEqual(complete.state) === undefined);
});

test('what it holds is of another process, or of the future: a snapshot', async () => {
  const { epoch, seq } = await watching();
  for (const last of [
    { epoch: 'another', seq: 3 },
    { epoch: epoch ?? '', seq: seq + 1_000 },
    { epoch: epoch ?? '', seq: -5 },
  ]) {
    const screen = await open();
    await screen.subscribe({ last });
    expect(await eventually(() => screen.frames[0])).toMatchObject({ kind: 'snapshot' });
  }
});

test('a screen that does not acknowledge has one frame out, and then gets the latest values at once', async () => {
  const slow = await open(KEY, false);
  await slow.subscribe();
  await eventually(() => slow.frames.length === 1);
  const watcher = await watching();
  for (let round = 0; round < 4; round++) {
    const seen = watcher.frames.length;
    await floor.dial({ agent: 'eve', talk: round });
    await eventually(() => watcher.frames.length > seen);
  }
  await floor.sameAsApi(watcher);
  expect(slow.frames).toHaveLength(1);
  slow.acknowledge();
  await eventually(() => slow.frames.length === 2);
  const [snapshot, delta] = slow.frames;
  expect(delta).toMatchObject({ kind: 'delta', prevSeq: snapshot?.seq });
  expect(slow.state['kpi:dials']).toBe(watcher.state['kpi:dials']);
  await eventually(() => {
    slow.acknowledge();
    return isDeepStrictEqual(slow.state, watcher.state);
  });
});

test('the hash of the state comes every 30 s and is that of the replica', async () => {
  const screen = await watching();
  await floor.dial({ agent: 'ada', talk: 4 });
  await floor.sameAsApi(screen);
  // One that comes while a frame is on its way is of another state than the replica: then the next one.
  const { told, own } = await eventually(
    async () => {
      const before = screen.heartbeats.length;
      clock.jump(30_000);
      await eventually(() => screen.heartbeats.slice(before).some(({ hash }) => hash !== undefined));
      return screen.hashes.at(-1);
    },
    { withinMs: 30_000 },
  );
  expect(told).toBe(own);
});

test('a screen that owes an acknowledgement for too long is dropped', async () => {
  const slow = await open(KEY, false);
  await slow.subscribe();
  await eventually(() => slow.frames.length === 1);
  clock.jump(11_000);
  await eventually(() => !slow.connected);
});

test('signing out closes the screens of that session at once, and no others', async () => {
  const [mine, other] = [await signIn(), await signIn()];
  const [screen, stays] = [await watching(mine), await watching(other)];
  const response = await fetch(`${server.url}/api/v1/session`, {
    method: 'DELETE',
    headers: { ...mine, 'x-tallyboard': '1' },
  });
  expect(response.status).toBe(204);
  await eventually(() => !screen.connected);
  expect(screen.revocations).toEqual(['session_ended']);
  expect(stays.connected).toBe(true);
  await expect(Screen.open(server.url, { headers: mine })).rejects.toThrow('unauthenticated');
});

describe('a second process on the same database', () => {
  let other: RunningServer;
  let directory: TemporaryDirectory;

  beforeAll(async () => {
    directory = temporaryDirectory();
    const { config, database } = server.server.core;
    other = await startServer({ ...config, dataDir: directory.path, port: 0 }, { database, clock, log: silentLogger });
  });
  afterAll(async () => {
    await other.close();
    directory.remove();
  });

  const elsewhere = async (headers = KEY as Record<string, string>): Promise<Screen> => {
    const screen = await Screen.open(other.url ?? '', { headers });
    screens.push(screen);
    await screen.subscribe();
    await eventually(() => screen.frames.length > 0);
    return screen;
  };

  test('shows what the first one received and folded', async () => {
    const [here, there] = [await watching(), await elsewhere()];
    await Promise.all([
      floor.dial({ agent: 'fei', talk: 12 }),
      floor.dial({ agent: 'fei', talk: null }),
      floor.dial({ agent: 'bo' }),
    ]);
    await floor.sameAsApi(here);
    await floor.sameAsApi(there);
    expect([there.epoch === here.epoch, there.gaps]).toEqual([false, 0]);
    // By agent: which of them a screen heard of first is no difference. What a call does now follows the sums of its pass.
    const activity = (screen: Screen) =>
      Object.fromEntries(
        Object.entries(screen.state).flatMap(([key, value]) =>
          key.startsWith('agent:') ? [[key, (value as BoardAgent).activity]] : [],
        ),
      );
    await eventually(() => isDeepStrictEqual(activity(there), activity(here)));
    expect(Object.values(activity(there))).toContain('talking');
  });

  test('both fold at the same time: both screens equal the API', async () => {
    const [here, there] = [await watching(), await elsewhere()];
    const agents = ['ada', 'bo', 'chen', 'dana', 'eve', 'fei'];
    // One after the other and far faster than the boards catch up: commits of the two processes interleave.
    for (let round = 0; round < 8; round++) {
      const [first, second] = round % 2 === 0 ? [server.url, other.url ?? ''] : [other.url ?? '', server.url];
      for (const [i, agent] of agents.entries()) await floor.dial({ agent, talk: i * round }, i < 3 ? first : second);
    }
    await floor.sameAsApi(here);
    await floor.sameAsApi(there);
  });

  test('closes the screens of a session that ended in the first', async () => {
    const { cookie } = await signIn();
    const screen = await elsewhere({ cookie });
    const headers = { cookie, origin: server.url, 'x-tallyboard': '1' };
    await fetch(`${server.url}/api/v1/session`, { method: 'DELETE', headers });
    await eventually(() => !screen.connected);
    expect(screen.revocations).toEqual(['session_ended']);
  });
});

test('every database connection is cut, again and again: nothing acknowledged is lost, screens go on', async () => {
  const screen = await watching();
  const before = screen.state['kpi:dials'] as number;
  const dialled = Array.from({ length: 12 }, (_, i) => floor.dial({ agent: i % 2 === 0 ? 'ada' : 'bo', talk: i }));
  for (let cut = 0; cut < 6; cut++) {
    // While calls come in: each cut waits for more of them to have been shown.
    await eventually(() => (screen.state['kpi:dials'] as number) >= before + cut);
    await eventually(async () => {
      const { rowCount } = await server.db.pool.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
      return rowCount !== null;
    });
  }
  await Promise.all(dialled);
  await eventually(() => screen.state['kpi:dials'] === before + 12, { withinMs: 20_000 });
  await floor.sameAsApi(screen);
  expect([screen.connected, screen.gaps]).toEqual([true, 0]);
});

test('a new business day starts empty on the same screen', async () => {
  const screen = await watching();
  const { dayEnd } = screen.state.meta as BoardMeta;
  clock.jump(dayEnd - clock.now() + 60_000);
  await floor.dial({ agent: 'ada', talk: 2 });
  await eventually(() => (screen.state.meta as BoardMeta).dayStart === dayEnd);
  await floor.sameAsApi(screen);
  expect(screen.state).toMatchObject({ 'kpi:dials': 1, 'kpi:connects': 1 });
  expect(screen.gaps).toBe(0);
});

/**
 * Proves: a TV gets in by six digits and nothing else (wrong, old and used codes, guessing), shows its board and may do
 * nothing more, survives a restart of the server, switches when it is moved, and goes within a second when revoked.
 */
import { type RunningServer, startServer } from '../../src/main.js';
import { silentLogger } from '../../src/platform/index.js';
import type { OwnScreen, PairingStart, PairingState, ScreenList, ScreenView } from '../../src/shared/boards.js';
import type { SnapshotFrame } from '../../src/shared/live.js';
import { eventually, type TemporaryDirectory, temporaryDirectory } from '../support/index.js';
import { ADMIN, startTestServer, type TestServer } from '../support/server.js';
import { type Answer, Person } from './access-people.js';
import { keyHolder, layout, makeBoard, makeUser } from './boards-world.js';
import { JumpingClock, Screen } from './live-client.js';

const clock = new JumpingClock();
const sockets: Screen[] = [];
let server: TestServer;
let other: RunningServer;
let directory: TemporaryDirectory;
let admin: Person;
beforeAll(async () => {
  server = await startTestServer({ clock });
  directory = temporaryDirectory();
  const { config, database } = server.server.core;
  other = await startServer({ ...config, dataDir: directory.path, port: 0 }, { database, clock, log: silentLogger });
  admin = new Person(server.url, { origin: server.url });
  expect((await admin.signIn(ADMIN.email, ADMIN.password)).status).toBe(200);
  await makeBoard(server.url, layout('lobby'));
  await makeBoard(server.url, layout('canteen', { theme: 'festive' }));
  await eventually(() => other.core.board.directory.get('canteen') !== undefined);
});
beforeEach(async () => {
  // What one test spent of the limits is there again, and the administrator is not away that long.
  clock.jump(10 * 60_000);
  expect(await admin.isIn()).toBe(true);
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});
afterAll(async () => {
  await other.close();
  directory.remove();
  await server.close();
});

/** The page on a TV: keeps the device cookie, as its browser would. */
class Tv {
  cookie = '';
  pairing: PairingStart = { code: '', secret: '', expiresAt: '', pollSeconds: 0 };

  constructor(readonly url = server.url) {}

  async call<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const answer = await new Person(this.url, { cookie: this.cookie, ...headers }).call<T>(method, path, body);
    const [set] = answer.headers.getSetCookie();
    if (set !== undefined) this.cookie = set.split(';')[0] ?? '';
    return answer;
  }

  async start(): Promise<string> {
    const { status, body } = await this.call<PairingStart>('POST', '/screens/pairings');
    expect(status).toBe(201);
    this.pairing = body;
    return body.code;
  }

  poll(): Promise<Answer<PairingState>> {
    return this.call('POST', '/screens/pairings/poll', { secret: this.pairing.secret });
  }

  async socket(url = this.url): Promise<Screen> {
    const screen = await Screen.open(url, { headers: { cookie: this.cookie }, as: 'screen' });
    sockets.push(screen);
    return screen;
  }

  /** On the wall: its socket, with the first frame on it. */
  async show(url = this.url): Promise<Screen> {
    const screen = await this.socket(url);
    expect(await screen.subscribe({ scope: 'screen' })).toEqual({ ok: true });
    await eventually(() => screen.frames.length > 0);
    return screen;
  }
}

const pair = (code: string, boardId = 'lobby', name = 'By the door') =>
  admin.call<ScreenView>('POST', '/screens', { code, name, boardId });

async function paired(boardId = 'lobby'): Promise<Tv & { id: number }> {
  const tv = new Tv();
  const { status, body } = await pair(await tv.start(), boardId);
  expect(status).toBe(201);
  expect((await tv.poll()).body).toMatchObject({ status: 'paired' });
  return Object.assign(tv, { id: body.id });
}

const listed = async (id: number): Promise<ScreenView | undefined> =>
  (await admin.call<ScreenList>('GET', '/screens')).body.screens.find((screen) => screen.id === id);

describe('pairing', () => {
  test('six digits, typed by an administrator; then the TV shows its board and is on the list', async () => {
    const tv = new Tv();
    const code = await tv.start();
    expect(code).toMatch(/^\d{6}$/);
    expect(Date.parse(tv.pairing.expiresAt) - clock.now()).toBeGreaterThan(9 * 60_000);
    expect((await tv.call('GET', '/screen')).status).toBe(401);
    expect((await tv.poll()).body).toEqual({ status: 'waiting', expiresAt: tv.pairing.expiresAt });
    expect(tv.cookie).toBe('');
    const { body } = await pair(`${code.slice(0, 3)} ${code.slice(3)}`);
    expect(body).toMatchObject({ name: 'By the door', boardId: 'lobby', boardName: 'Board lobby', connected: false });
    expect(body.lastSeenAt).toBeNull();
    const own: OwnScreen = { id: body.id, name: 'By the door', boardId: 'lobby' };
    const answer = await tv.poll();
    expect(answer.body).toEqual({ status: 'paired', screen: own });
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^tallyboard-screen=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=34560000$/),
    ]);
    expect((await tv.call('GET', '/screen')).body).toEqual(own);
    const wall = await tv.show();
    expect(wall.state.board).toMatchObject({ id: 'lobby' });
    expect((wall.frames[0] as SnapshotFrame).scope).toBe('screen');
    await eventually(async () => (await listed(body.id))?.connected);
    expect((await listed(body.id))?.lastSeenAt).not.toBeNull();
    wall.close();
    await eventually(async () => (await listed(body.id))?.connected === false);
  });

  test('over https the cookie is bound to the host', async () => {
    const tv = new Tv();
    await pair(await tv.start());
    const secure = { origin: server.url.replace('http:', 'https:') };
    const { secret } = tv.pairing;
    const answer = await new Person(server.url, secure).call('POST', '/screens/pairings/poll', { secret });
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^__Host-tallyboard-screen=[\w-]{43}; Path=\/; HttpOnly;.*Secure$/,
    );
  });

  test('an answer that was lost costs nothing; once the TV is in, the secret opens nothing', async () => {
    const tv = new Tv();
    await pair(await tv.start());
    await tv.poll();
    const lost = tv.cookie;
    await tv.poll();
    expect(tv.cookie).not.toBe(lost);
    expect((await new Person(server.url, { cookie: lost }).call('GET', '/screen')).status).toBe(401);
    expect((await tv.call('GET', '/screen')).status).toBe(200);
    const { cookie } = tv;
    expect(await tv.poll()).toMatchObject({ status: 404, code: 'pairing_over' });
    expect(tv.cookie).toBe(cookie);
  });

  test('a wrong, an expired and a used code are one answer', async () => {
    const tv = new Tv();
    const code = await tv.start();
    const wrong = { status: 400, code: 'pairing_code_wrong', field: 'code' };
    expect(await pair(code === '000000' ? '000001' : '000000')).toMatchObject(wrong);
    clock.jump(10 * 60_000);
    expect(await pair(code)).toMatchObject(wrong);
    expect(await tv.poll()).toMatchObject({ status: 404, code: 'pairing_over' });
    const fresh = await tv.start();
    expect((await pair(fresh)).status).toBe(201);
    expect(await pair(fresh)).toMatchObject(wrong);
  });

  test('two administrators type it at the same time: one screen', async () => {
    const tv = new Tv();
    const code = await tv.start();
    const both = await Promise.all([
      pair(code),
      keyHolder(server.url).call('POST', '/screens', { code, name: 'x', boardId: 'lobby' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 400]);
  });

  test('a code for a board that does not exist is not used up', async () => {
    const tv = new Tv();
    const code = await tv.start();
    expect(await pair(code, 'nowhere')).toMatchObject({ status: 400, code: 'board_unknown', field: 'boardId' });
    expect((await pair(code)).status).toBe(201);
  });

  test.each([
    [{ code: '12345', name: 'x', boardId: 'lobby' }, 'code'],
    [{ code: '123456', name: ' ', boardId: 'lobby' }, 'name'],
    [{ code: '123456', name: 'x'.repeat(61), boardId: 'lobby' }, 'name'],
    [{ code: '123456', name: 'x' }, 'boardId'],
    [{ code: '123456', name: 'x', boardId: 'lobby', admin: true }, 'body'],
  ])('%j is refused by name', async (body, field) => {
    expect(await admin.call('POST', '/screens', body)).toMatchObject({ status: 400, code: 'request_invalid', field });
  });

  test('guessing codes is slowed down, one guesser and not the others', async () => {
    const guesser = await makeUser(server, 'guesser@example.com', { role: 'admin' });
    const guess = (n: number) =>
      guesser.call('POST', '/screens', { code: String(900_000 + n), name: 'x', boardId: 'lobby' });
    const answers: Answer[] = [];
    for (let n = 0; n < 11; n++) answers.push(await guess(n));
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(10).fill(400), 429]);
    expect(answers.at(-1)).toMatchObject({ code: 'pairing_code_throttled' });
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await pair(await new Tv().start())).status).toBe(201);
    clock.jump(30_000);
    expect((await guess(11)).status).toBe(400);
  });

  test('asking for codes is slowed down by address, and a page of another site cannot', async () => {
    const start = (headers = {}) => new Person(server.url, headers).call('POST', '/screens/pairings');
    const answers = await Promise.all(Array.from({ length: 45 }, () => start()));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(3);
    expect(refused[0]).toMatchObject({ code: 'pairing_throttled' });
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(new Set(answers.flatMap(({ body }) => (body as PairingStart).code ?? [])).size).toBe(45 - refused.length);
    expect(await start({ origin: 'https://evil.example' })).toMatchObject({ status: 403, code: 'origin_not_allowed' });
    const bare = await fetch(`${server.url}/api/v1/screens/pairings`, { method: 'POST' });
    expect(bare.status).toBe(403);
  });
});

test('more screens than anybody owns wait: the next is asked to come back', async () => {
  await server.db.pool.query('DELETE FROM screen_pairing'); // Else an old code could be in the way of one made here.
  await server.db.pool.query(
    `INSERT INTO screen_pairing (secret_hash, code, expires_at)
     SELECT decode(lpad(to_hex(n), 64, '0'), 'hex'), lpad(n::text, 6, '0'), $1 FROM generate_series(1, 200) AS n`,
    [new Date(clock.now() + 60_000)],
  );
  const start = () => new Person(server.url).call('POST', '/screens/pairings');
  const answer = await start();
  expect(answer).toMatchObject({ status: 503, code: 'pairing_busy' });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  clock.jump(60_000);
  expect((await start()).status).toBe(201);
});

describe('a paired screen', () => {
  test('watches its board and no other, and opens nothing else', async () => {
    const tv = await paired();
    const socket = await tv.socket();
    for (const scope of ['board:default', 'board:canteen', 'board:nowhere'] as const) {
      expect(await socket.subscribe({ scope })).toMatchObject({ ok: false, code: 'scope_unknown' });
    }
    expect(await socket.subscribe({ scope: 'board:lobby' })).toEqual({ ok: true });
    for (const path of [
      '/kpis',
      '/calls',
      '/boards',
      '/boards/lobby',
      '/boards/watch',
      '/screens',
      '/users',
      '/session',
    ]) {
      expect([path, (await tv.call('GET', path)).status]).toEqual([path, 401]);
    }
    expect((await tv.call('DELETE', `/screens/${tv.id}`)).status).toBe(401);
    // Nor as a person would be: without saying that it is a screen.
    await expect(Screen.open(server.url, { headers: { cookie: tv.cookie } })).rejects.toThrow('unauthenticated');
    await expect(
      Screen.open(server.url, { headers: { cookie: tv.cookie, origin: 'https://evil.example' }, as: 'screen' }),
    ).rejects.toThrow('unauthenticated');
  });

  test('in a browser where somebody is signed in is both, each where it is asked for', async () => {
    const tv = await paired();
    const both = new Person(server.url, { cookie: `${tv.cookie}; ${admin.cookie}`, origin: server.url });
    expect((await both.call<OwnScreen>('GET', '/screen')).body.id).toBe(tv.id);
    expect((await both.call('GET', '/session')).status).toBe(200);
    expect((await admin.call('GET', '/screen')).status).toBe(401);
  });

  test('is renamed; moved, it shows the other board by itself, in every process', async () => {
    const tv = await paired();
    const [here, there] = [await tv.show(), await tv.show(other.url ?? '')];
    const renamed = await admin.call<ScreenView>('PATCH', `/screens/${tv.id}`, { name: 'Behind the bar' });
    expect(renamed.body).toMatchObject({ name: 'Behind the bar', boardId: 'lobby' });
    const moved = await admin.call<ScreenView>('PATCH', `/screens/${tv.id}`, { boardId: 'canteen' });
    expect(moved.body).toMatchObject({ name: 'Behind the bar', boardId: 'canteen' });
    for (const wall of [here, there]) {
      await eventually(() => (wall.state.board as { id: string }).id === 'canteen');
      expect(wall.state.board).toMatchObject({ theme: 'festive' });
      const snapshots = wall.frames.filter(({ kind }) => kind === 'snapshot');
      expect([wall.connected, ...snapshots.map(({ scope }) => scope)]).toEqual([true, 'screen', 'screen']);
    }
    const { body: own } = await tv.call<OwnScreen>('GET', '/screen');
    expect(own).toMatchObject({ name: 'Behind the bar', boardId: 'canteen' });
    const nowhere = await admin.call('PATCH', `/screens/${tv.id}`, { boardId: 'nowhere' });
    expect(nowhere).toMatchObject({ status: 400, code: 'board_unknown' });
    expect(await admin.call('DELETE', '/boards/canteen?revision=1')).toMatchObject({ code: 'board_in_use' });
  });

  test('survives a restart of the server, and of itself', async () => {
    const tv = await paired();
    await tv.show();
    const { config, database } = server.server.core;
    const elsewhere = temporaryDirectory();
    const restarted = await startServer(
      { ...config, dataDir: elsewhere.path, port: 0 },
      { database, clock, log: silentLogger },
    );
    try {
      const wall = await tv.show(restarted.url ?? '');
      expect(wall.state.board).toMatchObject({ id: 'lobby' });
      const answer = await new Person(restarted.url ?? '', { cookie: tv.cookie }).call<OwnScreen>('GET', '/screen');
      expect(answer.body.id).toBe(tv.id);
      // Loading its page gives the cookie another long life.
      expect(answer.headers.getSetCookie()[0]).toContain(tv.cookie);
    } finally {
      await restarted.close();
      elsewhere.remove();
    }
  });

  test('revoked: its sockets close at once in every process, and its token is dead', async () => {
    const [tv, stays] = [await paired(), await paired()];
    const [here, there, unrelated] = [await tv.show(), await tv.show(other.url ?? ''), await stays.show()];
    const unsubscribed = await tv.socket();
    expect((await admin.call('DELETE', `/screens/${tv.id}`)).status).toBe(204);
    for (const wall of [here, there, unsubscribed]) {
      await eventually(() => !wall.connected, { what: 'a closed socket' });
      expect(wall.revocations).toEqual(['screen_revoked']);
    }
    expect(unrelated.connected).toBe(true);
    expect((await tv.call('GET', '/screen')).status).toBe(401);
    await expect(tv.socket()).rejects.toThrow('unauthenticated');
    expect(await listed(tv.id)).toBeUndefined();
    expect((await admin.call('DELETE', `/screens/${tv.id}`)).code).toBe('not_found');
    // It shows a code again, and comes back.
    expect((await pair(await tv.start())).status).toBe(201);
    expect((await tv.poll()).body).toMatchObject({ status: 'paired' });
    await tv.show();
  });

  test('a signal that was lost: the minutely look closes it', async () => {
    const tv = await paired();
    const wall = await tv.show();
    await server.db.pool.query('DELETE FROM screen WHERE id = $1', [tv.id]);
    // What another process says when it ends sessions, which makes every gateway look at everybody.
    await server.db.pool.query('SELECT pg_notify($1, $2)', ['tallyboard', 'sessions:somebody-else']);
    await eventually(() => !wall.connected);
    expect(wall.revocations).toEqual(['screen_revoked']);
  });
});

test('only who manages screens: nobody else lists, pairs, moves or revokes one', async () => {
  const tv = await paired();
  const code = await new Tv().start();
  for (const role of ['agent', 'supervisor', 'ops', 'auditor']) {
    const person = await makeUser(server, `${role}-of-screens@example.com`, { role });
    for (const [method, path, body] of [
      ['GET', '/screens', undefined],
      ['POST', '/screens', { code, name: 'x', boardId: 'lobby' }],
      ['PATCH', `/screens/${tv.id}`, { name: 'x' }],
      ['DELETE', `/screens/${tv.id}`, undefined],
    ] as const) {
      expect([role, method, (await person.call(method, path, body)).status]).toEqual([role, method, 403]);
    }
  }
  expect((await listed(tv.id))?.name).toBe('By the door');
});

test('nothing secret is kept: of tokens and secrets only their hashes; the audit log has every step and no name', async () => {
  const tv = await paired();
  const screen = await tv.show();
  await admin.call('PATCH', `/screens/${tv.id}`, { name: 'Canary corner', boardId: 'canteen' });
  await eventually(() => (screen.state.board as { id: string }).id === 'canteen');
  await admin.call('DELETE', `/screens/${tv.id}`);
  const { rows } = await server.db.pool.query(
    `SELECT action, actor_kind, address IS NOT NULL AS "hasAddress", before, after FROM audit_event
     WHERE subject_kind = 'screen' AND subject_id = $1 ORDER BY seq`,
    [String(tv.id)],
  );
  const by = { actor_kind: 'user', hasAddress: true };
  expect(rows).toEqual([
    { ...by, action: 'screen.paired', before: null, after: '{"board":"lobby"}' },
    {
      ...by,
      action: 'screen.changed',
      before: '{"board":"lobby","name":"•"}',
      after: '{"board":"canteen","name":"•"}',
    },
    { ...by, action: 'screen.revoked', before: '{"board":"canteen"}', after: null },
  ]);
  const waiting = new Tv();
  const code = await waiting.start();
  await paired();
  const kept = await server.db.pool.query(
    'SELECT row_to_json(s)::text AS row FROM screen s UNION ALL SELECT row_to_json(p)::text FROM screen_pairing p',
  );
  const text = kept.rows.map(({ row }) => row).join('\n');
  expect(text).toContain(code);
  expect(text).not.toContain(waiting.pairing.secret);
  expect(text).not.toContain(tv.cookie.split('=')[1]);
});

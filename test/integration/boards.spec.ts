/**
 * Proves: boards over the API: made, read, arranged, deleted; two people who change one at the same time; every rule of a
 * layout with an error that names the tile and the field and changes nothing; who may do what; what the audit log says.
 */
import { BoardDefinitionSchema } from '../../src/shared/board-schema.js';
import type { BoardCreate, BoardList, BoardView } from '../../src/shared/boards.js';
import { startTestServer, type TestServer } from '../support/server.js';
import type { Person } from './access-people.js';
import { figure, floorTile, keyHolder, layout, leaders, makeTeam, makeUser } from './boards-world.js';

let server: TestServer;
let key: Person;
beforeAll(async () => {
  server = await startTestServer();
  key = keyHolder(server.url);
});
afterAll(() => server.close());

let made = 0;
const someId = (): string => `board-${++made}-x`;
const make = async (board: Partial<BoardCreate> & { id?: string } = {}): Promise<BoardView> => {
  const { status, body } = await key.call<BoardView>('POST', '/boards', layout(board.id ?? someId(), board));
  expect(status).toBe(201);
  return body;
};
const sent = ({ id: _, updatedAt: __, ...rest }: BoardView) => rest;
const tiles = (...list: unknown[]) => ({ pages: [{ id: 'one', tiles: list }] }) as Partial<BoardCreate>;

describe('the default board', () => {
  it('is there from the start, valid, with what the wall always showed', async () => {
    const { body } = await key.call<BoardView>('GET', '/boards/default');
    const { id, revision, updatedAt, ...definition } = body;
    expect({ id, revision, updatedAt }).toEqual({ id: 'default', revision: 1, updatedAt: expect.any(String) });
    expect(BoardDefinitionSchema.parse(definition)).toEqual(definition);
    const shown = definition.pages.flatMap((page) => page.tiles);
    expect(shown.map((tile) => (tile.kind === 'figure' ? tile.options.kpi : tile.kind))).toEqual([
      'dials',
      'connects',
      'connect_rate',
      'talk_s',
      'effective',
      'sales',
      'leaderboard',
      'floor',
      'hours',
      'ticker',
    ]);
    expect(definition).toMatchObject({ name: '', teams: null, theme: 'dark', names: 'names', rotationSeconds: 0 });
  });

  it('can be arranged but not deleted', async () => {
    const { body } = await key.call<BoardView>('GET', '/boards/default');
    const changed = await key.call<BoardView>('PUT', '/boards/default', { ...sent(body), theme: 'light' });
    expect(changed).toMatchObject({ status: 200, body: { theme: 'light', revision: body.revision + 1 } });
    const answer = await key.call('DELETE', `/boards/default?revision=${changed.body.revision}`);
    expect(answer).toMatchObject({ status: 409, code: 'board_default' });
  });
});

it('made, read, listed, changed and deleted', async () => {
  const team = await makeTeam(server.url, 'Listed');
  const board = await make({ id: 'one-of-them', teams: [team, team], rotationSeconds: 20 });
  expect(board).toMatchObject({ id: 'one-of-them', revision: 1, teams: [team], rotationSeconds: 20 });
  expect((await key.call('GET', '/boards/one-of-them')).body).toEqual(board);
  const listed = (await key.call<BoardList>('GET', '/boards')).body.boards;
  expect(listed[0]?.id).toBe('default');
  expect(listed.find(({ id }) => id === 'one-of-them')).toMatchObject({
    name: 'Board one-of-them',
    pageCount: 1,
    screens: 0,
    tiles: [{ id: 'a', kind: 'figure', x: 0, y: 0, w: 8, h: 5 }, {}, {}, {}],
  });
  const { body } = await key.call<BoardView>('PUT', '/boards/one-of-them', { ...sent(board), names: 'initials' });
  expect(body).toMatchObject({ revision: 2, names: 'initials' });
  // The same again changes nothing.
  expect((await key.call<BoardView>('PUT', '/boards/one-of-them', sent(body))).body.revision).toBe(2);
  expect((await key.call('DELETE', '/boards/one-of-them?revision=2')).status).toBe(204);
  expect((await key.call('GET', '/boards/one-of-them')).code).toBe('not_found');
  expect((await key.call('DELETE', '/boards/one-of-them?revision=2')).code).toBe('not_found');
});

it('without a wish for its address gets one; a taken or reserved one is refused', async () => {
  const { id: _, ...nameless } = layout('unused');
  const { body } = await key.call<BoardView>('POST', '/boards', { ...nameless, name: '早班大屏' });
  expect(body).toMatchObject({ id: expect.stringMatching(/^board-\d{6}$/), name: '早班大屏' });
  const { id } = await make();
  expect(await key.call('POST', '/boards', layout(id))).toMatchObject({
    status: 409,
    code: 'board_exists',
    field: 'id',
  });
  for (const wish of ['watch', 'new']) {
    expect(await key.call('POST', '/boards', layout(wish))).toMatchObject({ code: 'board_invalid', field: 'id' });
  }
});

it('two people change it at the same time: one of them is told, and nothing of theirs is lost silently', async () => {
  const board = await make();
  const both = await Promise.all(
    ['First', 'Second'].map((name) => key.call<BoardView>('PUT', `/boards/${board.id}`, { ...sent(board), name })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(both.find(({ status }) => status === 409)).toMatchObject({ code: 'board_changed' });
  const winner = both.find(({ status }) => status === 200)?.body;
  expect((await key.call('GET', `/boards/${board.id}`)).body).toEqual(winner);
  expect((await key.call('DELETE', `/boards/${board.id}?revision=1`)).code).toBe('board_changed');
});

describe('what a layout may not be', () => {
  const wrong: [string, Partial<BoardCreate> | Record<string, unknown>, string, string][] = [
    [
      'tiles that overlap',
      tiles(figure('a', 'dials'), figure('b', 'dials', { x: 7 })),
      'board_tile_overlap',
      'pages.0.tiles.1',
    ],
    ['a tile beyond the edge', tiles(figure('a', 'dials', { x: 41 })), 'board_tile_outside', 'pages.0.tiles.0'],
    ['a tile below the edge', tiles(figure('a', 'dials', { y: 25 })), 'board_tile_outside', 'pages.0.tiles.0'],
    ['half a cell', tiles(figure('a', 'dials', { x: 0.5 })), 'board_tile_invalid', 'pages.0.tiles.0.x'],
    ['a tile nobody can read', tiles(figure('a', 'dials', { w: 5 })), 'board_tile_invalid', 'pages.0.tiles.0.w'],
    [
      'two tiles of one id',
      tiles(figure('a', 'dials'), figure('a', 'dials', { x: 9 })),
      'board_tile_invalid',
      'pages.0.tiles.1.id',
    ],
    ['a KPI that does not exist', tiles(figure('a', 'calls')), 'board_kpi_unknown', 'pages.0.tiles.0.options.kpi'],
    ['a KPI of a later time', tiles(figure('a', 'attainment')), 'board_kpi_unknown', 'pages.0.tiles.0.options.kpi'],
    [
      'a second column that does not exist',
      tiles({ ...leaders, options: { kpi: 'dials', second: 'nothing', top: 3 } }),
      'board_kpi_unknown',
      'pages.0.tiles.0.options.second',
    ],
    [
      'text instead of an id',
      tiles(figure('a', "x'; DROP TABLE board")),
      'board_tile_invalid',
      'pages.0.tiles.0.options.kpi',
    ],
    ['an unknown kind', tiles({ ...floorTile, kind: 'map' }), 'board_tile_invalid', 'pages.0.tiles.0.kind'],
    [
      'an unknown option',
      tiles({ ...floorTile, options: { onclick: '' } }),
      'board_tile_invalid',
      'pages.0.tiles.0.options',
    ],
    ['an unknown field', { script: 'x' }, 'board_invalid', 'body'],
    [
      'no target but zero',
      tiles(figure('a', 'dials', { options: { kpi: 'dials', usual: true, target: 0 } } as never)),
      'board_tile_invalid',
      'pages.0.tiles.0.options.target',
    ],
    [
      'an endless target',
      tiles(figure('a', 'dials', { options: { kpi: 'dials', usual: true, target: 1e300 } } as never)),
      'board_tile_invalid',
      'pages.0.tiles.0.options.target',
    ],
    [
      'an empty text',
      tiles({ ...floorTile, kind: 'text', options: { text: ' ', size: 'label' } }),
      'board_tile_invalid',
      'pages.0.tiles.0.options.text',
    ],
    ['control characters', tiles({ ...floorTile, title: 'a\u0007' }), 'board_tile_invalid', 'pages.0.tiles.0.title'],
    ['no page', { pages: [] }, 'board_invalid', 'pages'],
    [
      'nine pages',
      { pages: Array.from({ length: 9 }, (_, i) => ({ id: `p${i}`, tiles: [] })) },
      'board_invalid',
      'pages',
    ],
    [
      'two pages of one id',
      {
        pages: [
          { id: 'p', tiles: [] },
          { id: 'p', tiles: [] },
        ],
      },
      'board_invalid',
      'pages.1.id',
    ],
    ['pages that turn too fast', { rotationSeconds: 9 }, 'board_invalid', 'rotationSeconds'],
    ['an unknown theme', { theme: 'neon' }, 'board_invalid', 'theme'],
    ['no teams at all', { teams: [] }, 'board_invalid', 'teams'],
    ['a team that does not exist', { teams: [9_999] }, 'board_team_unknown', 'teams'],
    ['no name', { name: '  ' }, 'board_invalid', 'name'],
    ['a name without end', { name: 'x'.repeat(81) }, 'board_invalid', 'name'],
    ['a wild address', { id: '../x' }, 'board_invalid', 'id'],
  ];

  it.each(wrong)('%s', async (_, more, code, field) => {
    const body = { ...layout(someId()), ...more };
    const answer = await key.call('POST', '/boards', body);
    expect([answer.status, answer.code, answer.field]).toEqual([400, code, field]);
    expect(answer.body).toMatchObject({
      error: { message: { en: expect.any(String), zh: expect.any(String) }, fix: {} },
    });
    if (typeof body.id === 'string' && /^[a-z]/.test(body.id)) {
      expect((await key.call('GET', `/boards/${body.id}`)).status).toBe(404);
    }
  });

  it('the error names the tile', async () => {
    const answer = await key.call(
      'POST',
      '/boards',
      layout(someId(), tiles(figure('left', 'dials'), figure('right', 'dials'))),
    );
    expect(JSON.stringify(answer.body)).toMatch(/Tile \\"right\\" lies over tile \\"left\\"/);
  });

  it.each([null, 7, 'text', [], {}, { pages: 'x' }, { pages: [{ tiles: {} }] }])('%j as a whole', async (body) => {
    const answer = await key.call('POST', '/boards', body);
    expect([answer.status, typeof answer.code]).toEqual([400, 'string']);
  });
});

describe('who may', () => {
  it('a supervisor reads those of their teams and those for everyone, and changes none', async () => {
    const [own, foreign] = [await makeTeam(server.url, 'Own'), await makeTeam(server.url, 'Foreign')];
    const [mine, theirs, everyones] = [
      await make({ teams: [own] }),
      await make({ teams: [foreign] }),
      await make({ teams: [foreign], audience: 'everyone' }),
    ];
    const lead = await makeUser(server, 'lead@example.com', { role: 'supervisor', teams: [own] });
    const listed = (await lead.call<BoardList>('GET', '/boards')).body.boards.map(({ id }) => id);
    expect(listed).toEqual(expect.arrayContaining([mine.id, everyones.id]));
    expect(listed).not.toContain(theirs.id);
    expect(listed).not.toContain('default');
    expect((await lead.call('GET', `/boards/${mine.id}`)).status).toBe(200);
    expect(await lead.call('GET', `/boards/${theirs.id}`)).toMatchObject({ status: 404, code: 'not_found' });
    for (const [method, path] of [
      ['POST', '/boards'],
      ['PUT', `/boards/${mine.id}`],
      ['DELETE', `/boards/${mine.id}?revision=1`],
    ] as const) {
      expect(await lead.call(method, path, method === 'DELETE' ? undefined : sent(mine))).toMatchObject({
        status: 403,
      });
    }
    expect((await key.call('GET', `/boards/${mine.id}`)).body).toEqual(mine);
  });

  it('ops arranges; an auditor reads; an agent only learns names', async () => {
    const board = await make();
    const ops = await makeUser(server, 'ops2@example.com', { role: 'ops' });
    expect((await ops.call('PUT', `/boards/${board.id}`, { ...sent(board), theme: 'festive' })).status).toBe(200);
    const auditor = await makeUser(server, 'auditor@example.com', { role: 'auditor' });
    expect((await auditor.call('GET', `/boards/${board.id}`)).status).toBe(200);
    expect((await auditor.call('POST', '/boards', layout(someId()))).status).toBe(403);
    const agent = await makeUser(server, 'agent@example.com', { role: 'agent' });
    expect((await agent.call('GET', '/boards')).status).toBe(403);
    expect((await agent.call('GET', '/boards/watch')).status).toBe(200);
  });
});

it('the audit log says who changed which fields, never what somebody wrote', async () => {
  const board = await make({ name: 'Audited canary' });
  await key.call('PUT', `/boards/${board.id}`, { ...sent(board), name: 'Renamed canary', theme: 'light' });
  await key.call('DELETE', `/boards/${board.id}?revision=2`);
  const { rows } = await server.db.pool.query<{ action: string; actor_kind: string; before: string; after: string }>(
    `SELECT action, actor_kind, before, after FROM audit_event WHERE subject_kind = 'board' AND subject_id = $1 ORDER BY seq`,
    [board.id],
  );
  expect(rows.map(({ action }) => action)).toEqual(['board.created', 'board.changed', 'board.deleted']);
  expect(rows.map(({ actor_kind }) => actor_kind)).toEqual(['key', 'key', 'key']);
  expect(JSON.parse(rows[1]?.before ?? '')).toEqual({ revision: 1, name: '•', theme: 'dark' });
  expect(JSON.parse(rows[1]?.after ?? '')).toEqual({ revision: 2, name: '•', theme: 'light' });
  expect(JSON.stringify(rows)).not.toContain('canary');
});

/**
 * Proves who may watch which board live: one real connection for every cell of the socket table in docs/access.md, which
 * was written by hand. A socket event the server listens to and the table does not know fails.
 */
import { Socket } from 'socket.io';
import type { LiveScope } from '../../src/shared/live.js';
import { eventually } from '../support/index.js';
import { Screen } from './live-client.js';
import { BOARD } from './matrix-requests.js';
import { type MatrixRow, readMatrix } from './matrix-table.js';
import { ASKERS, type Asker, type Credentials, World } from './matrix-world.js';

/** Socket.IO's own. */
const RESERVED = ['disconnect', 'disconnecting', 'error'];

const rows = readMatrix('Event');
const listenedTo = new Set<string>();
let world: World;
beforeAll(async () => {
  const { on } = Socket.prototype;
  Socket.prototype.on = function (this: Socket, ...args: Parameters<Socket['on']>) {
    listenedTo.add(String(args[0]));
    return on.apply(this, args);
  } as Socket['on'];
  world = await World.build();
});
afterAll(() => world?.server.close());

it.each(rows.map((row) => [row.asked, row.of, row] as const))('%s (%s)', async (_asked, _of, row) => {
  const found: Partial<Record<Asker, string>> = {};
  for (const viewer of ASKERS) {
    const scope = await scopeOf(row, viewer);
    const answers = new Set<string>();
    for (const credentials of await world.credentials(viewer, row.needs)) {
      answers.add(await answerTo(row, scope, viewer, credentials));
    }
    found[viewer] = [...answers].join(' and ');
  }
  expect(found).toEqual(row.expected);
});

it('asking for a board of others is noted in the audit log, asking for one that does not exist is not', async () => {
  const noted = async () => {
    const { text } = await world.send('GET', '/api/v1/audit?action=access.refused&limit=200', {
      ...(await world.session(world.users.auditor)).headers,
    });
    return text;
  };
  const double = await world.double('agent');
  const screen = await Screen.open(world.server.url, { headers: double?.credentials.headers ?? {} });
  await screen.subscribe({ scope: 'board:no-such-board' });
  await screen.subscribe({ scope: 'board:default' });
  screen.close();
  await eventually(async () => (await noted()).includes(`"id":${double?.id}`), { what: 'the note' });
  const text = await noted();
  expect(text).toContain('"kind":"board"');
  expect(text).not.toContain('no-such-board');
});

it('every event the server listens to is in the table', () => {
  const inTable = new Set(rows.map(({ asked }) => asked.split(' ')[0]));
  expect([...listenedTo].filter((name) => !RESERVED.includes(name)).sort()).toEqual([...inTable].sort());
});

async function scopeOf({ asked, of }: MatrixRow, viewer: Asker): Promise<LiveScope> {
  const board = async (definition: object): Promise<LiveScope> => {
    const { id } = await world.make<{ id: string }>('POST', '/api/v1/boards', { ...BOARD, ...definition });
    return `board:${id}`;
  };
  switch (asked) {
    case 'subscribe screen':
      return 'screen';
    case 'subscribe floor':
      return 'floor';
    case 'subscribe floor of a campaign':
      return of === 'none' ? 'floor:999999' : 'floor:1';
    case 'subscribe me':
      return 'me';
    case 'subscribe board of a team':
      return of === 'none' ? 'board:no-such-board' : board({ teams: [world.teams[world.person(viewer, of)]] });
    case 'subscribe board for everyone':
      return board({ teams: null, audience: 'everyone' });
    default:
      return 'board:default';
  }
}

/** `yes`: frames of the board came; `no`: refused, and none did; `shut`: there was no connection. */
async function answerTo(
  { asked }: MatrixRow,
  scope: LiveScope,
  viewer: Asker,
  { headers }: Credentials,
): Promise<string> {
  // Of the three that are revoked the TV comes as one.
  const isTv = viewer === 'screen' || headers.cookie?.includes('screen') === true;
  let screen: Screen;
  try {
    screen = await Screen.open(world.server.url, { headers, ...(isTv ? { as: 'screen' } : {}) });
  } catch (error) {
    return error instanceof Error && error.message === 'unauthenticated' ? 'shut' : String(error);
  }
  try {
    const reply = await screen.subscribe({ scope });
    if (reply.ok) await eventually(() => screen.frames.length > 0, { what: 'a first frame' });
    const before = screen.frames.length;
    if (asked === 'resync') {
      screen.resync();
      if (reply.ok) await eventually(() => screen.frames.length > before, { what: 'another snapshot' });
    }
    // Answered in order: whatever was sent because of the above has come before this.
    await screen.subscribe({ scope: 'board:no-such-board' });
    if (!reply.ok && screen.frames.length > 0) return 'refused, and yet sent frames';
    return reply.ok ? 'yes' : 'no';
  } finally {
    screen.close();
  }
}

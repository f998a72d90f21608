/**
 * Proves who may do what: one real request to a real server for every cell of the tables in docs/access.md, which were
 * written by hand and know nothing of the policy. A route or socket event that is in no table fails, and so does a row
 * that no route answers.
 */
import { DeclaredRoutes } from '../../src/access/index.js';
import { appModule } from '../../src/app.module.js';
import { createHttpApp, silentLogger } from '../../src/platform/index.js';
import type { RequestPlan } from './matrix-plan.js';
import { REQUESTS } from './matrix-requests.js';
import { type MatrixRow, readMatrix } from './matrix-table.js';
import { ASKERS, type Asker, PEOPLE, type Person, World } from './matrix-world.js';

/** Routes that other parts of the server answer, beside the guard. */
const BESIDE = [
  'GET /health/live',
  'GET /health/ready',
  'GET /api/docs',
  'POST /webhooks/twilio/voice',
  'POST /webhooks/twilio/amd',
  'POST /webhooks/twilio/recording',
  'POST /webhooks/twilio/taskrouter',
];
/** What a cell says when the answer is 200 and holds only some people. */
const SEEN: Record<string, Person[]> = { self: ['ann'], teams: ['ann', 'bo'], all: ['ann', 'bo', 'cy'], empty: [] };

const rows = readMatrix('Route');
let world: World;
beforeAll(async () => {
  world = await World.build();
  await world.saidOfCalls();
});
afterAll(() => world?.server.close());

const routeOf = ({ asked }: MatrixRow): string => asked.split('?')[0] ?? '';

it('every route of the server is in the table, and every row is one', async () => {
  // The same application once more, only to be asked for its routes.
  const { core } = world.server.server;
  const app = await createHttpApp(appModule(core), core.config, { log: silentLogger, webDirectory: '/nonexistent' });
  await app.init();
  const declared = app
    .get(DeclaredRoutes, { strict: false })
    .list()
    .flatMap(({ method, paths }) => paths.map((path) => `${method} ${path}`));
  await app.close();
  const inTable = [...new Set(rows.map(routeOf))].sort();
  expect(inTable).toEqual([...new Set([...declared, ...BESIDE])].sort());
});

it('every plan of a request is for a row', () => {
  const asked = new Set(rows.map((row) => row.asked));
  expect(Object.keys(REQUESTS).filter((name) => !asked.has(name))).toEqual([]);
});

it.each(rows.map((row) => [row.asked, row.of, row] as const))('%s (%s)', async (_asked, _of, row) => {
  const found: Partial<Record<Asker, string>> = {};
  const kept: Kept = new Map();
  for (const viewer of ASKERS) found[viewer] = await answerTo(row, viewer, kept);
  expect(found).toEqual(row.expected);
});

/** What was made for a request that was refused is there for the next one. */
type Kept = Map<Person, { ids: Record<string, string | number>; body: unknown }>;

/** What the cell should say. Several requests where a viewer stands for several credentials: they must agree. */
async function answerTo(row: MatrixRow, viewer: Asker, kept: Kept): Promise<string> {
  const plan = REQUESTS[row.asked] ?? {};
  const double = plan.asDouble ? await world.double(viewer) : null;
  const credentials = double === null ? await world.credentials(viewer, row.needs) : [double.credentials];
  const who = world.person(viewer, row.of);
  const answers = new Set<string>();
  for (const { headers } of credentials) {
    world.clock.step(2_000);
    const asked = { world, viewer, of: row.of, who, userId: double?.id ?? 0 };
    const made = kept.get(who) ?? { ids: (await plan.ids?.(asked)) ?? {}, body: await plan.body?.(asked) };
    const [method = '', pattern = ''] = row.asked.split(' ');
    const path = pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(made.ids[name] ?? `:${name}`));
    const { status, text } = await world.send(method, path, headers, made.body, plan.type);
    if (plan.asDouble === undefined && (status === 401 || status === 403)) kept.set(who, made);
    else kept.delete(who);
    answers.add(answerAs(row.expected[viewer], status, text, plan));
  }
  return [...answers].join(' and ');
}

/** In the words of the cell where they hold, else what came instead. */
function answerAs(expected: string, status: number, text: string, plan: RequestPlan): string {
  const people = SEEN[expected];
  if (people === undefined) return String(status) === expected ? expected : said(status, text);
  if (status !== 200) return said(status, text);
  const seen = (plan.sees ?? byName)(text);
  return seen.join() === people.join() ? expected : `sees ${seen.join(', ') || 'nobody'}`;
}

function byName(text: string): Person[] {
  return (Object.keys(PEOPLE) as Person[]).filter((person) => text.includes(PEOPLE[person].name));
}

function said(status: number, text: string): string {
  const code = /"code":"(\w+)"/.exec(text)?.[1];
  return `${status} ${code ?? text.slice(0, 80)}`;
}

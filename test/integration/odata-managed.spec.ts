/** Proves: where the database user may not make roles the migration goes on, and what docs/bi.md says to run makes it good. */
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { openDatabase } from '../../src/platform/index.js';
import { temporaryDirectory } from '../support/index.js';
import { type OwnPostgres, ownPostgres } from '../support/postgres.js';

const directory = temporaryDirectory();
let server: OwnPostgres;
beforeAll(async () => {
  server = await ownPostgres(directory.path);
});
afterAll(async () => {
  await server?.close();
  directory.remove();
});

async function as<T>(user: string, database: string, work: (client: Client) => Promise<T>): Promise<T> {
  const url = new URL(server.url);
  url.pathname = `/${database}`;
  if (user !== '') {
    url.username = user;
    url.password = user;
  }
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

it('migrates without the role, which somebody else makes later', async () => {
  await as('', 'postgres', async (client) => {
    await client.query(`CREATE ROLE app LOGIN PASSWORD 'app' NOCREATEROLE`);
    await client.query('CREATE DATABASE managed OWNER app');
  });
  const url = new URL(server.url);
  Object.assign(url, { username: 'app', password: 'app', pathname: '/managed' });
  const database = await openDatabase({ databaseUrl: url.href, dataDir: directory.path, databasePoolMax: 2 });
  try {
    await database.migrate();
    expect(await database.isMigrated()).toBe(true);
  } finally {
    await database.close();
  }
  const roles = `SELECT count(*)::int AS n FROM pg_roles WHERE rolname = 'tallyboard_reporting'`;
  await as('', 'managed', async (client) => {
    expect((await client.query(roles)).rows).toEqual([{ n: 0 }]);
    const blocks = [...readFileSync('docs/bi.md', 'utf8').matchAll(/```sql\n(.*?)```/gs)].map(([, sql = '']) => sql);
    const makesRole = blocks.find((sql) => sql.startsWith('CREATE ROLE tallyboard_reporting'));
    const makesLogin = blocks.find((sql) => sql.startsWith('CREATE ROLE tableau'));
    await client.query(makesRole ?? '');
    await client.query((makesLogin ?? '').replace('a long password', 'tableau'));
  });
  await as('tableau', 'managed', async (client) => {
    expect((await client.query('SELECT team_id FROM reporting.team ORDER BY 1')).rows).toEqual([
      { team_id: 0 },
      { team_id: 1 },
    ]);
    await expect(client.query('SELECT 1 FROM team')).rejects.toMatchObject({ code: '42501' });
    await expect(client.query('CREATE TEMP TABLE mine (id int)')).rejects.toMatchObject({ code: '25006' });
  });
});

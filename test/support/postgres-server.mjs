/**
 * One embedded PostgreSQL for a whole test run, and in it a migrated database that every test file clones.
 * It runs without fsync: what durability rests on is tested on servers of their own.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const built = join(root, 'dist/server/platform/index.js');
const PREFIX = 'tallyboard-test-';
export const TEMPLATE = 'tallyboard_template';

export async function setup() {
  if (!existsSync(built)) {
    execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), '--server'], { stdio: 'inherit', cwd: root });
  }
  const { EmbeddedPostgres, ensureDatabase, migrateQueue, openDatabase } = await import(built);
  await sweep(EmbeddedPostgres);
  const dataDir = mkdtempSync(join(tmpdir(), PREFIX));
  const server = await EmbeddedPostgres.open({
    dataDir,
    settings: { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '200' },
  });
  globalThis.__testPostgres = { server, dataDir };
  try {
    await ensureDatabase(server.url('postgres'), TEMPLATE);
    const template = await openDatabase({ databaseUrl: server.url(TEMPLATE), dataDir, databasePoolMax: 4 });
    try {
      await template.migrate();
      await migrateQueue(template.pool);
    } finally {
      await template.close();
    }
  } catch (error) {
    // Jest tears nothing down after a failed set-up.
    await teardown();
    throw error;
  }
  process.env.TEST_POSTGRES_URL = server.url('postgres');
}

export async function teardown() {
  const running = globalThis.__testPostgres;
  if (running === undefined) return;
  await running.server.close();
  rmSync(running.dataDir, { recursive: true, force: true });
}

/** Servers of runs that were killed would stay for ever: whoever comes next ends those that nobody uses any more. */
async function sweep(EmbeddedPostgres) {
  const abandoned = readdirSync(tmpdir())
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => join(tmpdir(), name))
    .filter((dataDir) => existsSync(join(dataDir, 'postgres.users')) && users(dataDir).every((pid) => !isAlive(pid)));
  for (const dataDir of abandoned) {
    if (existsSync(join(dataDir, 'postgres/postmaster.pid'))) await (await EmbeddedPostgres.open({ dataDir })).close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function users(dataDir) {
  return readdirSync(join(dataDir, 'postgres.users')).map((name) => Number.parseInt(name, 10));
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

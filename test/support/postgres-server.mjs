/**
 * One embedded PostgreSQL for a whole test run, and in it a migrated database that every test file clones.
 * It runs without fsync: what durability rests on is tested on servers of their own.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const built = join(root, 'dist/server/platform/index.js');
export const TEMPLATE = 'tallyboard_template';

export async function setup() {
  if (!existsSync(built)) {
    execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), '--server'], { stdio: 'inherit', cwd: root });
  }
  const { EmbeddedPostgres, ensureDatabase, openDatabase } = await import(built);
  const dataDir = mkdtempSync(join(tmpdir(), 'tallyboard-test-'));
  const server = await EmbeddedPostgres.open({
    dataDir,
    settings: { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '200' },
  });
  globalThis.__testPostgres = { server, dataDir };
  try {
    await ensureDatabase(server.url('postgres'), TEMPLATE);
    const template = await openDatabase({ databaseUrl: server.url(TEMPLATE), dataDir, databasePoolMax: 4 });
    await template.migrate().finally(() => template.close());
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

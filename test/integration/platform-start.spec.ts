/**
 * Proves, with the real command line in processes of its own: the first start prints what is needed, Ctrl-C leaves
 * nothing running, `kill -9` recovers, a database that dies comes back, two starts never share a directory, commands
 * beside a running server leave its database alone.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processIdentity } from '../../src/platform/database/process-identity.js';
import { eventually, type Product, startProduct, temporaryDirectory } from '../support/index.js';

const directory = temporaryDirectory();
const dataDir = join(directory.path, 'data');
const settings = { DATA_DIR: dataDir, TWILIO_AUTH_TOKEN: 'c0ffee00c0ffee00c0ffee00c0ffee00' };
const started: Product[] = [];

function start(args: string[] = ['start'], extra: Record<string, string> = {}): Product {
  const product = startProduct(args, { ...settings, ...extra });
  started.push(product);
  return product;
}

afterEach(async () => {
  for (const product of started.splice(0)) {
    if (product.process.exitCode === null && product.process.signalCode === null) await product.stop('SIGTERM');
  }
  // Where the last one was killed in the test, its database is stopped by the next user that leaves.
  if (postmaster() !== null) expect(await startProduct(['migrate'], settings).ended()).toBe(0);
  expect(postmaster()).toBeNull();
});
afterAll(() => directory.remove());

/** Process id of the living database server, or null. */
function postmaster(): number | null {
  const file = join(dataDir, 'postgres/postmaster.pid');
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  return processIdentity(pid) === null ? null : pid;
}

const ready = async (address: string) => (await fetch(`${address}/health/ready`)).status === 200;

test('the first start prints address, password and webhook URL; Ctrl-C ends it and its database; files are private', async () => {
  const first = start();
  const address = await first.address();
  expect(await ready(address)).toBe(true);
  expect(first.output()).toMatch(/Password\s+([a-z2-9]{5}-){3}[a-z2-9]{5}/);
  expect(first.output()).toContain(`${address}/webhooks/twilio/voice#rc=5&rp=all`);
  expect(first.output()).not.toContain(settings.TWILIO_AUTH_TOKEN);
  expect(postmaster()).not.toBeNull();
  expect(await first.stop('SIGINT')).toBe(0);
  expect(postmaster()).toBeNull();
  for (const file of ['master.key', 'postgres.password', 'postgres.log', 'tallyboard.json']) {
    expect([file, statSync(join(dataDir, file)).mode & 0o077]).toEqual([file, 0]);
  }
  const second = start();
  await second.address();
  expect(second.output()).not.toMatch(/Password/);
});

test('after kill -9 the next start adopts the orphaned database and ends it in the end', async () => {
  const killed = start();
  await killed.address();
  const orphan = postmaster();
  await killed.stop('SIGKILL');
  expect(postmaster()).toBe(orphan);
  const next = start();
  expect(await ready(await next.address())).toBe(true);
  expect(postmaster()).toBe(orphan);
  expect(await next.stop('SIGTERM')).toBe(0);
  expect(postmaster()).toBeNull();
});

test('after kill -9 of both, server and database recover', async () => {
  const killed = start();
  await killed.address();
  const database = postmaster() ?? 0;
  await killed.stop('SIGKILL');
  process.kill(database, 'SIGKILL');
  const next = start();
  expect(await ready(await next.address())).toBe(true);
  expect(postmaster()).not.toBe(database);
});

test('a database killed under a running server is started again on the same port', async () => {
  const server = start();
  const address = await server.address();
  const before = postmaster() ?? 0;
  process.kill(before, 'SIGKILL');
  await eventually(() => postmaster() !== null && postmaster() !== before, { what: 'a new database server' });
  await eventually(() => ready(address), { what: 'readiness' });
});

test('a second start on the directory is refused by name, and so is a demo', async () => {
  const first = start();
  await first.address();
  const second = start();
  expect(await second.ended()).toBe(1);
  expect(second.output()).toMatch(
    new RegExp(`process ${first.process.pid}\\) is already running on the data directory`),
  );
  const demo = start(['start', '--demo']);
  expect(await demo.ended()).toBe(1);
  expect(demo.output()).toContain('was made by a normal run, and this is a demo run');
  expect(await ready(await first.address())).toBe(true);
});

test('a command beside a running server uses its database and leaves it running', async () => {
  const server = start();
  const address = await server.address();
  const database = postmaster();
  const command = start(['migrate']);
  expect(await command.ended()).toBe(0);
  expect(command.output()).toContain('The schema is up to date.');
  expect(postmaster()).toBe(database);
  expect(await ready(address)).toBe(true);
});

test('a lost or foreign master key stops the start and says what to do', async () => {
  const file = join(dataDir, 'master.key');
  const key = readFileSync(file, 'utf8');
  try {
    writeFileSync(file, 'ab'.repeat(32));
    const foreign = start();
    expect(await foreign.ended()).toBe(1);
    expect(foreign.output()).toMatch(/but the database was encrypted with key \d+/);
    execFileSync('rm', [file]);
    const lost = start();
    expect(await lost.ended()).toBe(1);
    expect(lost.output()).toMatch(/Restore that file from your backup/);
    expect(existsSync(file)).toBe(false);
  } finally {
    writeFileSync(file, key, { mode: 0o600 });
  }
});

test('wrong settings are all named, and nothing is started', async () => {
  const wrong = start(['start'], { PORT: 'http', ORG_COUNTRY: 'China' });
  expect(await wrong.ended()).toBe(1);
  expect(wrong.output()).toMatch(/PORT: "http"[\s\S]*ORG_COUNTRY: "China"/);
});

test('help of the program and of every command is there', async () => {
  const help = start(['--help']);
  expect(await help.ended()).toBe(0);
  const commands = [...help.output().matchAll(/^ {2}(\w+) /gm)].map((match) => match[1] ?? '');
  expect(commands).toEqual(expect.arrayContaining(['start', 'migrate', 'simulate', 'verify', 'rebuild', 'replay']));
  for (const command of commands.filter((name) => name !== 'help')) {
    const one = start([command, '--help']);
    expect([command, await one.ended()]).toEqual([command, 0]);
    expect(one.output()).toContain(`Usage: tallyboard ${command}`);
  }
});

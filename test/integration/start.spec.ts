/**
 * Proves, with the launcher as people run it and a data directory that was never used: the first start says everything
 * one needs and its password signs in; a second start finds what was there; SIGINT and SIGTERM leave no process behind;
 * after SIGKILL the next start goes on without loss; a wrong setting or a taken place stops the start and says which.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CallPage, SessionView } from '../../src/shared/api.js';
import { endPostgres, postmasterPid, startProcess, tallyboard } from '../support/children.js';
import { eventually, temporaryDirectory } from '../support/index.js';
import { apiOf, childEnvironment } from '../support/server.js';
import { callback, postSigned, sid, TOKEN } from '../support/twilio.js';

const VOICE = '/webhooks/twilio/voice';
const directory = temporaryDirectory('own');
const dataDir = join(directory.path, 'data');
const environment = childEnvironment(dataDir);

afterAll(async () => {
  await endPostgres(dataDir);
  directory.remove();
});

/** Command lines of processes that have to do with a data directory. */
function processesOf(folder: string): string[] {
  const pid = postmasterPid(folder);
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(folder) || (pid !== null && line.trim().split(/\s+/)[1] === String(pid)));
}

async function signIn(url: string, password: string): Promise<Response> {
  return fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tallyboard': '1', origin: url },
    body: JSON.stringify({ email: 'ops@example.com', password }),
  });
}

async function post(url: string, leg: string): Promise<void> {
  const form = callback({
    leg,
    status: 'initiated',
    at: Date.now(),
    direction: 'inbound',
    from: 'client:ann',
    to: '+8613800001111',
  });
  expect(await postSigned(url, VOICE, form)).toMatchObject({ status: 204 });
}

async function callsOf(url: string): Promise<string[]> {
  return (await apiOf(url).get<CallPage>('/api/v1/calls')).calls.map(({ id }) => id).sort();
}

describe('a data directory from its first start on', () => {
  it('the first start prints address, webhook and a password that signs in; SIGINT ends everything', async () => {
    const { ADMIN_PASSWORD: _generated, ...first } = environment;
    const server = await startProcess(first);
    await eventually(() => server.output().includes('Ctrl-C stops everything'), { what: 'the whole greeting' });
    expect(server.output()).toContain(`${server.url}/wall/default`);
    expect(server.output()).toContain(`${server.url}${VOICE}`);
    const password = /Password\s+(\S.*?)\s{2,}/.exec(server.output())?.[1] ?? '';
    expect(password.length).toBeGreaterThanOrEqual(12);

    for (const path of ['/health/live', '/health/ready']) expect((await fetch(server.url + path)).status).toBe(200);
    expect((await signIn(server.url, `${password}x`)).status).toBe(401);
    const answer = await signIn(server.url, password);
    expect(answer.ok).toBe(true);
    const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
    const session = await fetch(`${server.url}/api/v1/session`, { headers: { cookie: cookie.join('; ') } });
    expect(((await session.json()) as SessionView).user.email).toBe('ops@example.com');
    expect((await fetch(`${server.url}/api/v1/calls`)).status).toBe(401);

    for (const file of ['master.key', 'postgres.password']) {
      expect([file, statSync(join(dataDir, file)).mode & 0o077]).toEqual([file, 0]);
    }
    await post(server.url, 'first');
    await eventually(async () => (await callsOf(server.url)).length === 1, { what: 'the call' });
    expect(processesOf(dataDir).length).toBeGreaterThan(1);
    expect(await server.stop('SIGINT')).toEqual({ code: 0, signal: null });
    expect(processesOf(dataDir)).toEqual([]);
  });

  it('the second start takes seconds, prints no password and has what was there; SIGTERM ends everything', async () => {
    const began = performance.now();
    const server = await startProcess(environment);
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(server.output()).not.toMatch(/Password/);
    expect(server.output()).not.toMatch(/Building|Installing/);
    expect(await callsOf(server.url)).toEqual([sid('first')]);
    expect(await server.stop('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(processesOf(dataDir)).toEqual([]);
  });

  it('SIGKILL, and the next start recovers; verify beside it is clean, and leaves it running', async () => {
    const killed = await startProcess(environment);
    await Promise.all(Array.from({ length: 30 }, (_, i) => post(killed.url, `kill ${i}`)));
    expect(await killed.stop('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
    const server = await startProcess(environment);
    await eventually(async () => (await callsOf(server.url)).length === 31, { what: 'all calls' });
    const verified = await tallyboard(['verify', '--json'], environment);
    expect(JSON.parse(verified.stdout)).toMatchObject({ clean: true, counts: { events: 31, pending: 0 } });
    expect(verified.code).toBe(0);
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
    expect(await server.stop('SIGINT')).toEqual({ code: 0, signal: null });
    expect(processesOf(dataDir)).toEqual([]);
  });

  it('both killed, the database as well: the next start recovers', async () => {
    const killed = await startProcess(environment);
    await post(killed.url, 'power cut');
    await killed.stop('SIGKILL');
    await endPostgres(dataDir);
    const server = await startProcess(environment);
    await eventually(async () => (await callsOf(server.url)).includes(sid('power cut')), { what: 'the call' });
    await server.stop('SIGINT');
    const verified = await tallyboard(['verify', '--json'], environment);
    expect(JSON.parse(verified.stdout)).toMatchObject({ clean: true });
    // A command on its own started the database, and ends it.
    expect(processesOf(dataDir)).toEqual([]);
  });

  it('a second server on the same directory is told so, and the first one lives on', async () => {
    const server = await startProcess(environment);
    const second = await tallyboard(['start'], environment);
    expect(second).toMatchObject({ code: 1 });
    expect(second.stderr).toContain(String(server.pid));
    expect(second.stderr).toContain(dataDir);
    const ready = await fetch(`${server.url}/health/ready`);
    expect(ready.status).toBe(200);
    const port = new URL(server.url).port;
    const elsewhere = await tallyboard(['start'], { ...environment, DATA_DIR: `${directory.path}/other`, PORT: port });
    expect(elsewhere).toMatchObject({ code: 1 });
    expect(elsewhere.stderr).toContain(port);
    expect(processesOf(`${directory.path}/other`)).toEqual([]);
    expect(await server.stop('SIGINT')).toEqual({ code: 0, signal: null });
  });

  it('SIGINT in the middle of a first start leaves nothing running, and the next one works', async () => {
    const folder = join(directory.path, 'interrupted');
    const given = { ...environment, DATA_DIR: folder };
    const starting = startProcess(given).catch((error: unknown) => error as Error);
    await eventually(() => existsSync(join(folder, 'postgres.password')), { withinMs: 30_000, what: 'the beginning' });
    const pid = Number(readFileSync(join(folder, 'tallyboard.lock'), 'utf8').split(' ')[0]);
    process.kill(pid, 'SIGINT');
    const outcome = await starting;
    if (!(outcome instanceof Error)) await outcome.exited;
    await eventually(() => processesOf(folder).length === 0, { withinMs: 30_000, what: 'the end of everything' });
    const server = await startProcess(given);
    expect(await server.stop('SIGINT')).toEqual({ code: 0, signal: null });
  });
});

describe('a wrong setting stops the start and says which', () => {
  const elsewhere = join(directory.path, 'never');

  it('all of them at once, values of secrets left out', async () => {
    const wrong = {
      DATA_DIR: elsewhere,
      PORT: 'abc',
      ORG_TIME_ZONE: 'Mars/Olympus',
      ADMIN_PASSWORD: 'hunter2hunt',
      API_KEY: 'short-key',
      PUBLIC_URL: 'calls.example.com',
      TRUSTED_PROXIES: '10.0.0.0/33',
      TWILIO_AUTH_TOKEN: `${TOKEN},tiny`,
    };
    const { code, stderr } = await tallyboard(['start'], wrong);
    expect(code).toBe(1);
    for (const [name, value] of Object.entries(wrong).slice(1)) {
      expect(stderr).toContain(name);
      const secret = ['ADMIN_PASSWORD', 'API_KEY', 'TWILIO_AUTH_TOKEN'].includes(name);
      expect([name, stderr.includes(value)]).toEqual([name, !secret]);
    }
    expect(existsSync(elsewhere)).toBe(false);
  });

  it('a database that refuses, at once', async () => {
    const DATABASE_URL = `${process.env.TEST_POSTGRES_URL}_that_is_not_there`;
    const { code, stderr } = await tallyboard(['start'], { ...environment, DATA_DIR: elsewhere, DATABASE_URL });
    expect(code).toBe(1);
    expect(stderr).toContain('that_is_not_there');
    expect(stderr).not.toContain(new URL(DATABASE_URL).password);
  });

  it('a directory that is not one of ours for --demo', async () => {
    const { code, stderr } = await tallyboard(['start', '--demo'], { DATA_DIR: dataDir });
    expect(code).toBe(1);
    expect(stderr).toContain(dataDir);
  });
});

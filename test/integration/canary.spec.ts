/**
 * Proves: the phone number of a customer, that of an agent and a caller's name, sent through every
 * way in, are nowhere afterwards but sealed: in no log line at debug level, no answer (errors, lists, health, exports), no
 * audit entry, no socket frame, no notification between processes, no file below the data directory, and no column of any
 * table, bytes read as text too. The name of an agent is where agents are named, and in none of the others.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { hashPassword } from '../../src/access/passwords.js';
import { startServer } from '../../src/main.js';
import { createLogger } from '../../src/platform/index.js';
import type { CustomerFound, RevealedNumber } from '../../src/shared/privacy.js';
import { createTestDatabase, eventually, testConfig } from '../support/index.js';
import { ADMIN, API_KEY, folded } from '../support/server.js';
import { callback, encoded, type Form, postRaw, postSigned, sid, TOKEN } from '../support/twilio.js';
import { Person } from './access-people.js';
import { Screen } from './live-client.js';
import { placesOf } from './plaintext.js';

const NUMBER = '+8613987654321';
const AGENT_PHONE = '+8613976543210';
const CALLER_NAME = 'Kestrel Quillfeather';
const AGENT_NAME = 'Wrenna Marchbanks';
/** What to look for, in any spelling: digits without the country's code, and the names. */
const SECRETS = ['13987654321', '3987654321', '13976543210', '13976543219', 'Quillfeather'];
const VOICE = '/webhooks/twilio/voice';
const NOW = Date.now();
const KEY = { authorization: `Bearer ${API_KEY}` };

function spelled(text: string): string {
  return text.replace(/[\s()\-.]/g, '');
}
function leaksIn(text: string): string[] {
  const plain = spelled(text);
  const decoded = [plain, spelled(safelyDecoded(text)), Buffer.from(plain, 'base64').toString('latin1')];
  return SECRETS.filter((secret) => decoded.some((form) => form.includes(secret)));
}
function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((file) => statSync(file).isFile());
}

const form = (leg: string, status: string, extra: Form = []): [string, string][] => [
  ...callback({ leg, status, at: NOW, from: NUMBER, to: '+862100000001', direction: 'inbound', extra }),
  ['CallerName', CALLER_NAME],
  ['Caller', NUMBER],
];

const closers: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

test('a canary number and name are nowhere but sealed', async () => {
  const db = await createTestDatabase();
  closers.push(() => db.close());
  const lines: string[] = [];
  const log = createLogger({ level: 'debug', destination: { write: (line: string) => void lines.push(line) } });
  const config = testConfig({
    dataDir: db.dataDir,
    masterKeyFile: `${db.dataDir}/master.key`,
    apiKey: API_KEY,
    adminEmail: ADMIN.email,
    adminPassword: ADMIN.password,
    twilioAuthTokens: [TOKEN],
  });
  const server = await startServer(config, { database: db, log });
  closers.push(() => server.close());
  const url = server.url ?? '';
  const notices: string[] = [];
  const listener = new Client({ connectionString: db.url });
  listener.on('error', () => {});
  await listener.connect();
  closers.push(() => listener.end());
  await listener.query('LISTEN tallyboard');
  listener.on('notification', ({ payload }) => notices.push(payload ?? ''));
  const answers: string[] = [];
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const response = await fetch(url + path, { ...init, headers: { ...KEY, ...init.headers } });
    answers.push(`${await response.clone().text()} ${JSON.stringify([...response.headers])}`);
    return response;
  };
  const json = (body: unknown): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const screen = await Screen.open(url, { headers: KEY });
  closers.push(() => screen.close());
  await screen.subscribe({ scope: 'board:default' });

  // ── in through webhooks: good, wrong, unsigned, forged, unreadable ──
  for (const status of ['ringing', 'in-progress', 'completed']) {
    expect(await postSigned(url, VOICE, form('good', status))).toMatchObject({ status: 204 });
  }
  expect(await postSigned(url, VOICE, form('parked', 'what'))).toMatchObject({ status: 204 });
  const future = callback({ leg: 'future', status: 'ringing', at: NOW + 3 * 86_400_000, from: NUMBER });
  expect(await postSigned(url, VOICE, future)).toMatchObject({ status: 204 });
  expect(await postSigned(url, VOICE, form('twice', 'ringing', [['From', '+8613999999999']]))).toMatchObject({
    status: 204,
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  expect(await postRaw(url, VOICE, encoded(form('unsigned', 'ringing')), headers)).toMatchObject({ status: 403 });
  expect(await postSigned(url, VOICE, form('forged', 'ringing'), { token: 'x'.repeat(32) })).toMatchObject({
    status: 403,
  });
  await postRaw(url, VOICE, `%E0%A4%A=${NUMBER}`, headers);
  await postRaw(url, VOICE, JSON.stringify({ From: NUMBER }), { 'content-type': 'application/json' });
  await postRaw(url, `${VOICE}/${NUMBER}?From=${NUMBER}`, encoded(form('path', 'ringing')), headers);
  await folded(db);

  // ── through the spool ──
  const raw = { provider: 'twilio', kind: 'voice', target: VOICE, receivedAt: NOW };
  await server.core.spool.append([{ ...raw, body: Buffer.from(encoded(form('spooled', 'ringing'))) }]);
  for (const file of filesBelow(db.dataDir)) expect([file, leaksIn(readFileSync(file, 'latin1'))]).toEqual([file, []]);
  await server.core.spool.drain(async (requests) => {
    const { translate } = (await import('../../src/telephony/index.js')).translators;
    await server.core.writer.write(
      requests.map((request) => ({ raw: request, translation: translate(request, 'CN') })),
    );
  });

  // ── through people ──
  const agent = { name: AGENT_NAME, teamId: 1, addresses: [{ kind: 'number', value: AGENT_PHONE }] };
  expect((await ask('/api/v1/agents', json(agent))).status).toBe(201);
  const upload = async (file: string, dryRun: boolean) => {
    const headers = { 'content-type': 'text/csv' };
    const answer = await ask(`/api/v1/people/import?dryRun=${dryRun}`, { method: 'POST', headers, body: file });
    return [answer.status, ((await answer.json()) as { ok?: boolean }).ok];
  };
  expect(await upload(`name,number\n"${AGENT_NAME}","${AGENT_PHONE}"\n`, true)).toEqual([200, true]);
  expect(await upload(`name,number\n"Perrin Oakes",+8613976543219\n`, false)).toEqual([200, true]);
  // Without its header, with a name where a number belongs, with a number nobody can read.
  await upload(`"${AGENT_PHONE}","${AGENT_NAME}"\n`, false);
  await upload(`name,number,team\n"${AGENT_NAME}","${AGENT_PHONE} x","${NUMBER}"\n`, false);

  // ── searched and looked at; mistakes people make ──
  const found = (await (await ask('/api/v1/customers/search', json({ number: NUMBER }))).json()) as CustomerFound;
  const id = found.customer?.id ?? '';
  expect(id).not.toBe('');
  for (const body of [
    `{"number": "${NUMBER}"`,
    { nombre: NUMBER },
    { number: [NUMBER] },
    { number: `${NUMBER} x`.repeat(9) },
  ]) {
    expect((await ask('/api/v1/customers/search', json(body))).status).toBe(400);
  }
  for (const path of [
    `customers/${NUMBER}`,
    `calls/${NUMBER}`,
    `calls?agent=${NUMBER}`,
    `calls?customer=${NUMBER}x`,
    `calls?cursor=${NUMBER}`,
    `kpis?from=${NUMBER}`,
    `nothing/${NUMBER}`,
    `audit?subject=${NUMBER}`,
  ]) {
    // The address was typed by whoever asks: what counts is that nothing says it again.
    expect((await ask(`/api/v1/${path}`)).status).toBeGreaterThanOrEqual(400);
  }
  await db.pool.query('UPDATE app_user SET sees_numbers = true, password_hash = $1', [
    await hashPassword(ADMIN.password),
  ]);
  const admin = new Person(url);
  await admin.signIn(ADMIN.email, ADMIN.password);
  await new Person(url).signIn(`${NUMBER}@example.com`, NUMBER);
  const shown = await admin.call<RevealedNumber>('POST', `/customers/${id}/reveal`, { reason: 'technical' });
  expect(shown.body).toEqual({ number: NUMBER });
  expect((await admin.call('POST', `/customers/${id}/reveal`, { reason: NUMBER })).code).toBe('choice_unknown');

  // ── out again, by every way ──
  for (const path of ['/health/live', '/health/ready', '/metrics', '/api/docs-json', '/api/docs/openapi.json'])
    await ask(path);
  for (const path of [
    'ingest/status',
    'ingest/parked',
    'calls',
    `calls/${sid('good')}`,
    `customers/${id}`,
    `customers/${id}/erasure`,
    'kpis?from=2026-01-01&to=2027-01-01&groupBy=agent',
    'setup',
    'organisation/attention',
    'agents',
    'audit',
    'audit/export.csv',
    'people/export.csv',
    'retention',
    'session',
  ]) {
    await ask(`/api/v1/${path}`);
  }
  await ask('/api/v1/ingest/parked/replay', { method: 'POST' });
  await eventually(async () => screen.heartbeats.length > 0, { what: 'a heartbeat' });
  await eventually(async () => notices.length > 0, { what: 'a notification' });

  const everywhere = { lines, answers, notices, frames: screen.raw };
  for (const [where, texts] of Object.entries(everywhere)) {
    expect([where, texts.length > 0]).toEqual([where, true]);
    expect([where, texts.filter((text) => leaksIn(text).length > 0)]).toEqual([where, []]);
  }
  for (const secret of SECRETS) expect([secret, await placesOf(db.pool, secret)]).toEqual([secret, []]);
  for (const file of filesBelow(db.dataDir)) expect([file, leaksIn(readFileSync(file, 'latin1'))]).toEqual([file, []]);
  // The agent's name stands where agents are named, and in nothing that is kept about what people do.
  expect(await placesOf(db.pool, AGENT_NAME)).toEqual(['agent.name']);
  expect([...lines, ...notices].filter((text) => text.includes(AGENT_NAME))).toEqual([]);

  // ── and gone: erased, the number is nowhere at all ──
  expect((await ask(`/api/v1/customers/${id}/erase`, json({ reason: 'subject_request' }))).status).toBe(200);
  expect((await (await ask('/api/v1/customers/search', json({ number: NUMBER }))).json()) as CustomerFound).toEqual({
    customer: null,
  });
  expect(lines.filter((line) => leaksIn(line).length > 0)).toEqual([]);
});

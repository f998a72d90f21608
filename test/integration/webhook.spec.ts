/**
 * Proves, over real HTTP and PostgreSQL, who may put an event into the log and what becomes of it: signatures over the
 * exact public address (query, proxies, prefix, rotated tokens), limits, coded refusals that leave only a count,
 * duplicates, parking and replay, and the attribution of agents and campaigns.
 */
import { ManualClock } from '../../src/platform/index.js';
import type { CallDetail, ParkedPage } from '../../src/shared/api.js';
import { startTestServer, type TestServer } from '../support/server.js';
import {
  type Answer,
  answerOf,
  callback,
  encoded,
  type LegEvent,
  type PostOptions,
  postRaw,
  postSigned,
  sid,
  signatureOf,
  TOKEN,
} from '../support/twilio.js';

const NEW_TOKEN = 'the-next-token-0123456789abcdef01';
const NOW = Date.parse('2026-11-18T02:30:00Z');
const HOUR = 3_600_000;
const VOICE = '/webhooks/twilio/voice';
const clock = new ManualClock(NOW);
let app: TestServer;

beforeAll(async () => {
  app = await startTestServer({ clock, config: { twilioAuthTokens: [TOKEN, NEW_TOKEN] } });
});
afterAll(() => app.close());

const send = (event: LegEvent, target = VOICE, options: PostOptions = {}): Promise<Answer> =>
  postSigned(app.url, target, callback(event), options);

/** Both legs of a softphone call that is answered after 5 s and lasts 60 s. */
function softphone(name: string, at: number, agent: string): LegEvent[] {
  const root = { leg: name, direction: 'inbound', from: `client:${agent}`, to: '+8613800001111' };
  const customer = {
    leg: `${name}c`,
    parent: name,
    direction: 'outbound-dial',
    from: '+862100000001',
    to: '+8613800001111',
  };
  return [
    { ...root, status: 'in-progress', at },
    { ...customer, status: 'initiated', at },
    { ...customer, status: 'ringing', at, sequence: 1 },
    { ...customer, status: 'in-progress', at: at + 5_000, sequence: 2 },
    { ...customer, status: 'completed', at: at + 65_000, sequence: 3, duration: 60 },
    { ...root, status: 'completed', at: at + 65_000, sequence: 1, duration: 65 },
  ];
}

async function sendAll(events: LegEvent[], target = VOICE): Promise<void> {
  for (const event of events) expect(await send(event, target)).toMatchObject({ status: 204 });
  await app.folded();
}

const call = (name: string): Promise<CallDetail> => app.get(`/api/v1/calls/${sid(name)}`);

async function rows(): Promise<Record<string, number>> {
  const { rows: found } = await app.db.pool.query<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM call_event) AS events, (SELECT count(*)::int FROM parked_event) AS parked,
       (SELECT count(*)::int FROM raw_body) AS bodies, (SELECT count(*)::int FROM customer) AS customers,
       (SELECT count(*)::int FROM agent) AS agents, (SELECT count(*)::int FROM campaign) AS campaigns,
       (SELECT count(*)::int FROM call) AS calls, (SELECT count(*)::int FROM call_event_pending) AS pending`,
  );
  return found[0] ?? {};
}

describe('what is refused leaves a count and nothing else', () => {
  const event: LegEvent = { leg: 'refused', status: 'initiated', at: NOW, to: '+8613800009999' };
  const form = callback(event);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const signed = () => ({ ...headers, 'x-twilio-signature': signatureOf(app.url + VOICE, form) });
  const post = (body: string | Buffer, given: Record<string, string>) => postRaw(app.url, VOICE, body, given);

  const CASES: [string, number, string, () => Promise<Answer>][] = [
    ['no signature', 403, 'signature_missing', () => post(encoded(form), headers)],
    ['a forged one', 403, 'signature_invalid', () => post(encoded(form), { ...signed(), 'x-twilio-signature': 'x' })],
    [
      'a token that is not ours',
      403,
      'signature_invalid',
      () => send(event, VOICE, { token: 'a-token-of-somebody-else-0123456' }),
    ],
    ['a changed field', 403, 'signature_invalid', () => post(`${encoded(form)}9`, signed())],
    ['a field more', 403, 'signature_invalid', () => post(`${encoded(form)}&x=1`, signed())],
    ['another query', 403, 'signature_invalid', () => postRaw(app.url, `${VOICE}?agent=x`, encoded(form), signed())],
    ['another path', 403, 'signature_invalid', () => postRaw(app.url, '/webhooks/twilio/amd', encoded(form), signed())],
    [
      'another host by header',
      403,
      'signature_invalid',
      () => send(event, VOICE, { signedBase: 'https://b.example', headers: { 'x-forwarded-host': 'b.example' } }),
    ],
    ['JSON', 400, 'form_media_type', () => post('{}', { ...signed(), 'content-type': 'application/json' })],
    ['text', 400, 'form_media_type', () => post('a=b', { ...signed(), 'content-type': 'text/plain' })],
    [
      'another character set',
      400,
      'form_media_type',
      () => post('a=b', { ...signed(), 'content-type': `${headers['content-type']}; charset=utf-16` }),
    ],
    ['no UTF-8', 400, 'form_not_utf8', () => post(Buffer.from([0x61, 0x3d, 0xff]), signed())],
    ['half a character', 400, 'form_not_utf8', () => post('a=%E4%BD', signed())],
    ['too many bytes', 400, 'form_too_large', () => post('a=b&'.repeat(20_000), signed())],
    ['far too many bytes', 400, 'form_too_large', () => post('a=b&'.repeat(100_000), signed())],
    ['too many fields', 400, 'form_too_many_fields', () => post('a=b&'.repeat(301), signed())],
    ['a long name', 400, 'form_field_too_long', () => post(`${'n'.repeat(257)}=1`, signed())],
    ['a long value', 400, 'form_field_too_long', () => post(`a=${'v'.repeat(8_193)}`, signed())],
    ['an empty body', 403, 'signature_missing', () => post('', headers)],
  ];

  it.each(CASES)('%s → %i %s', async (_name, status, code, request) => {
    const [before, counted] = [await rows(), app.server.core.ingest.counters.rejected];
    const byCode = app.server.core.ingest.rejectionsByCode()[code] ?? 0;
    expect(await request()).toMatchObject({ status, code });
    expect(app.server.core.ingest.counters.rejected).toBe(counted + 1);
    expect(app.server.core.ingest.rejectionsByCode()[code]).toBe(byCode + 1);
    expect(await rows()).toEqual(before);
  });

  it('GET is no callback', async () => {
    const before = await rows();
    const answer = await answerOf(await fetch(app.url + VOICE));
    expect([404, 405]).toContain(answer.status);
    expect(['not_found', 'method_not_allowed']).toContain(answer.code);
    expect(await rows()).toEqual(before);
  });
});

describe('signatures', () => {
  it('cover the query as it was sent, whatever its encoding', async () => {
    for (const [i, query] of [
      '?a=1&a=2',
      '?x=%E4%BD%A0+b',
      "?n=It's",
      '?e=',
      '?agent=li%2Ena',
      '?',
      '?a=%zz',
    ].entries()) {
      const event: LegEvent = { leg: `q${i}`, status: 'initiated', at: NOW + i };
      expect([query, await send(event, VOICE + query)]).toEqual([query, { status: 204, code: null, field: null }]);
    }
    await app.folded();
  });

  it('are accepted from both tokens while one is rotated out', async () => {
    for (const [i, token] of [TOKEN, NEW_TOKEN].entries()) {
      const event: LegEvent = { leg: `t${i}`, status: 'initiated', at: NOW + i };
      expect(await send(event, VOICE, { token })).toMatchObject({ status: 204 });
    }
  });

  it('keep unknown parameters in the body that is stored', async () => {
    const extra: [string, string][] = [
      ['SomethingNew', '你好 & +'],
      ['foo[bar]', '1'],
      ['Twice', 'b'],
      ['Twice', 'a'],
    ];
    expect(await send({ leg: 'unknown', status: 'initiated', at: NOW, extra })).toMatchObject({ status: 204 });
    const { rows: stored } = await app.db.pool.query<{ body: Buffer; day: string }>(
      `SELECT r.body, to_char(r.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day
       FROM raw_body r JOIN call_event e ON e.id = r.event_id WHERE e.leg_id = $1`,
      [sid('unknown')],
    );
    const key = await app.server.core.rawKeys.forReading(stored[0]?.day ?? '');
    const kept = key?.decrypt(stored[0]?.body ?? Buffer.alloc(0)).toString('utf8') ?? '';
    expect(kept).toContain(encoded(extra));
    expect(stored[0]?.body.includes('SomethingNew')).toBe(false);
  });

  it('are of the public address behind a proxy that strips a prefix', async () => {
    const behind = await startTestServer({ clock, config: { publicUrl: 'https://calls.example.com/tally' } });
    const event: LegEvent = { leg: 'proxied', status: 'initiated', at: NOW };
    const target = `${VOICE}?campaign=a%20b`;
    const post = (signedBase: string) => postSigned(behind.url, target, callback(event), { signedBase });
    expect(await post('https://calls.example.com')).toMatchObject({ status: 403 });
    expect(await post(behind.url)).toMatchObject({ status: 403 });
    expect(await post('https://calls.example.com/tally')).toMatchObject({ status: 204 });
    await behind.close();
  });

  it('are of what forwarded headers say, from a trusted proxy only', async () => {
    const trusting = await startTestServer({ clock, config: { trustedProxies: ['127.0.0.0/8', '::1'] } });
    const post = (base: string, leg: string, headers: Record<string, string>) =>
      postSigned(base, VOICE, callback({ leg, status: 'initiated', at: NOW }), {
        signedBase: 'https://calls.example.com',
        headers,
      });
    const legacy = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'calls.example.com' };
    expect(await post(trusting.url, 'fwd1', legacy)).toMatchObject({ status: 204 });
    const standard = { forwarded: 'for=192.0.2.1;host=calls.example.com;proto=https' };
    expect(await post(trusting.url, 'fwd2', standard)).toMatchObject({ status: 204 });
    expect(await post(app.url, 'fwd3', legacy)).toMatchObject({ status: 403, code: 'signature_invalid' });
    await trusting.close();
  });

  it('are refused while no token is set', async () => {
    const bare = await startTestServer({ clock, config: { twilioAuthTokens: [] } });
    const form = callback({ leg: 'bare', status: 'initiated', at: NOW });
    expect(await postSigned(bare.url, VOICE, form)).toMatchObject({ status: 403, code: 'twilio_not_configured' });
    await bare.close();
  });
});

describe('duplicates', () => {
  it('are acknowledged, counted, and add nothing', async () => {
    const event: LegEvent = { leg: 'twice', status: 'initiated', at: NOW, to: '+8613800002222' };
    const { duplicates } = await app.status();
    expect(await send(event)).toMatchObject({ status: 204 });
    const before = await rows();
    for (let i = 0; i < 3; i++) expect(await send(event)).toMatchObject({ status: 204 });
    expect(app.server.core.ingest.counters.duplicates).toBe(duplicates + 3);
    expect({ ...(await rows()), pending: 0, calls: 0 }).toEqual({ ...before, pending: 0, calls: 0 });
  });

  it('that arrive together are one event', async () => {
    const event: LegEvent = { leg: 'together', status: 'initiated', at: NOW };
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(event)));
    expect(answers.every(({ status }) => status === 204)).toBe(true);
    const found = await app.db.pool.query('SELECT 1 FROM call_event WHERE leg_id = $1', [sid('together')]);
    expect(found.rowCount).toBe(1);
  });
});

describe('parking', () => {
  const parkedOf = async (reason: string) =>
    (await app.get<ParkedPage>('/api/v1/ingest/parked?limit=200')).parked.filter((one) => one.reason === reason);

  const CASES: [string, string, [string, string][]][] = [
    ['status_unknown', VOICE, [['CallStatus', 'dancing']]],
    ['status_missing', VOICE, [['CallStatus', '']]],
    ['call_sid_missing', VOICE, [['CallSid', '']]],
    ['call_sid_invalid', VOICE, [['CallSid', 'a b']]],
    ['account_sid_missing', VOICE, [['AccountSid', '']]],
    ['parent_sid_invalid', VOICE, [['ParentCallSid', '\u0000']]],
    ['party_invalid', VOICE, [['From', 'client:a\u0000b']]],
    [
      'duration_invalid',
      VOICE,
      [
        ['CallStatus', 'completed'],
        ['CallDuration', 'long'],
      ],
    ],
    ['timestamp_impossible', VOICE, [['Timestamp', 'Thu, 31 Feb 2026 11:48:25 +0000']]],
    ['dial_action_request', VOICE, [['DialCallStatus', 'completed']]],
    ['attribution_invalid', `${VOICE}?agent=${'a'.repeat(129)}`, []],
    ['answered_by_missing', '/webhooks/twilio/amd', []],
    ['recording_sid_missing', '/webhooks/twilio/recording', []],
  ];

  it.each(CASES)('%s: acknowledged, listed with its reason, in no call', async (reason, target, changes) => {
    const event: LegEvent = { leg: `p${reason}`, status: 'initiated', at: NOW, from: '+8613912345678' };
    const changed = new Map(changes);
    const form = callback(event).map(([name, value]): [string, string] => {
      const found = changed.get(name) ?? value;
      changed.delete(name);
      return [name, found];
    });
    const whole = [...form, ...changed];
    expect(await postSigned(app.url, target, whole)).toMatchObject({ status: 204 });
    expect(await postSigned(app.url, target, whole)).toMatchObject({ status: 204 });
    const listed = await parkedOf(reason);
    expect(listed).toHaveLength(1);
    expect(listed[0]?.message.en).not.toBe(reason);
    expect(JSON.stringify(listed[0]?.preview)).not.toContain('13912345678');
  });

  it('twice with different values has no meaning', async () => {
    const form = [...callback({ leg: 'rep', status: 'initiated', at: NOW }), ['CallStatus', 'busy'] as const];
    expect(await postSigned(app.url, VOICE, form)).toMatchObject({ status: 204 });
    expect(await parkedOf('parameter_repeated')).toHaveLength(1);
  });

  it('of an event a day ahead ends with a replay when its time has come', async () => {
    const at = NOW + 25 * HOUR;
    expect(await send({ leg: 'ahead', status: 'initiated', at, direction: 'inbound' })).toMatchObject({ status: 204 });
    const [parked] = await parkedOf('timestamp_future');
    const replay = (): Promise<unknown> => app.post(`/api/v1/ingest/parked/${parked?.id}/replay`);
    expect(await replay()).toEqual({ replayed: 0, stillParked: 1 });
    clock.advance(2 * HOUR);
    expect(await replay()).toEqual({ replayed: 1, stillParked: 0 });
    await app.folded();
    expect(await parkedOf('timestamp_future')).toEqual([]);
    expect(await call('ahead')).toMatchObject({ startedAt: new Date(at).toISOString() });
    await expect(replay()).rejects.toThrow('404');
    clock.set(NOW);
  });

  it('all at once: what cannot be used stays', async () => {
    clock.advance(5_000); // the status is read once a second
    const { parked } = await app.status();
    expect(await app.post('/api/v1/ingest/parked/replay')).toEqual({ replayed: 0, stillParked: parked });
  });

  it('pages by a cursor through all of them, oldest first, and refuses a wrong cursor', async () => {
    const ids: number[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page: ParkedPage = await app.get(`/api/v1/ingest/parked?limit=3${more}`);
      ids.push(...page.parked.map(({ id }) => Number(id)));
      cursor = page.next;
    }
    const { rows: all } = await app.db.pool.query<{ id: number }>(
      'SELECT id::int AS id FROM parked_event k WHERE replayed_at IS NULL ORDER BY k.id',
    );
    expect(ids.length).toBeGreaterThan(10);
    expect(ids).toEqual(all.map(({ id }) => id));
    await expect(app.get('/api/v1/ingest/parked?cursor=x')).rejects.toThrow('400');
  });

  it('23 h 59 min ahead is taken, and 1999 is counted', async () => {
    const ahead = NOW + 24 * HOUR - 60_000;
    const old = Date.parse('1999-02-01T09:00:00Z');
    await sendAll([{ leg: 'tomorrow', status: 'initiated', at: ahead }, ...softphone('y1999', old, 'idit')]);
    expect(await call('tomorrow')).toMatchObject({ startedAt: new Date(ahead).toISOString() });
    const report = await app.kpis('from=1999-02-01&to=1999-02-02&kpis=dials,connects,talk_s');
    expect(report.totals).toEqual({ dials: 1, connects: 1, talk_s: 60 });
  });
});

describe('attribution', () => {
  it('an identity never seen makes an agent named verbatim in the team for new ones', async () => {
    await sendAll(softphone('verb', NOW, '李 Na_7'));
    expect(await call('verb')).toMatchObject({ agent: { name: '李 Na_7' }, team: { name: 'New agents' } });
    const { rows: found } = await app.db.pool.query("SELECT status FROM agent WHERE name = '李 Na_7'");
    expect(found).toEqual([{ status: 'new' }]);
  });

  it('an agent in the signed query wins over the identity', async () => {
    await sendAll(softphone('param', NOW, 'phone.identity'), `${VOICE}?agent=Emma%20W`);
    expect(await call('param')).toMatchObject({ agent: { name: 'Emma W' } });
  });

  it('campaign: from the query, else by the number of ours, else default', async () => {
    await sendAll(softphone('default', NOW, 'zoe'));
    expect(await call('default')).toMatchObject({ campaign: { name: 'default' } });
    await sendAll(softphone('named', NOW, 'zoe'), `${VOICE}?campaign=${encodeURIComponent('车险')}`);
    expect(await call('named')).toMatchObject({ campaign: { name: '车险' } });
    // Which number is ours is a setting; there is no screen for it yet.
    await app.db.pool.query(`
      WITH c AS (INSERT INTO campaign (name, currency) VALUES ('by number', 'CNY') RETURNING id),
        v AS (INSERT INTO campaign_version (campaign_id, valid_from) SELECT id, '-infinity' FROM c)
      INSERT INTO campaign_caller_number (number_id, campaign_id)
      SELECT (fields->'from'->>'ref')::bigint, c.id FROM call_event, c WHERE leg_id = '${sid('defaultc')}' LIMIT 1`);
    await app.db.pool.query('UPDATE organisation SET version = version + 1');
    await sendAll(softphone('bynum', NOW, 'zoe'));
    expect(await call('bynum')).toMatchObject({ campaign: { name: 'by number' } });
    await sendAll(softphone('both', NOW, 'zoe'), `${VOICE}?campaign=${encodeURIComponent('车险')}`);
    expect(await call('both')).toMatchObject({ campaign: { name: '车险' } });
  });

  it.each(['before', 'after'])('answering-machine detection %s the end says who answered', async (when) => {
    const detection = async (): Promise<void> => {
      const form: [string, string][] = [...callback({ leg: `am${when}c`, status: '', at: NOW + 7_000 })]
        .filter(([name]) => name !== 'CallStatus')
        .concat([['AnsweredBy', 'machine_end_beep']]);
      expect(await postSigned(app.url, '/webhooks/twilio/amd', form)).toMatchObject({ status: 204 });
      await app.folded();
    };
    if (when === 'before') await detection();
    await sendAll(softphone(`am${when}`, NOW, 'amd.agent'));
    if (when === 'after') await detection();
    const found = await call(`am${when}`);
    expect(found).toMatchObject({ outcome: 'answered', answeredBy: 'machine', talkSeconds: 60 });
    expect(found.explanation.contribution).toMatchObject({ dials: 1, connects: 1, machine: 1 });
    expect(found.explanation.contribution.humans ?? 0).toBe(0);
  });
});

describe('completed alone of every leg', () => {
  it('is a correct outbound call, flagged and counted as incomplete', async () => {
    const before = await app.status();
    const completed = softphone('only', NOW, 'thrifty').filter(({ status }) => status === 'completed');
    expect(completed).toHaveLength(2);
    await sendAll(completed.reverse());
    expect(await call('only')).toMatchObject({
      direction: 'outbound',
      outcome: 'answered',
      answeredAt: new Date(NOW + 5_000).toISOString(),
      endedAt: new Date(NOW + 65_000).toISOString(),
      talkSeconds: 60,
      agent: { name: 'thrifty' },
      incomplete: ['ring_unknown', 'start_inferred'],
    });
    clock.advance(5_000); // the status is read once a second
    expect((await app.status()).incompleteCallsToday).toBe(before.incompleteCallsToday + 1);
    const report = await app.kpis('groupBy=agent&kpis=dials,connects,talk_s');
    expect(report.rows.find(({ label }) => label === 'thrifty')?.values).toEqual({ dials: 1, connects: 1, talk_s: 60 });
  });
});

// Proves: every rule by which a Twilio callback becomes a call event, on payloads seen in the field (re-expressed here),
// and that no input whatever makes the translation throw or yield an event that cannot be stored.
import fc from 'fast-check';
import { parseForm, TWILIO_PARK_REASONS, translateTwilio } from '../../../src/telephony/index.js';

const RECEIVED = Date.parse('2026-11-22T09:00:00Z');
const context = { country: 'CN', receivedAt: RECEIVED };
type Params = Record<string, string>;

const BASE: Params = {
  AccountSid: 'AC00000000000000000000000000000001',
  CallSid: 'CA1a82a67c48866944486ea46ff1dce023',
  CallStatus: 'completed',
  CallbackSource: 'call-progress-events',
  Direction: 'outbound-dial',
  From: '+861065529988',
  To: '+8613800001111',
  Timestamp: 'Sun, 22 Nov 2026 08:59:58 +0000',
  SequenceNumber: '3',
  CallDuration: '49',
  Duration: '1',
};

function translate(form: Params, kind: 'voice' | 'amd' | 'recording' = 'voice', query: Params = {}) {
  return translateTwilio(kind, Object.entries(form), Object.entries(query), context);
}
function event(form: Params, kind: 'voice' | 'amd' | 'recording' = 'voice', query: Params = {}) {
  const translation = translate(form, kind, query);
  if (!translation.ok) throw new Error(`parked: ${translation.reason}`);
  return translation.event;
}
function without(name: string): Params {
  return Object.fromEntries(Object.entries(BASE).filter(([key]) => key !== name));
}

describe('payloads seen in the field', () => {
  it('answered by a machine, completed only: talk 17 s, not one minute; machine', () => {
    const seen = event({
      ...BASE,
      CallSid: 'CA8523f7d19ec963781a1f00573ddba92d',
      Direction: 'outbound-api',
      Timestamp: 'Tue, 25 Jun 2019 07:14:39 +0000',
      SequenceNumber: '0',
      SipResponseCode: '200',
      Duration: '1',
      CallDuration: '17',
      AnsweredBy: 'machine_start',
    });
    expect(seen).toMatchObject({
      type: 'leg.ended',
      result: 'completed',
      durationMs: 17_000,
      answeredBy: 'machine',
      sequence: 0,
      direction: 'outbound-api',
      occurredAt: Date.parse('2019-06-25T07:14:39Z'),
    });
    // Established, inferred by whoever merges: 07:14:22.
    expect(new Date((seen.occurredAt ?? 0) - (seen.durationMs ?? 0)).toISOString()).toBe('2019-06-25T07:14:22.000Z');
  });

  it('answered by a human, a raw body: talk 49 s, established 09:52:30, accents decoded', () => {
    const raw =
      'Called=%2B551155500021&Direction=outbound-api&Timestamp=Sun%2C%2025%20Mar%202018%2009%3A53%3A19%20%2B0000' +
      '&SequenceNumber=3&To=%2B551155500021&CallSid=CAbe982f58915a2def4cf7aaa1f1766236&CallStatus=completed' +
      '&CalledCity=S%C3%A3o%20Paulo&Duration=1&From=%2B16465550122&CallDuration=49' +
      '&AccountSid=AC00000000000000000000000000000002&AnsweredBy=human';
    const form = parseForm(Buffer.from(raw), 'application/x-www-form-urlencoded');
    if (!form.ok) throw new Error(form.code);
    expect(form.params).toContainEqual(['CalledCity', 'São Paulo']);
    const translation = translateTwilio('voice', form.params, [], context);
    expect(translation).toMatchObject({
      ok: true,
      event: { answeredBy: 'human', durationMs: 49_000, to: { kind: 'tel', number: '+551155500021' } },
    });
    if (!translation.ok) return;
    expect((translation.event.occurredAt ?? 0) - 49_000).toBe(Date.parse('2018-03-25T09:52:30Z'));
  });

  it('busy stays busy although the SIP code is 487, with no talk', () => {
    const seen = event({
      ...BASE,
      CallSid: 'CA8367245817625617832576245724',
      CallStatus: 'busy',
      SipResponseCode: '487',
      Duration: '0',
      CallDuration: '0',
      SequenceNumber: '2',
    });
    expect(seen).toMatchObject({ type: 'leg.ended', result: 'busy', durationMs: null, answeredBy: null });
  });

  it('initiated is an open leg', () => {
    const seen = event({ ...BASE, CallStatus: 'initiated', SequenceNumber: '0', To: '+910055500005' });
    expect(seen).toMatchObject({ type: 'leg.initiated', result: null, durationMs: null, sequence: 0 });
  });

  it('a compatible carrier: bare key, long call id, numbers without plus, a time of no RFC 2822 zone', () => {
    const raw =
      'InstanceId=ID711d&AccountSid=AC00000000000000000000000000000003' +
      '&CallSid=ID711d15db3c5b4b7aa4dcc12068b67640-CA4d2c0060c659435ebcc7b4ddf79277b1&From=622180000041&To=628110000036' +
      '&Direction=outbound-api&ForwardedFrom&CallStatus=ringing&Timestamp=Sun%2C+09+Feb+2020+09%3A30%3A03+Etc%2FUTC' +
      '&CallbackSource=call-progress-events&SequenceNumber=1';
    const form = parseForm(Buffer.from(raw), 'application/x-www-form-urlencoded');
    if (!form.ok) throw new Error(form.code);
    expect(form.params).toContainEqual(['ForwardedFrom', '']);
    expect(translateTwilio('voice', form.params, [], context)).toMatchObject({
      ok: true,
      // Null: the receipt time stands in and the call is flagged.
      event: { type: 'leg.ringing', occurredAt: null, from: { kind: 'tel', number: '+622180000041' } },
    });
  });

  it('four callbacks of one leg: times 0, 1, 3 and 41 s, talk 38 s, four distinct keys, each the same when repeated', () => {
    const at = (status: string, second: string, sequence: string, more: Params = {}): Params => ({
      AccountSid: 'proj-1234',
      CallSid: 'b2c3d4e5-f6a7-4b8c-9d0e-1f2a3b4c5d6e',
      CallStatus: status,
      Direction: 'outbound-api',
      From: '+15550001111',
      To: '+15550002222',
      Timestamp: `Wed, 02 Sep 2026 10:00:${second} +0000`,
      SequenceNumber: sequence,
      ...more,
    });
    const seen = [
      at('completed', '41', '3', { CallDuration: '38' }),
      at('initiated', '00', '0'),
      at('in-progress', '03', '2'),
      at('ringing', '01', '1'),
    ].map((form) => event(form));
    expect(seen.map(({ type, occurredAt }) => [type, ((occurredAt ?? 0) / 1000) % 60])).toEqual([
      ['leg.ended', 41],
      ['leg.initiated', 0],
      ['leg.answered', 3],
      ['leg.ringing', 1],
    ]);
    expect(seen[0]?.durationMs).toBe(38_000);
    expect(new Set(seen.map(({ dedupKey }) => dedupKey.toString('hex'))).size).toBe(4);
    expect(event(at('ringing', '01', '1')).dedupKey).toEqual(seen[3]?.dedupKey);
  });

  it('the request after a <Dial> is no progress event', () => {
    const action = { ...BASE, CallStatus: 'in-progress', DialCallStatus: 'completed', DialCallDuration: '3' };
    expect(translate(action)).toEqual({ ok: false, reason: 'dial_action_request', field: 'DialCallStatus' });
  });
});

describe('rules', () => {
  it.each([
    ['queued', 'leg.initiated', null],
    ['initiated', 'leg.initiated', null],
    ['ringing', 'leg.ringing', null],
    ['in-progress', 'leg.answered', null],
    ['completed', 'leg.ended', 'completed'],
    ['busy', 'leg.ended', 'busy'],
    ['no-answer', 'leg.ended', 'no-answer'],
    ['failed', 'leg.ended', 'failed'],
    ['canceled', 'leg.ended', 'canceled'],
  ])('status %s', (CallStatus, type, result) => expect(event({ ...BASE, CallStatus })).toMatchObject({ type, result }));

  it.each([
    ['404', 'invalid'],
    ['484', 'invalid'],
    ['480', 'failed'],
    ['503', 'failed'],
    ['', 'failed'],
  ])('failed with SIP code %s', (SipResponseCode, result) =>
    expect(event({ ...BASE, CallStatus: 'failed', SipResponseCode }).result).toBe(result),
  );

  it.each([
    ['human', 'human'],
    ['machine_start', 'machine'],
    ['machine_end_beep', 'machine'],
    ['machine_end_silence', 'machine'],
    ['machine_end_other', 'machine'],
    ['fax', 'fax'],
    ['unknown', 'unknown'],
    ['something_new', 'unknown'],
  ])('answered by %s', (AnsweredBy, answeredBy) => expect(event({ ...BASE, AnsweredBy }).answeredBy).toBe(answeredBy));

  it('reads times of every RFC 2822 zone that says UTC, and offsets', () => {
    const at = (Timestamp: string) => event({ ...BASE, Timestamp }).occurredAt;
    const expected = Date.parse('2026-02-12T11:48:25Z');
    for (const zone of ['+0000', '-0000', 'GMT', 'UTC', 'UT', 'Z']) {
      expect(at(`Thu, 12 Feb 2026 11:48:25 ${zone}`)).toBe(expected);
    }
    expect(at('Thu, 12 Feb 2026 19:48:25 +0800')).toBe(expected);
    expect(at('12 Feb 2026 06:48:25 -0500')).toBe(expected);
    expect(at('2026-02-12T11:48:25Z')).toBeNull();
    expect(at('soon')).toBeNull();
    expect(event(without('Timestamp')).occurredAt).toBeNull();
  });

  it('parks a time that cannot be, or lies more than 24 h ahead; the past has no limit', () => {
    const at = (Timestamp: string) => translate({ ...BASE, Timestamp });
    for (const text of [
      '30 Feb 2026 11:48:25',
      '01 Foo 2026 11:48:25',
      '01 Feb 2026 24:00:00',
      '01 Feb 0026 11:00:00',
    ]) {
      expect(at(`Thu, ${text} +0000`)).toEqual({ ok: false, reason: 'timestamp_impossible', field: 'Timestamp' });
    }
    expect(at('Mon, 23 Nov 2026 09:00:00 +0000')).toMatchObject({ ok: true });
    expect(at('Mon, 23 Nov 2026 09:00:01 +0000')).toMatchObject({ ok: false, reason: 'timestamp_future' });
    expect(at('Thu, 01 Jan 1970 00:00:00 +0000')).toMatchObject({ ok: true, event: { occurredAt: 0 } });
  });

  it('uses the aliases, the parent, and the attribution of the signed query', () => {
    const { From, To, ...rest } = BASE;
    const form = { ...rest, Caller: 'client:li.na', Called: To ?? '', ParentCallSid: 'CAparent0' };
    expect(From).toBeDefined();
    expect(event(form, 'voice', { agent: '7', campaign: '春季', other: 'x' })).toMatchObject({
      from: { kind: 'client', identity: 'li.na' },
      to: { kind: 'tel', number: '+8613800001111' },
      parentLegId: 'CAparent0',
      agentParam: '7',
      campaignParam: '春季',
    });
    const nothing = { parentLegId: null, agentParam: null, campaignParam: null };
    expect(event(BASE)).toMatchObject(nothing);
    expect(event(BASE, 'voice', { agent: '  ', campaign: '' })).toMatchObject(nothing);
  });

  it('detection and recordings attach and say nothing about progress', () => {
    const { AccountSid = '', CallSid = '' } = BASE;
    const nothing = { result: null, durationMs: null, direction: null, sequence: null, from: { kind: 'none' } };
    const amd = { AccountSid, CallSid, AnsweredBy: 'machine_end_beep', MachineDetectionDuration: '4500' };
    expect(event(amd, 'amd')).toMatchObject({
      ...nothing,
      type: 'leg.analysis',
      answeredBy: 'machine',
      occurredAt: null,
    });
    const recording = {
      AccountSid,
      CallSid,
      RecordingSid: 'RE1',
      RecordingStatus: 'completed',
      RecordingDuration: '30',
      RecordingStartTime: 'Sun, 22 Nov 2026 08:00:00 +0000',
    };
    expect(event(recording, 'recording')).toMatchObject({
      ...nothing,
      type: 'leg.recording',
      answeredBy: null,
      occurredAt: Date.parse('2026-11-22T08:00:00Z'),
    });
  });

  it.each<[string, Params, string]>([
    ['no call', without('CallSid'), 'call_sid_missing'],
    ['a call id of other characters', { ...BASE, CallSid: 'CA 1\u0000' }, 'call_sid_invalid'],
    ['no account', without('AccountSid'), 'account_sid_missing'],
    ['an account of other characters', { ...BASE, AccountSid: "'; drop" }, 'account_sid_invalid'],
    ['a parent that is itself', { ...BASE, ParentCallSid: BASE.CallSid ?? '' }, 'parent_sid_invalid'],
    ['no status', without('CallStatus'), 'status_missing'],
    ['an unknown status', { ...BASE, CallStatus: 'exploded' }, 'status_unknown'],
    ['a duration that is none', { ...BASE, CallDuration: '-5' }, 'duration_invalid'],
    ['a duration of years', { ...BASE, CallDuration: '9999999' }, 'duration_invalid'],
    ['an address with NUL', { ...BASE, From: 'client:a\u0000' }, 'party_invalid'],
  ])('parks %s', (_, form, reason) => expect(translate(form)).toMatchObject({ ok: false, reason }));

  it('parks the rest of the closed list', () => {
    expect(translate(BASE, 'amd')).toMatchObject({ reason: 'answered_by_missing' });
    expect(translate(BASE, 'recording')).toMatchObject({ reason: 'recording_sid_missing' });
    expect(translate(BASE, 'voice', { agent: 'x'.repeat(200) })).toMatchObject({ reason: 'attribution_invalid' });
    const twice: [string, string][] = [...Object.entries(BASE), ['CallStatus', 'busy']];
    expect(translateTwilio('voice', twice, [], context)).toEqual({
      ok: false,
      reason: 'parameter_repeated',
      field: 'CallStatus',
    });
  });
});

describe('the deduplication key', () => {
  const key = (form: [string, string][], query: [string, string][] = [], kind: 'voice' | 'amd' = 'voice') => {
    const translation = translateTwilio(kind, form, query, context);
    if (!translation.ok) throw new Error(translation.reason);
    return translation.event.dedupKey.toString('hex');
  };
  const form = Object.entries(BASE);

  it('is 32 bytes and does not depend on order, repetition or receipt', () => {
    expect(Buffer.from(key(form), 'hex')).toHaveLength(32);
    expect(key([...form].reverse())).toBe(key(form));
    expect(key([...form, ['To', BASE.To ?? '']])).toBe(key(form));
    const later = translateTwilio('voice', form, [], { ...context, receivedAt: RECEIVED + 3_600_000 });
    expect(later).toMatchObject({ ok: true, event: { dedupKey: Buffer.from(key(form), 'hex') } });
  });

  it('is the same for a replay that moves a delimiter, which the signature cannot tell', () => {
    const resplit = form.map(([name, value]): [string, string] =>
      name === 'CallDuration' ? ['CallDuration4', '9'] : [name, value],
    );
    expect(key(resplit)).toBe(key(form));
  });

  it('differs with any content, unknown parameters included, and with the query', () => {
    const keys = [
      key(form),
      key([...form, ['NewParameter', '1']]),
      key(Object.entries({ ...BASE, SequenceNumber: '2' })),
      key(Object.entries({ ...BASE, CallDuration: '50' })),
      key(form, [['agent', '1']]),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('any input', () => {
  const names = fc.oneof(fc.constantFrom(...Object.keys(BASE), 'ParentCallSid', 'AnsweredBy', 'agent'), fc.string());
  const wild = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('', '\u0000', '-1', '1e9', 'NaN', 'client:', 'sip:', 'sip:%00@x', '+', 'completed', 'in-progress'),
  );
  const pairs = fc.array(fc.tuple(names, wild), { maxLength: 40 });

  it('becomes a storable event or a reason of the closed list; nothing throws', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('voice' as const, 'amd' as const, 'recording' as const),
        pairs,
        pairs,
        (kind, a, b) => {
          const overridden = [...Object.entries(BASE).filter(([name]) => !a.some(([other]) => other === name)), ...a];
          const translation = translateTwilio(kind, overridden, b, context);
          if (!translation.ok) {
            expect(TWILIO_PARK_REASONS).toContain(translation.reason);
            return;
          }
          const { dedupKey, ...fields } = translation.event;
          expect(dedupKey).toHaveLength(32);
          expect(JSON.stringify(fields)).not.toContain('\\u0000');
          for (const number of [fields.occurredAt, fields.durationMs, fields.sequence]) {
            expect(number === null || Number.isSafeInteger(number)).toBe(true);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});

/** Generators of hostile callbacks: what somebody with the token could send, and what somebody without it would try. */
import fc from 'fast-check';
import { ACCOUNT, encoded, type Form, rfc2822, signatureOf, TOKEN } from './twilio.js';

export interface HostileRequest {
  target: string;
  body: string;
  headers: Record<string, string>;
}

const KINDS = ['voice', 'amd', 'recording'] as const;
const STATUSES = [
  'queued',
  'initiated',
  'ringing',
  'in-progress',
  'answered',
  'completed',
  'busy',
  'no-answer',
  'failed',
  'canceled',
];
const FORM_TYPE = 'application/x-www-form-urlencoded';
const DAY = 86_400_000;

/** Percent-encoded bytes that are no UTF-8 (lone surrogates), and what any decoder that forgives makes of them. */
const BROKEN: Record<string, string> = {
  '%ED%A0%80': '\uFFFD\uFFFD\uFFFD',
  '%ED%BF%BF': '\uFFFD\uFFFD\uFFFD',
  '%FF': '\uFFFD',
  '%C0%80': '\uFFFD\uFFFD',
};

/** A few legs in each of many calls, so that parents contradict each other, form cycles and now and then join calls. */
const legArb = fc
  .tuple(fc.integer({ min: 0, max: 150 }), fc.integer({ min: 0, max: 5 }))
  .map(([call, leg]) => `CA${String(call * 10 + leg).padStart(32, '0')}`);

const strangeText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary-ascii', maxLength: 20 }),
  fc.constantFrom(
    '\u0000',
    'a\u0000b',
    '📞🧨',
    '\u202E',
    '\uFEFF',
    '-1',
    '1e9',
    'NaN',
    'null',
    '[object Object]',
    '__proto__',
  ),
  fc.constantFrom("'; DROP TABLE call; --", '#{7*7}', '=cmd()', '%', '%25', '../../etc/passwd', '<script>'),
  fc.integer({ min: 100, max: 8_300 }).map((length) => 'x'.repeat(length)),
);

const partyArb = fc.oneof(
  fc.integer({ min: 0, max: 400 }).map((n) => `+86154${String(n).padStart(8, '0')}`),
  fc.constantFrom('client:li.na', 'client:', 'sip:1001@pbx.example', 'Anonymous', '+266696687', '13800138000', ''),
  fc.constantFrom('tel:+4930123456', 'sip:+4930123456@gw;user=phone', 'conference:x', '１３８００１３８０００'),
  strangeText.map((text) => `client:${text}`),
  strangeText,
);

/** Far past, far ahead, around now, and what is no time at all. */
export const timeArb = (now: number) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: -3 * DAY, max: DAY - 3_600_000 }).map((ms) => rfc2822(now + ms)) },
    { weight: 4, arbitrary: fc.integer({ min: 0, max: Math.floor(now / 1000) }).map((s) => rfc2822(s * 1000)) },
    { weight: 1, arbitrary: fc.integer({ min: 2, max: 100_000 }).map((days) => rfc2822(now + days * DAY)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'Thu, 31 Feb 2026 11:48:25 +0000',
        'Thu, 01 Jan 1970 00:00:00 +0000',
        'Thu, 01 Jan 1970 00:00:00 +1400',
        'Wed, 31 Dec 1969 23:59:59 +0000',
        '2026-02-12T11:48:25Z',
      ),
    },
    { weight: 1, arbitrary: strangeText },
  );

const countArb = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 5_000 }).map(String) },
  fc.constantFrom('-5', '604800', '604801', '9999999', '99999999999999999999', '1.5', '', ' 7', '0x10', '١٢'),
);

/** A callback that is nearly always usable: the mutations come on top. */
const plainArb = (now: number) =>
  fc
    .record({
      CallSid: legArb,
      ParentCallSid: fc.option(legArb, { nil: '', freq: 2 }),
      CallStatus: fc.constantFrom(...STATUSES),
      Direction: fc.constantFrom('inbound', 'outbound-api', 'outbound-dial', ''),
      From: partyArb,
      To: partyArb,
      Timestamp: timeArb(now),
      SequenceNumber: fc.oneof(fc.integer({ min: 0, max: 9 }).map(String), countArb),
      CallDuration: countArb,
      AnsweredBy: fc.constantFrom('', 'human', 'machine_start', 'machine_end_beep', 'fax', 'unknown', 'robot'),
      SipResponseCode: fc.constantFrom('', '200', '404', '484', '487', '999'),
      RecordingSid: fc.constantFrom('', 'RE1'),
    })
    .map((fields): [string, string][] => [
      ['AccountSid', ACCOUNT],
      ...Object.entries(fields).filter(([name, value]) => value !== '' || name === 'From'),
    ]);

type Mutation = (form: [string, string][]) => [string, string][];

const NAMES = [
  'CallSid',
  'AccountSid',
  'CallStatus',
  'ParentCallSid',
  'Timestamp',
  'From',
  'To',
  'AnsweredBy',
  'CallDuration',
];

const mutationArb: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 30, arbitrary: fc.constant<Mutation>((form) => form) },
  {
    weight: 10,
    arbitrary: fc.tuple(fc.constantFrom(...NAMES), strangeText).map(
      ([name, text]): Mutation =>
        (form) =>
          form.map(([key, value]) => [key, key === name ? text : value]),
    ),
  },
  {
    weight: 5,
    arbitrary: fc.tuple(fc.constantFrom(...NAMES), strangeText).map(
      ([name, text]): Mutation =>
        (form) => [...form, [name, text]],
    ),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom(...NAMES).map(
      (name): Mutation =>
        (form) =>
          form.flatMap((pair) => (pair[0] === name ? [pair, pair] : [pair])),
    ),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom(...NAMES).map(
      (name): Mutation =>
        (form) =>
          form.filter(([key]) => key !== name),
    ),
  },
  {
    weight: 5,
    arbitrary: fc
      .array(
        fc.tuple(
          fc.oneof(strangeText, fc.constantFrom('__proto__', 'constructor', 'toString', 'a[b]', '')),
          strangeText,
        ),
        {
          maxLength: 6,
        },
      )
      .map(
        (more): Mutation =>
          (form) => [...form, ...more],
      ),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 280, max: 400 }).map(
      (count): Mutation =>
        (form) => [...form, ...Array.from({ length: count }, (_, i): [string, string] => [`f${i}`, '1'])],
    ),
  },
);

const queryArb = fc.oneof(
  { weight: 12, arbitrary: fc.constant('') },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom('agent', 'campaign', 'x'),
        fc.oneof(fc.constantFrom('li.na', '春季', 'a'.repeat(128)), strangeText),
      )
      .map(([name, value]) => `?${name}=${encodeURIComponent(value).slice(0, 3_000)}`),
  },
  { weight: 1, arbitrary: fc.constantFrom('?', '?&&', '?agent', '?agent=a&agent=b', '?%', '?agent=%zz', '?agent=%00') },
);

/** Validly signed, whatever it says. */
export const signedArb = (base: string, now: number): fc.Arbitrary<HostileRequest> =>
  fc
    .tuple(
      fc.constantFrom(...KINDS, 'voice', 'voice', 'voice'),
      queryArb,
      plainArb(now),
      mutationArb,
      fc.constantFrom('', ...Object.keys(BROKEN)),
      fc.nat(9),
    )
    .map(([kind, query, plain, mutate, broken, dice]) => {
      const form = mutate(plain);
      const target = `/webhooks/twilio/${kind}${query}`;
      const tail = broken !== '' && dice === 0 ? broken : '';
      const signed: Form = tail === '' ? form : [...form, ['Tail', BROKEN[tail] ?? '']];
      const body = encoded(form) + (tail === '' ? '' : `&Tail=${tail}`);
      const headers = { 'content-type': FORM_TYPE, 'x-twilio-signature': signatureOf(base + target, signed) };
      return { target, body, headers };
    });

type Forgery = (request: HostileRequest, base: string) => HostileRequest;

const withHeaders = (request: HostileRequest, headers: Record<string, string>): HostileRequest => ({
  ...request,
  headers: { ...request.headers, ...headers },
});

const forgeryArb: fc.Arbitrary<Forgery> = fc.oneof(
  fc.constant<Forgery>(({ target, body }) => ({ target, body, headers: { 'content-type': FORM_TYPE } })),
  fc
    .oneof(fc.base64String({ minLength: 28, maxLength: 28 }), fc.constantFrom('', 'x', '=', 'null', 'a'.repeat(4_000)))
    .map(
      (signature): Forgery =>
        (request) =>
          withHeaders(request, { 'x-twilio-signature': signature }),
    ),
  // Signed with a token that is none of ours, or a stale one.
  fc.constant<Forgery>((request, base) => {
    const form = [...new URLSearchParams(request.body)];
    const stale = signatureOf(base + request.target, form, `${TOKEN}-of-last-year`);
    return withHeaders(request, { 'x-twilio-signature': stale });
  }),
  // Changed after it was signed: content is added, so that no other split of the same characters can be meant.
  fc.constantFrom('&Forged=1', '&CallStatus=completed-', 'x').map(
    (more): Forgery =>
      (request) => ({ ...request, body: `${request.body}${more}` }),
  ),
  fc.constant<Forgery>((request) => ({
    ...request,
    target: `${request.target}${request.target.includes('?') ? '&' : '?'}agent=evil`,
  })),
  fc
    .constantFrom(
      'application/json',
      'text/plain',
      'multipart/form-data; boundary=x',
      `${FORM_TYPE}; charset=utf-16`,
      '',
      'x',
    )
    .map(
      (type): Forgery =>
        (request) =>
          withHeaders(request, { 'content-type': type }),
    ),
  fc.constantFrom('', '{"a":', '%', '=&=&=', '\u0000', `a=${'b'.repeat(70_000)}`, '&'.repeat(60_000)).map(
    (body): Forgery =>
      (request) => ({ ...request, body }),
  ),
);

/** What must leave nothing behind. */
export const unsignedArb = (base: string, now: number): fc.Arbitrary<HostileRequest> =>
  fc
    .tuple(signedArb(base, now), forgeryArb)
    .map(([request, forge]) => forge(request, base))
    .map((request) => ({ ...request, body: request.body.replaceAll('client%3Ali.na', 'client%3Aevil') }));

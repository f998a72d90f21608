// Proves: our signature check agrees with the vectors of Twilio's own helper libraries and with what the official
// package signs, for any parameters, and that nothing else verifies.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import twilio from 'twilio';
import { verifyTwilioBodySignature, verifyTwilioSignature } from '../../../src/telephony/index.js';

interface Vector {
  id: string;
  kind: 'form' | 'body';
  token: string;
  url: string;
  params?: Record<string, string | null | string[]>;
  body?: string;
  signature: string;
  valid: boolean;
}

const file = new URL('../../golden/twilio/signature-vectors.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vector[];
const official = twilio as unknown as {
  getExpectedTwilioSignature(token: string, url: string, params: Record<string, string | string[]>): string;
};

const isUnicode = (text: string) => Buffer.from(text).toString() === text;
function pairs(params: Record<string, string | null | string[]>): [string, string][] {
  return Object.entries(params).flatMap(([name, value]) =>
    Array.isArray(value)
      ? value.map((one): [string, string] => [name, one])
      : [[name, value ?? ''] as [string, string]],
  );
}

describe('vectors of the vendor', () => {
  it('are fifty', () => expect(vectors).toHaveLength(50));

  it.each(vectors.map((vector) => [vector.id, vector] as const))('%s', (_, vector) => {
    const { url, signature } = vector;
    const tokens = [vector.token];
    const verified =
      vector.kind === 'form'
        ? verifyTwilioSignature({ url, params: pairs(vector.params ?? {}), signature, tokens })
        : verifyTwilioBodySignature({ url, rawBody: Buffer.from(vector.body ?? ''), signature, tokens });
    expect(verified).toBe(vector.valid);
  });
});

describe('what the official package signs', () => {
  const url = 'https://calls.example.com/webhooks/twilio/voice?agent=li.na&campaign=%E6%98%A5';
  const text = fc.string({ unit: 'binary', maxLength: 20 }).filter(isUnicode);
  const params = fc.dictionary(
    fc.string({ minLength: 1, maxLength: 12 }).filter((name) => name !== '__proto__'),
    fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 30 })),
    { maxKeys: 40 },
  );

  it('verifies, whatever the parameters and their order', () => {
    fc.assert(
      fc.property(params, fc.infiniteStream(fc.nat()), (generated, order) => {
        const signature = official.getExpectedTwilioSignature('token-a', url, generated);
        const shuffled = pairs(generated)
          .map((pair) => ({ pair, rank: order.next().value }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ pair }) => pair);
        expect(verifyTwilioSignature({ url, params: shuffled, signature, tokens: ['token-b', 'token-a'] })).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('does not verify with another token, URL, value, or a cut or longer signature', () => {
    const form: [string, string][] = [
      ['CallSid', 'CA1'],
      ['CallDuration', '49'],
    ];
    const signature = official.getExpectedTwilioSignature('secret', url, Object.fromEntries(form));
    const check = { url, params: form, signature, tokens: ['secret'] };
    expect(verifyTwilioSignature(check)).toBe(true);
    expect(verifyTwilioSignature({ ...check, tokens: ['Secret', 'old'] })).toBe(false);
    expect(verifyTwilioSignature({ ...check, tokens: [] })).toBe(false);
    expect(verifyTwilioSignature({ ...check, url: `${url}#rc=5` })).toBe(false);
    expect(verifyTwilioSignature({ ...check, url: url.replace('https', 'http') })).toBe(false);
    expect(verifyTwilioSignature({ ...check, url: url.replace('li.na', 'li.nb') })).toBe(false);
    expect(
      verifyTwilioSignature({
        ...check,
        params: [
          ['CallSid', 'CA1'],
          ['CallDuration', '48'],
        ],
      }),
    ).toBe(false);
    expect(verifyTwilioSignature({ ...check, params: form.slice(1) })).toBe(false);
    expect(verifyTwilioSignature({ ...check, signature: signature.slice(0, 27) })).toBe(false);
    expect(verifyTwilioSignature({ ...check, signature: `${signature} ` })).toBe(false);
  });

  it('never verifies with an empty token, which anybody could sign with', () => {
    const signature = official.getExpectedTwilioSignature('', url, {});
    expect(verifyTwilioSignature({ url, params: [], signature, tokens: [''] })).toBe(false);
  });

  it('never throws, whatever the URL and signature', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 28, maxLength: 28 }), (anyUrl, signature) => {
        expect(verifyTwilioSignature({ url: anyUrl, params: [], signature, tokens: ['t'] })).toBe(false);
        const rawBody = Buffer.from(signature);
        expect(verifyTwilioBodySignature({ url: anyUrl, rawBody, signature, tokens: ['t'] })).toBe(false);
      }),
    );
  });
});

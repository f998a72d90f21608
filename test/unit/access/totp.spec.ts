/** Proves: codes are those of RFC 6238 (its own test values), a code counts for its step and the two beside it only. */
import fc from 'fast-check';
import { base32, codeAt, matchingStep, otpauthUri, STEP_MS, stepAt } from '../../../src/access/second-factor/totp.js';

const SECRET = Buffer.from('12345678901234567890', 'ascii');

// Appendix B of RFC 6238 for SHA-1; its codes have 8 digits, the last 6 of which are the 6-digit code.
it.each([
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
])('at second %i', (seconds, code) => {
  expect(codeAt(SECRET, stepAt(seconds * 1000))).toBe(code.slice(2));
});

// Section 10 of RFC 4648, without the padding that apps leave out.
it.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('base32 of %j', (text, expected) => {
  expect(base32(Buffer.from(text))).toBe(expected);
});

it('a code is found in its own step and the two beside it, in no other', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 2 ** 34 }), fc.integer({ min: -3, max: 3 }), (step, off) => {
      const found = matchingStep(SECRET, codeAt(SECRET, step + off), step * STEP_MS + 7);
      // Two steps in a million share a code by chance.
      if (Math.abs(off) <= 1) expect(found).not.toBeNull();
      else if (found !== null) expect(codeAt(SECRET, found)).toBe(codeAt(SECRET, step + off));
    }),
  );
});

it.each(['', '12345', '1234567', '12345a', '１２３４５６', ' 123456', '-12345'])('%j is no code', (typed) => {
  expect(matchingStep(SECRET, typed, 0)).toBeNull();
});

it('the address of the QR code survives any e-mail', () => {
  const uri = new URL(otpauthUri(SECRET, 'a+b&c=d?e@例子.example'));
  expect(uri.searchParams.get('secret')).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  expect(decodeURIComponent(uri.pathname)).toContain('Tallyboard:a+b&c=d?e@例子.example');
});

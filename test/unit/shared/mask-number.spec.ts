/** Proves: a masked number never shows more than seven of at least ten digits, and never how long it was. */
import fc from 'fast-check';
import { maskNumber } from '../../../src/shared/mask-number.js';

describe('maskNumber', () => {
  it.each([
    ['+8613812341234', '138****1234'],
    ['+4915112345678', '+491****5678'],
    ['+862154321234', '+862****1234'],
    ['4008123456', '400****3456'],
    ['12345678', '****78'],
    ['10086', '****'],
    ['', '****'],
  ])('%s → %s', (number, masked) => expect(maskNumber(number)).toBe(masked));

  it('hides three digits or more of every number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+?\d{1,15}$/), (number) => {
        const shown = maskNumber(number).replace(/\D/g, '').length;
        expect(shown).toBeLessThanOrEqual(Math.max(0, Math.min(7, number.replace('+', '').length - 3)));
        expect(maskNumber(number)).toContain('****');
      }),
    );
  });
});

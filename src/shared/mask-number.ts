/** What stands for a number nobody knows any more. */
export const NO_NUMBER = '****';

/**
 * A phone number as people without the right to see it may: `+8613812341234` → `138****1234`. The mask is as long
 * whatever it hides; numbers too short to hide enough show their last two digits at most. Pure.
 */
export function maskNumber(number: string): string {
  const chinese = /^\+86(1\d{10})$/.exec(number)?.[1];
  const text = chinese ?? number;
  const sign = text.startsWith('+') ? '+' : '';
  const digits = text.replace(/\D/g, '');
  if (digits.length >= 10) return `${sign}${digits.slice(0, 3)}${NO_NUMBER}${digits.slice(-4)}`;
  return digits.length >= 6 ? `${NO_NUMBER}${digits.slice(-2)}` : NO_NUMBER;
}

/** Phone numbers as people and phone systems write them, read as E.164 where that is possible. Pure. */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';

export type ReadNumber = { kind: 'tel'; number: string } | { kind: 'anonymous' } | { kind: 'none' };

/** E.164 allows 15; some networks append routing digits. */
const DIGITS_MAX = 32;

/** What carriers and Twilio send for a withheld number: words, and the same words dialled on a keypad. */
const ANONYMOUS_WORDS = new Set([
  'anonymous',
  'restricted',
  'unavailable',
  'unknown',
  'private',
  'blocked',
  'withheld',
  'no-caller-id',
]);
const ANONYMOUS_DIGITS = new Set(['266696687', '7378742833', '86282452253', '8656696', '2562533']);
const E164 = /^\+[1-9]\d{7,14}$/;

export function isAnonymousWord(text: string): boolean {
  return ANONYMOUS_WORDS.has(text.toLowerCase());
}

/** @param country ISO 3166 code by which local forms are read */
export function readNumber(raw: string, country: string): ReadNumber {
  if (E164.test(raw)) return withheld(raw.slice(1)) ?? { kind: 'tel', number: raw };
  const text = raw.split(';')[0]?.trim() ?? '';
  if (isAnonymousWord(text)) return { kind: 'anonymous' };
  // Digits of other scripts (full-width, Arabic) are left to the library; a word is no number.
  const digits = text.replace(/[\s().\-/]/g, '');
  const hidden = withheld(digits.replace(/^\+/, ''));
  if (hidden !== null) return hidden;
  if (E164.test(digits)) return { kind: 'tel', number: digits };
  const e164 = toE164(text, digits, country);
  if (e164 !== null) return { kind: 'tel', number: e164 };
  const verbatim = digits.replace(/[^\p{Nd}+*#]/gu, '');
  const isNumber = /\p{Nd}{2,}/u.test(verbatim) && verbatim.length <= DIGITS_MAX && !/\p{L}/u.test(text);
  return isNumber ? { kind: 'tel', number: verbatim } : { kind: 'none' };
}

/** A number of the organisation's country, else one whose `+` got lost, else a possible one of the country. */
function toE164(text: string, digits: string, country: string): string | null {
  const region = Object.hasOwn(metadata.countries, country) ? (country as CountryCode) : undefined;
  const local = parsePhoneNumberFromString(text, { defaultCountry: region, extract: false }, metadata);
  if (local?.isValid()) return local.number;
  const international = /^[1-9]\d{9,14}$/.test(digits) ? parsePhoneNumberFromString(`+${digits}`, metadata) : undefined;
  if (international?.isValid()) return international.number;
  return local?.isPossible() ? local.number : null;
}

function withheld(digits: string): { kind: 'anonymous' } | null {
  return ANONYMOUS_DIGITS.has(digits) ? { kind: 'anonymous' } : null;
}

import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';
import type { TranslatedParty } from '../../calls/index.js';

/** One end of a Twilio leg (`From`, `To`): an agent's address, a customer's number, or neither. */

const IDENTITY_LENGTH_MAX = 256;
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

/** Null when it is an agent's address that no event may carry (control characters, longer than any identity). */
export function parseParty(raw: string, country: string): TranslatedParty | null {
  const address = raw.trim();
  if (address === '') return { kind: 'none' };
  if (/^\+[1-9]\d{7,14}$/.test(address)) return withheld(address.slice(1)) ?? { kind: 'tel', number: address };
  const colon = address.indexOf(':');
  const scheme = colon === -1 ? '' : address.slice(0, colon).toLowerCase();
  const rest = address.slice(colon + 1);
  const strange = address.length > IDENTITY_LENGTH_MAX || hasControlCharacter(address);
  // Whatever a softphone's application put into `To` is no reason to lose the leg; an agent's address has to be sane.
  if (strange) return scheme === 'client' || scheme === 'sip' || scheme === 'sips' ? null : { kind: 'none' };
  if (scheme === 'client') return rest === '' ? { kind: 'none' } : { kind: 'client', identity: rest };
  if (scheme === 'sip' || scheme === 'sips') return sipParty(rest, country);
  if (scheme === '' || scheme === 'tel') return numberParty(rest, country);
  // `sim:`, `conference:`, `queue:` and whatever comes: neither an agent's address nor a customer's number.
  return { kind: 'none' };
}

/** NUL cannot be stored as text and none of the others is ever meant. */
export function hasControlCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

/**
 * The user part is the identity; host and parameters are routing. A user that is a phone number (a trunk to the
 * network) is the customer's number, not an agent, and must not be stored as an identity.
 */
function sipParty(rest: string, country: string): TranslatedParty {
  const [address = '', ...parameters] = rest.split(';');
  const at = address.lastIndexOf('@');
  const user = decodeUser(at === -1 ? '' : address.slice(0, at)).split(':')[0] ?? '';
  if (user.trim() === '') return { kind: 'none' };
  if (ANONYMOUS_WORDS.has(user.toLowerCase())) return { kind: 'anonymous' };
  const isPhone = parameters.some((parameter) => parameter.trim().toLowerCase() === 'user=phone');
  if (isPhone || /^\+[1-9]\d{7,14}$/.test(user) || /^\d{9,15}$/.test(user)) return numberParty(user, country);
  return { kind: 'sip', identity: user };
}

function decodeUser(user: string): string {
  if (!user.includes('%')) return user;
  try {
    const decoded = decodeURIComponent(user);
    return hasControlCharacter(decoded) ? user : decoded;
  } catch {
    return user;
  }
}

function numberParty(raw: string, country: string): TranslatedParty {
  const text = raw.split(';')[0]?.trim() ?? '';
  if (ANONYMOUS_WORDS.has(text.toLowerCase())) return { kind: 'anonymous' };
  // Digits of other scripts (full-width, Arabic) are left to the library; a word is no number.
  const digits = text.replace(/[\s().\-/]/g, '');
  const hidden = withheld(digits.replace(/^\+/, ''));
  if (hidden !== null) return hidden;
  if (/^\+[1-9]\d{7,14}$/.test(digits)) return { kind: 'tel', number: digits };
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

function withheld(digits: string): TranslatedParty | null {
  return ANONYMOUS_DIGITS.has(digits) ? { kind: 'anonymous' } : null;
}

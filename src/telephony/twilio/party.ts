import type { TranslatedParty } from '../../calls/index.js';
import { isAnonymousWord, readNumber } from '../../customers/index.js';

/** One end of a Twilio leg (`From`, `To`): an agent's address, a customer's number, or neither. */

const IDENTITY_LENGTH_MAX = 256;

/** Null when it is an agent's address that no event may carry (control characters, longer than any identity). */
export function parseParty(raw: string, country: string): TranslatedParty | null {
  const address = raw.trim();
  if (address === '') return { kind: 'none' };
  if (/^\+[1-9]\d{7,14}$/.test(address)) return readNumber(address, country);
  const colon = address.indexOf(':');
  const scheme = colon === -1 ? '' : address.slice(0, colon).toLowerCase();
  const rest = address.slice(colon + 1);
  const strange = address.length > IDENTITY_LENGTH_MAX || hasControlCharacter(address);
  // Whatever a softphone's application put into `To` is no reason to lose the leg; an agent's address has to be sane.
  if (strange) return scheme === 'client' || scheme === 'sip' || scheme === 'sips' ? null : { kind: 'none' };
  if (scheme === 'client') return rest === '' ? { kind: 'none' } : { kind: 'client', identity: rest };
  if (scheme === 'sip' || scheme === 'sips') return sipParty(rest, country);
  if (scheme === '' || scheme === 'tel') return readNumber(rest, country);
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
  if (isAnonymousWord(user)) return { kind: 'anonymous' };
  const isPhone = parameters.some((parameter) => parameter.trim().toLowerCase() === 'user=phone');
  if (isPhone || /^\+[1-9]\d{7,14}$/.test(user) || /^\d{9,15}$/.test(user)) return readNumber(user, country);
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

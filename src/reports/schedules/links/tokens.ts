/** What stands in a message, and what a download begins with: keyed hashes, so that neither is kept and both are ours. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Keys } from '../../../platform/index.js';

function keyed(keys: Keys, text: string): Buffer {
  return createHmac('sha256', keys.subKey('pack-link')).update(text, 'utf8').digest();
}

/**
 * The token of a delivery's link: from its random id, so that a message that is sent again has the same one, and nobody who
 * reads the database can make it.
 */
export function linkToken(keys: Keys, messageId: string): string {
  return keyed(keys, `link:${messageId}`).toString('base64url');
}

export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

/** What may be fetched until when, and in whose name; null: nobody's, without sign-in. */
export interface Ticket {
  linkId: string;
  userId: number | null;
  /** Epoch ms. */
  expiresAt: number;
}

export function ticketText(keys: Keys, { linkId, userId, expiresAt }: Ticket): string {
  const said = `${linkId}.${userId ?? 0}.${expiresAt}`;
  return `${said}.${keyed(keys, `ticket:${said}`).toString('base64url')}`;
}

/** Null: not one of ours, or over. */
export function readTicket(keys: Keys, text: string, now: number): Ticket | null {
  const found = /^([1-9]\d{0,17})\.(\d{1,10})\.(\d{1,15})\.([\w-]{43})$/.exec(text);
  if (found === null) return null;
  const [, linkId = '', user = '', expires = '', proof = ''] = found;
  const wanted = keyed(keys, `ticket:${linkId}.${user}.${expires}`);
  const given = Buffer.from(proof, 'base64url');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted) || Number(expires) <= now) return null;
  return { linkId, userId: user === '0' ? null : Number(user), expiresAt: Number(expires) };
}

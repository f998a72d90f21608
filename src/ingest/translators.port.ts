/**
 * Port: raw request → event of any family, per provider. Owned by ingest (which re-translates from the log), filled by telephony.
 * Translating is pure and never throws: what cannot be used is an answer with a reason from the provider's closed list.
 */
import type { Translated } from './log/families.js';

/** What was received, as it was received. */
export interface RawRequest {
  provider: string;
  /** The provider's endpoint: `voice`, `amd`, `recording`. */
  kind: string;
  /** Path and query exactly as requested. */
  target: string;
  body: Buffer;
  /** Epoch ms. */
  receivedAt: number;
}

export type Translation = { ok: true; event: Translated } | { ok: false; reason: string; field?: string };

export interface Translators {
  /** `country`: ISO 3166 code by which numbers in local form are read. */
  translate(raw: RawRequest, country: string): Translation;
}

export const TRANSLATORS = Symbol('Translators');

/** Fills the port `Translators` of ingest: one entry a provider. */
import type { RawRequest, Translation, Translators } from '../ingest/index.js';
import { TWILIO_PROVIDER } from './twilio/translate.js';
import { retranslateTwilio } from './twilio/twilio-webhook.js';

const BY_PROVIDER: Record<string, (raw: RawRequest, country: string) => Translation> = {
  [TWILIO_PROVIDER]: retranslateTwilio,
};

export const translators: Translators = {
  translate(raw, country) {
    const translate = BY_PROVIDER[raw.provider];
    return translate === undefined ? { ok: false, reason: 'provider_unknown' } : translate(raw, country);
  },
};

/** Fills the port `Translators` of ingest: one entry a provider. What is entered here itself has one for each kind. */
import { OUTCOME_KIND, OWN_PROVIDER, translateOutcome } from '../calls/index.js';
import type { RawRequest, Translation, Translators } from '../ingest/index.js';
import { STATE_KIND, translateState } from '../presence/index.js';
import { TWILIO_PROVIDER } from './twilio/translate.js';
import { retranslateTwilio } from './twilio/twilio-webhook.js';

type Translate = (raw: RawRequest, country: string) => Translation;

const OWN_KINDS: Record<string, Translate> = {
  [OUTCOME_KIND]: translateOutcome,
  [STATE_KIND]: translateState,
};

const UNKNOWN: Translation = { ok: false, reason: 'provider_unknown' };

const BY_PROVIDER: Record<string, Translate> = {
  [TWILIO_PROVIDER]: retranslateTwilio,
  [OWN_PROVIDER]: (raw, country) => OWN_KINDS[raw.kind]?.(raw, country) ?? UNKNOWN,
};

export const translators: Translators = {
  translate(raw, country) {
    return BY_PROVIDER[raw.provider]?.(raw, country) ?? UNKNOWN;
  },
};

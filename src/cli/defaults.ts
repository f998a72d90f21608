import { loadConfig } from '../platform/config/index.js';

/** The first token of this machine's settings: what a simulator on the same machine signs with. */
export function defaultToken(): string | null {
  return loadConfig().twilioAuthTokens[0] ?? null;
}

/** The key of this machine's settings: what a simulator on the same machine enters outcomes with. */
export function defaultApiKey(): string | null {
  return loadConfig().apiKey;
}

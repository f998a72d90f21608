import { loadConfig } from '../platform/config/index.js';

/** The first token of this machine's settings: what a simulator on the same machine signs with. */
export function defaultToken(): string | null {
  return loadConfig().twilioAuthTokens[0] ?? null;
}

import type { OutcomeInput, OutcomeView } from '../../../src/shared/outcomes.js';
import { getOutcomes, patchOutcome, postOutcome } from '../api/index.js';

/** What an outcome is about, as far as it is known: its call, else the customer and who spoke to them. */
export interface OutcomeAbout {
  callId?: string;
  /** A number, where there was no call. */
  customer?: string;
  agentId?: number;
  /** Key of the campaign, where there was no call. */
  campaign?: string;
}

const EVERY_MS = 200;
const AT_MOST_MS = 4_000;

/**
 * Sends what was entered, as a new outcome or as a correction, and waits until it counts.
 *
 * @returns false when it is accepted but does not count yet (the database is away): it will
 */
export async function saveOutcome(
  externalId: string,
  about: OutcomeAbout,
  before: OutcomeView | null,
  content: Omit<OutcomeInput, 'externalId'>,
): Promise<boolean> {
  if (before !== null) {
    await patchOutcome(before.id, content);
    return counts(before.callId, before.externalId, before.version);
  }
  const { callId, ...rest } = about;
  await postOutcome({ externalId, ...(callId === undefined ? {} : { call: callId }), ...rest, ...content });
  return callId === undefined ? true : counts(callId, externalId, 0);
}

async function counts(call: string | null, externalId: string, after: number): Promise<boolean> {
  if (call === null) return true;
  for (let waited = 0; waited < AT_MOST_MS; waited += EVERY_MS) {
    const { outcomes } = await getOutcomes({ call }, null);
    if (outcomes.some((one) => one.externalId === externalId && one.version > after)) return true;
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
  return false;
}

import type { OutcomeCorrection, OutcomeInput, OutcomeView } from '../../../src/shared/outcomes.js';
import { getOutcome, getOutcomes, patchOutcome, postOutcome } from '../api/index.js';

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
  if (before !== null) return correctOutcomeNow(before, content);
  const { callId, ...rest } = about;
  await postOutcome({ externalId, ...(callId === undefined ? {} : { call: callId }), ...rest, ...content });
  if (callId === undefined) return true;
  return eventually(async () => {
    const { outcomes } = await getOutcomes({ call: callId }, null);
    return outcomes.some((one) => one.externalId === externalId);
  });
}

/** Corrects an outcome and waits until that counts; false as with `saveOutcome`. */
export async function correctOutcomeNow(before: OutcomeView, correction: OutcomeCorrection): Promise<boolean> {
  await patchOutcome(before.id, correction);
  return eventually(async () => (await getOutcome(before.id)).version > before.version);
}

async function eventually(holds: () => Promise<boolean>): Promise<boolean> {
  for (let waited = 0; waited < AT_MOST_MS; waited += EVERY_MS) {
    if (await holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
  return false;
}

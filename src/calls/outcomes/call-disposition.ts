/** What the outcomes of one call say of the call. Pure. */
import type { CallDisposition, CallFact, Reached } from '../call-fact.js';
import type { OutcomeFact } from './outcome-fact.js';

export const NO_DISPOSITION: Readonly<CallDisposition> = { dispositionId: null, reached: null, sales: 0 };

export function dispositionOf(outcomes: readonly OutcomeFact[]): CallDisposition {
  let latest: OutcomeFact | null = null;
  let sales = 0;
  for (const outcome of outcomes) {
    if (outcome.sold) sales++;
    if (outcome.cancelled || outcome.dispositionId === null) continue;
    if (latest === null || outcome.at > latest.at || (outcome.at === latest.at && outcome.id > latest.id))
      latest = outcome;
  }
  return latest === null
    ? { ...NO_DISPOSITION, sales }
    : { dispositionId: latest.dispositionId, reached: reachedBy(latest), sales };
}

function reachedBy({ flags }: OutcomeFact): Reached {
  if (flags.includes('contact') || flags.includes('sale')) return 'contact';
  return flags.includes('human') ? 'human' : 'none';
}

/**
 * Did a person answer: a sale or the disposition says so; without either detection does, or, where none ran, the campaign
 * assumes it. Detection "unknown" is no person. Needs a connect.
 */
export function isHuman(fact: CallFact): boolean {
  if (fact.outcome !== 'answered') return false;
  if (fact.sales > 0) return true;
  if (fact.reached !== null) return fact.reached !== 'none';
  return fact.answeredBy === 'human' || (fact.answeredBy === null && fact.assumeHuman);
}

/** A machine or a fax answered, as detection says and nobody who entered something denies. Needs a connect. */
export function isMachine(fact: CallFact): boolean {
  const detected = fact.answeredBy === 'machine' || fact.answeredBy === 'fax';
  return fact.outcome === 'answered' && detected && !isHuman(fact);
}

/** The right person: a sale or the disposition says so. Needs a connect. */
export function isContact(fact: CallFact): boolean {
  return fact.outcome === 'answered' && (fact.sales > 0 || fact.reached === 'contact');
}

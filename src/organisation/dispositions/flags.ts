/** What flags of a disposition say about each other and about the fields it may require. Pure. */
import { DISPOSITION_FLAGS, type DispositionFlag, OUTCOME_FIELDS, type OutcomeField } from '../../shared/outcomes.js';

const IMPLIES: Partial<Record<DispositionFlag, DispositionFlag>> = { sale: 'contact', contact: 'human' };

/** With everything they imply, each once, in the order of the vocabulary. */
export function impliedFlags(given: readonly DispositionFlag[]): DispositionFlag[] {
  const all = new Set(given);
  for (const flag of [...all]) {
    for (let next = IMPLIES[flag]; next !== undefined; next = IMPLIES[next]) all.add(next);
  }
  return DISPOSITION_FLAGS.filter((flag) => all.has(flag));
}

/** Each once, in the order of the vocabulary. */
export function orderedFields(given: readonly OutcomeField[]): OutcomeField[] {
  return OUTCOME_FIELDS.filter((field) => given.includes(field));
}

/** An amount can be required of sales only; null: all is well. */
export function impossibleRequirement(
  flags: readonly DispositionFlag[],
  required: readonly OutcomeField[],
): OutcomeField | null {
  return required.includes('amount') && !flags.includes('sale') ? 'amount' : null;
}

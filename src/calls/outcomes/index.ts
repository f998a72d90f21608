export * from './apply-outcomes.js';
export * from './call-disposition.js';
export * from './merge-outcome.js';
export { NOTE_SEAL, OutcomeNotes } from './notes.js';
export * from './outcome-event.js';
export * from './outcome-fact.js';
export { OutcomeInputSchema, type ParsedOutcome } from './outcome-input.js';
export {
  OUTCOME_COLUMNS,
  type OutcomeRow,
  outcomesBetween,
  outcomesOfCalls,
  type StoredOutcome,
  storedOutcomes,
  toOutcomeFact,
} from './outcomes.repository.js';
export { resolveOutcome } from './resolve-outcome.js';
export { splitByShares } from './split.js';
export * from './translate-outcome.js';

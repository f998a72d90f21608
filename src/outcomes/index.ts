export { listOutcomes, type OutcomeListing } from './list-outcomes.js';
export { outcomeView, toldSale } from './outcome-view.js';
export { outcomesModule } from './outcomes.module.js';
export { type FoundOutcome, foundOf, NAMED_OUTCOME, OUTCOME_TABLES, type OutcomeNames } from './outcomes.repository.js';
export { type OutcomesQuery, readOutcomesQuery } from './outcomes-query.js';

export { listOutcomes, type OutcomeListing } from './list-outcomes.js';
export { outcomesModule } from './outcomes.module.js';
export { type OutcomesQuery, readOutcomesQuery } from './outcomes-query.js';

export { type ClosedDifference, closedDifferences, settleClosed, unsettleClosed } from './closed-months.js';
export * from './contribution.js';
export { coordinatesOf } from './customer-derivation.js';
export { contributionOfOutcome } from './outcome-contribution.js';
export { allRetained, restoreRetained, retainFacts, retainTimes } from './retained.repository.js';
export { RollupDeltas, type RollupRow, slotsOfDate } from './rollup.repository.js';
export { type Committed, RollupService } from './rollup.service.js';
export { type AuditCounters, auditSlot, SelfAuditJob } from './self-audit.job.js';
export { contributionOfTime } from './state-contribution.js';

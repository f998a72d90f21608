export { SettlingJob } from './closing/settling.job.js';
export { figureOf } from './figures.js';
export { loadDay } from './pace/load-day.js';
export { attainmentOf } from './pace/progress.js';
export { countCustomers, filtersOf } from './pace/scope-figures.js';
export { type ReachedTarget, TargetsReached } from './pace/targets-reached.js';
export { TargetBook } from './target-book.js';
export type { LoadOnly, TargetOfDay, TargetsOfDay, TodaySums } from './targets-of-day.js';
export type { Zone } from './zone.js';

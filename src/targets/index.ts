export { SettlingJob } from './closing/settling.job.js';
export { attainmentOf } from './pace/progress.js';
export { TargetBook } from './target-book.js';
export type { LoadOnly, TargetOfDay, TargetsOfDay, TodaySums } from './targets-of-day.js';
export type { Zone } from './zone.js';

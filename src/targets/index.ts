export { PeriodsService } from './closing/periods.service.js';
export { SettlingJob } from './closing/settling.job.js';
export { attainmentOf } from './pace/progress.js';
export { type ReachedTarget, reachedToday, TargetsReached } from './pace/targets-reached.js';
export { TargetBook } from './target-book.js';
export type { LoadOnly, TargetOfDay, TargetsOfDay, TodaySums } from './targets-of-day.js';
export type { Zone } from './zone.js';

export { RetentionJob } from './retention.job.js';
export { retentionModule } from './retention.module.js';
export { type RetentionParts, RetentionService, RUN_EVERY_MS } from './retention.service.js';

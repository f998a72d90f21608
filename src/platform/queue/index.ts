export { migrateQueue } from './backends.js';
export type { QueueTimings } from './bull-queue.js';
export { createQueues, type QueueSettings, queueKind } from './queues.js';
export type { AddOptions, QueueKind, Queues, Task, TaskData, TaskHandler, TaskQueue } from './task-queue.js';

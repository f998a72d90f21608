export { CallbackJob, closedEvent } from './fold/callback.job.js';
export { backlogOf, EVENT_COLUMNS } from './fold/fold.repository.js';
export { FoldService, type Pass } from './fold/fold.service.js';
export { FOLD_LOCK, lockFold } from './fold/fold-lock.js';
export { STALE_AFTER_MS, StaleJob } from './fold/stale.job.js';
export { StatusJob } from './fold/status.job.js';
export { Freshness } from './freshness.js';
export { IngestController } from './ingest.controller.js';
export { IngestService } from './ingest.service.js';
export { ensureRawPartitions } from './log/event-log.repository.js';
export {
  callEventsSql,
  type Family,
  familyOf,
  isOutcome,
  isPresence,
  numbersOf,
  type Translated,
} from './log/families.js';
export { forgetLegs, holdLog, legsAwaited } from './log/forgotten.js';
export { dayOf, type Entry, keyOf, LogWriter, type Stored } from './log/log-writer.js';
export { numbersMentioned, valuesOf } from './log/mentions.js';
export { unpackRaw } from './log/raw-record.js';
export { RecentEvents } from './log/recent-events.js';
export { Spool } from './log/spool.js';
export {
  byFamily,
  type EventsByFamily,
  PARTITIONS,
  type PendingEvent,
  partitionOf,
  type StoredEvent,
  type StoredFields,
  toCallEvent,
  toOutcomeEvent,
  toPresenceEvent,
  toStored,
} from './log/stored-event.js';
export { PARK_REASONS } from './parked/park-reasons.js';
export { ParkedService, type ReplayResult } from './parked/parked.service.js';
export { AttentionController } from './resolve/attention.controller.js';
export { OwnNumberBook } from './resolve/own-number-book.js';
export { PresenceJob } from './resolve/presence.job.js';
export { Reattribution } from './resolve/reattribution.js';
export { openTasks, settledOutcomesSql, settledSql, type Task, waitingAmong } from './resolve/resolution.repository.js';
export { UnresolvedReadModel } from './resolve/unresolved.read-model.js';
export { StatusReadModel } from './status.read-model.js';
export { submitOutcomes } from './submit-outcomes.js';
export { type RawRequest, TRANSLATORS, type Translation, type Translators } from './translators.port.js';

export { applyPresence, settleIntervals } from './facts/apply-presence.js';
export {
  agentsWithStates,
  checkAgent,
  isSettled,
  queuedStreams,
  rowsOfEvents,
  slotsOfAgent,
} from './facts/check.js';
export { rowsOfStreams } from './facts/interval.repository.js';
export { type IntervalRow, rowKey } from './facts/interval-row.js';
export { mergeSettled, oldMarks, settleCalls, settleMarks, timesOfSlot } from './facts/settled.js';
export { queueAffected } from './facts/todo.repository.js';
export { type WorkedOff, workOff } from './facts/work-off.js';
export { CURRENT_SETTINGS, type CurrentSettings, SAY_STATE, type SayState } from './http/ports.js';
export { PresenceModule } from './http/presence.module.js';
export { knowWorkers } from './marks/new-workers.js';
export { openSpanMs, openTimes } from './open-times.js';
export {
  STATE_KIND,
  STATE_PARK_REASONS,
  STATE_TARGET,
  stateBody,
  translateState,
} from './own-events.js';
export {
  type PresenceEvent,
  type PresenceEventType,
  type PresenceTold,
  switchStream,
  type TranslatedPresence,
} from './presence-event.js';

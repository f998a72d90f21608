export { applyPresence, settleIntervals } from './facts/apply-presence.js';
export { queueAffected } from './facts/todo.repository.js';
export { type WorkedOff, workOff } from './facts/work-off.js';
export { CURRENT_SETTINGS, type CurrentSettings, SAY_STATE, type SayState } from './http/ports.js';
export { PresenceModule } from './http/presence.module.js';
export { knowWorkers } from './marks/new-workers.js';
export {
  STATE_KIND,
  STATE_PARK_REASONS,
  STATE_PROVIDER,
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

export { applyPresence, settleIntervals } from './facts/apply-presence.js';
export { knowWorkers } from './marks/new-workers.js';
export {
  type PresenceEvent,
  type PresenceEventType,
  type PresenceTold,
  switchStream,
  type TranslatedPresence,
} from './presence-event.js';

export { type Clock, isoOf, ManualClock, monotonicMs, systemClock } from './clock.js';
export { jitter, pooledSecureBytes, readablePassword, secureBytes, secureDigits, secureToken, uuid } from './random.js';
export { delay } from './wait.js';

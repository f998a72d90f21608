export * from './calls.js';
export * from './event.js';
export * from './histories.js';
export * from './organisation.js';
export * from './sums.js';
export * from './wall-time.js';

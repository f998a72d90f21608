export * from './outcome-event.js';
export * from './outcome-fact.js';

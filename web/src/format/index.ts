export * from './durations.js';
export * from './numbers.js';
export * from './times.js';

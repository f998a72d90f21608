export * from './durations.js';
export * from './kpi.js';
export * from './numbers.js';
export * from './times.js';

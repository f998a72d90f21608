export * from './business-time.js';
export * from './settings.repository.js';
export * from './settings-snapshot.js';

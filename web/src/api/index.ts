export * from './accounts.js';
export * from './boards.js';
export * from './client.js';
export * from './endpoints.js';
export * from './organisation.js';
export { pathAfterSignIn, signInPath } from './paths.js';
export * from './privacy.js';
export { createQueryClient } from './queries.js';

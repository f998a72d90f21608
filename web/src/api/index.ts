export * from './client.js';
export * from './endpoints.js';
export { pathAfterSignIn, signInPath } from './paths.js';
export { createQueryClient } from './queries.js';

export * from './client.js';
export * from './endpoints.js';
export { createQueryClient, pathAfterSignIn, signInPath } from './queries.js';

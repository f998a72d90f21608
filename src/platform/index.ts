export * from './clock/index.js';
export * from './config/index.js';
export * from './database/index.js';
export * from './errors/index.js';
export * from './keys/index.js';
export * from './logging/index.js';
export { projectRoot } from './project-root.js';
export * from './tokens.js';

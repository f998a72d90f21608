export * from './catalog/index.js';
export * from './read/index.js';
export * from './rollup/index.js';

export { ComparisonModule } from './comparison.module.js';
export { type Figure, figureOf } from './figure.js';
export * from './statistics/index.js';

export { compareGroup } from './compare.js';
export { ComparisonModule } from './comparison.module.js';
export { type Figure, figureOf, operandsOf } from './figure.js';
export { periodOf } from './ranges.js';
export * from './statistics/index.js';

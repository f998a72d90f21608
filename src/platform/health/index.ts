export { checkReadiness, FOLD_LAG, type FoldLag, type Readiness, registerHealth } from './health.js';

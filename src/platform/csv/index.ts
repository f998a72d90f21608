export { type Cell, csvLine, readCell } from './csv-text.js';

export { takesCsv } from './csv-bodies.js';
export { CSV_ROWS_MAX, type CsvRow, readCsvTable } from './csv-table.js';
export { type Cell, csvLine, readCell } from './csv-text.js';

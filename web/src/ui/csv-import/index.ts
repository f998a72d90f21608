export { CsvImport } from './csv-import.js';
export { ImportTotals } from './import-totals.js';

export { type RowCell, type RowColumn, type RowColumnType, type RowsOptions, writeRows } from './rows.js';

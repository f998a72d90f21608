export { type RowCell, type RowColumn, type RowColumnType, type RowsOptions, writeRows } from './rows.js';
export { documentFileType, type FileType, writeDocument } from './write-document.js';

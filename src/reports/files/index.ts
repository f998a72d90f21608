export { type WriteAside, whenThreadIsFree } from './aside.js';
export type { RowCell, RowColumn, RowColumnType, RowsOptions } from './rows.js';
export { rangeText } from './words.js';
export { documentFileType, type FileType, writeDocument, writeRows } from './write-document.js';

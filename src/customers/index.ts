export * from './customer-numbers.js';
export { calledWhileListedSql, everListedSql } from './do-not-call/listed-sql.js';
export * from './erasures.js';
export { forgetInLists, keepRefusals } from './lists-kept.js';
export { type TouchedGrouping, touchedSql } from './ownership/touched-sql.js';
export { isAnonymousWord, type ReadNumber, readNumber } from './read-number.js';

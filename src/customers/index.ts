export * from './customer-numbers.js';
export * from './erasures.js';
export { isAnonymousWord, type ReadNumber, readNumber } from './read-number.js';

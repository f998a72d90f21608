export * from './customer-numbers.js';

/** How figures read: one set of rules for screens and for the files the server writes. */
export * from '../../../src/shared/format/index.js';

export { chromiumPath } from './browser.js';
export { testConfig } from './config.js';
export { createTestDatabase, type TestDatabase, withDatabase } from './database.js';
export { eventually } from './eventually.js';
export { type TemporaryDirectory, temporaryDirectory } from './files.js';
export { type Product, startProduct } from './start-product.js';

export { connectionSettings, createPool, ensureDatabase, waitForDatabase } from './connect.js';
export { lockDataDir } from './data-dir-users.js';
export { closeAllEmbedded, type EmbeddedOptions, EmbeddedPostgres } from './embedded.js';
export { type Database, type OpenDatabaseOptions, openDatabase } from './open-database.js';
export { beforeCommit, currentTransaction, inTransaction, READ_SNAPSHOT } from './transaction.js';

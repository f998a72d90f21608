import type { Command } from 'commander';
import { createLogger, loadConfig, migrateQueue, openDatabase, queueKind } from '../platform/index.js';

export function registerMigrate(program: Command): void {
  program
    .command('migrate')
    .description('Bring the database schema up to this version. `start` does this too; use it to migrate beforehand.')
    .action(migrate);
}

async function migrate(): Promise<void> {
  const config = loadConfig();
  const database = await openDatabase(config, { log: createLogger({ level: config.logLevel }) });
  try {
    const done = await database.migrate();
    if (queueKind(config) === 'postgres') await migrateQueue(database.pool);
    console.log(done.length === 0 ? 'The schema is up to date.' : `Migrated: ${done.join(', ')}`);
  } finally {
    await database.close();
  }
}

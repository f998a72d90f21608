import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { AppError } from '../errors/index.js';
import { projectRoot } from '../project-root.js';

export const MIGRATIONS_TABLE = 'schema_migration';

/** TypeORM orders migrations by the 13 digits (milliseconds) at the end of their name; ours are numbered. */
const NAME_EPOCH = 1_700_000_000_000;
const LOCK_KEY = 7_201_135;

type MigrationClass = new () => MigrationInterface;

/**
 * `migrations/0001_spine.up.sql` and its `.down.sql` as classes for TypeORM's runner: the SQL stays SQL, readable and
 * runnable by hand, and there is nothing to compile.
 */
export function loadMigrations(dir = join(projectRoot(), 'migrations')): MigrationClass[] {
  const files = readdirSync(dir).filter((file) => file.endsWith('.up.sql'));
  return files.sort().map((file) => {
    const match = /^(\d{4})_([a-z0-9_]+)\.up\.sql$/.exec(file);
    if (match === null) throw new Error(`migrations/${file}: the name must be NNNN_words.up.sql`);
    const [, number = '', words = ''] = match;
    const up = readFileSync(join(dir, file), 'utf8');
    const down = readFileSync(join(dir, file.replace('.up.sql', '.down.sql')), 'utf8');
    return migrationClass(`${words}${NAME_EPOCH + Number(number)}`, up, down);
  });
}

function migrationClass(migrationName: string, up: string, down: string): MigrationClass {
  return class implements MigrationInterface {
    readonly name = migrationName;

    async up(runner: QueryRunner): Promise<void> {
      await run(runner, up);
    }

    async down(runner: QueryRunner): Promise<void> {
      await run(runner, down);
    }
  };
}

/** The limits of ordinary statements do not fit a change of schema. */
async function run(runner: QueryRunner, sql: string): Promise<void> {
  await runner.query('SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 60000');
  await runner.query(sql);
}

/** TypeORM's error carries the whole script; people need the sentence and the place. */
function migrationFailure(error: unknown): AppError {
  const { query, position, message } = error as { query?: string; position?: string; message?: string };
  const line =
    query && position ? ` (line ${query.slice(0, Number(position)).split('\n').length} of the migration)` : '';
  return new AppError('migration_failed', { params: { reason: `${message}${line}` } });
}

/** Names of the migrations the database has and this version does not know. */
async function unknownMigrations(pool: Pool, dataSource: DataSource): Promise<string[]> {
  const known = new Set(dataSource.migrations.map((migration) => migration.name ?? ''));
  return (await appliedMigrations(pool)).filter((name) => !known.has(name));
}

async function appliedMigrations(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [
    MIGRATIONS_TABLE,
  ]);
  if (!rows[0]?.there) return [];
  const applied = await pool.query<{ name: string }>(`SELECT name FROM ${MIGRATIONS_TABLE} ORDER BY timestamp`);
  return applied.rows.map((row) => row.name);
}

/** True when the schema is exactly the one of this version. */
export async function isMigrated(pool: Pool, dataSource: DataSource): Promise<boolean> {
  const applied = new Set(await appliedMigrations(pool));
  return applied.size === dataSource.migrations.length && (await unknownMigrations(pool, dataSource)).length === 0;
}

/**
 * Brings the schema up to this version; returns the names of what was run. Several processes may call it at once.
 * Throws `database_newer` when the database is ahead of the code.
 */
export async function runMigrations(pool: Pool, dataSource: DataSource): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query('SET lock_timeout = 120000');
    await client.query('SELECT pg_advisory_lock($1)', [LOCK_KEY]);
    const unknown = await unknownMigrations(pool, dataSource);
    if (unknown.length > 0) throw new AppError('database_newer', { params: { migrations: unknown.join(', ') } });
    const done = await dataSource.runMigrations({ transaction: 'each' });
    return done.map((migration) => migration.name);
  } catch (error) {
    throw error instanceof AppError ? error : migrationFailure(error);
  } finally {
    // Closing the connection gives the lock back whatever state it is in.
    client.release(true);
  }
}

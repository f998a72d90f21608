import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { AuditAnchor, type AuditVerification, ChainedAuditLog, verifyAudit } from '../audit/index.js';
import { AuditReadModel, readFilter } from '../oversight/index.js';
import {
  type Config,
  createLogger,
  type Database,
  inTransaction,
  type Keys,
  loadConfig,
  openDatabase,
  openKeys,
  READ_SNAPSHOT,
  systemClock,
} from '../platform/index.js';

interface Opened {
  config: Config;
  database: Database;
  keys: Keys;
  anchor: AuditAnchor;
}

interface ExportOptions {
  demo?: boolean;
  from?: string;
  to?: string;
  actor?: string;
  action?: string;
  subject?: string;
  outcome?: string;
  output?: string;
}

/** `tallyboard audit verify | export`. Both work beside a running server and without one. */
export function registerAudit(program: Command): void {
  const audit = program.command('audit').description('Prove the audit log, or take it out as CSV.');
  audit
    .command('verify')
    .description(
      'Prove every entry, the origin and the end against the anchor file; say where something is wrong and exit 1.',
    )
    .option('--demo', 'the data of the demo')
    .option('--json', 'one JSON object instead of text')
    .action((options: { demo?: boolean; json?: boolean }) =>
      opened(options, async ({ database, keys, anchor }) => {
        // Before the snapshot: what is anchored meanwhile would be an end the snapshot does not know.
        const anchored = anchor.read();
        const found = await inTransaction(database.pool, (tx) => verifyAudit(tx, keys, anchored), READ_SNAPSHOT);
        console.log(options.json ? JSON.stringify(found) : asText(found, anchor.file));
        process.exitCode = found.ok ? 0 : 1;
      }),
    );
  audit
    .command('export')
    .description('Entries as CSV, newest first. The export is itself an entry of the log.')
    .option('--demo', 'the data of the demo')
    .option('--from <instant>', 'ISO 8601, inclusive')
    .option('--to <instant>', 'ISO 8601, exclusive')
    .option('--actor <who>', 'user:3, key:2, or a kind: user, key, screen, system, anonymous')
    .option('--action <names>', 'names or areas, comma-separated')
    .option('--subject <what>', 'team:12, or a kind')
    .option('--outcome <outcome>', 'done or refused')
    .option('--output <file>', 'write to a new file instead of the terminal')
    .action((options: ExportOptions) => opened(options, (parts) => exportCsv(parts, options)));
}

async function opened(options: { demo?: boolean }, work: (parts: Opened) => Promise<void>): Promise<void> {
  const config = loadConfig(undefined, { demo: options.demo ?? false });
  const database = await openDatabase(config, { log: createLogger({ level: 'warn' }) });
  try {
    const keys = await openKeys(config.masterKeyFile, database.pool);
    const anchor = new AuditAnchor(config.auditAnchorFile ?? join(config.dataDir, 'audit.anchor'));
    await work({ config, database, keys, anchor });
  } finally {
    await database.close();
  }
}

async function exportCsv({ database, keys, anchor }: Opened, options: ExportOptions): Promise<void> {
  const { demo: _demo, output, ...asked } = options;
  const filter = readFilter(asked);
  const log = new ChainedAuditLog(database.pool, keys, anchor, systemClock, createLogger({ level: 'warn' }));
  const actor = { kind: 'system', id: null, address: null } as const;
  await inTransaction(database.pool, (tx) =>
    log.record(tx, { actor, action: 'audit.exported', subject: null, outcome: 'done', after: { ...asked } }),
  );
  const csv = Readable.from(new AuditReadModel(database.pool, keys, anchor, systemClock).csv(filter));
  if (output !== undefined) await pipeline(csv, createWriteStream(output, { flags: 'wx', mode: 0o600 }));
  else for await (const piece of csv) if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
  await log.stop();
}

function asText(found: AuditVerification, file: string): string {
  const count = (n: number): string => n.toLocaleString('en-US');
  const { origin, anchored } = found;
  const lines = [
    `entries   ${count(found.entries)}${found.first === null ? '' : ` (${found.first} to ${found.last})`}`,
    ...(origin === null ? [] : [`origin    entry ${origin.seq}, checkpoint of ${origin.at}`]),
    anchored === null
      ? `anchor    none in ${file}: an end that was cut off cannot be seen`
      : `anchor    entry ${anchored.seq}, written ${anchored.at}`,
    ...(found.anchorUnreadable === 0 ? [] : [`          ${count(found.anchorUnreadable)} lines of it are unreadable`]),
    ...found.problems.map(({ kind, seq, detail }) => `  ≠ ${kind} at entry ${seq}: ${detail}`),
    found.ok ? 'The audit log is whole.' : `problems  ${count(found.problemCount)}`,
  ];
  return lines.join('\n');
}

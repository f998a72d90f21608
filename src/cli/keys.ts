import { join } from 'node:path';
import type { Command } from 'commander';
import { openCore } from '../main.js';
import { createLogger, loadConfig } from '../platform/index.js';
import { addKey, holdingKeys, rotate, waitingKey } from './keys/rotation.js';
import { type KeyUse, prune, usageOf } from './keys/usage.js';

interface Options {
  demo?: boolean;
  json?: boolean;
  dryRun?: boolean;
}

type Core = Awaited<ReturnType<typeof openCore>>['core'];

/** `tallyboard keys list | add | rotate | prune`. All work beside a running server, which needs no restart. */
export function registerKeys(program: Command): void {
  const keys = program.command('keys').description('The master key: what uses which, rotate it, drop old ones.');
  const command = (name: string, description: string) =>
    keys
      .command(name)
      .description(description)
      .option('--demo', 'the data of the demo')
      .option('--json', 'one JSON object instead of text');
  command('list', 'Keys of the file and what each is needed for.').action((options: Options) =>
    withCore(options, list),
  );
  command('add', 'Add a new key to the file without using it yet: copy the file to every machine, then rotate.').action(
    (options: Options) => withCore(options, add),
  );
  command(
    'rotate',
    'Seal everything with a new key (or the one `add` made), or finish a rotation that was cut off.',
  ).action((options: Options) => withCore(options, rotateAll));
  command('prune', 'Take keys out of the file that nothing needs any more.')
    .option('--dry-run', 'only say which')
    .action((options: Options) => withCore(options, pruneUnused));
}

async function withCore(options: Options, work: (core: Core, options: Options) => Promise<void>): Promise<void> {
  const config = loadConfig(undefined, { demo: options.demo ?? false });
  const { core, close } = await openCore(config, { log: createLogger({ level: 'warn' }), applySettings: false });
  try {
    await work(core, options);
  } finally {
    await close();
  }
}

const partsOf = ({ database, keys, config, auditLog, signals, clock }: Core) => ({
  pool: database.pool,
  keys,
  file: config.masterKeyFile,
  spoolDir: join(config.dataDir, 'spool'),
  audit: auditLog,
  signals,
  clock,
});

async function list(core: Core, { json }: Options): Promise<void> {
  const { pool, keys, file, spoolDir } = partsOf(core);
  const usage = await usageOf(pool, keys, file, spoolDir);
  console.log(json ? JSON.stringify({ file, keys: usage }) : usage.map((use) => asText(use)).join('\n'));
}

function asText({ keyId, current, inFile, uses }: KeyUse): string {
  const needed = Object.entries(uses).map(([name, n]) => `${n.toLocaleString('en-US')} ${name}`);
  const state = current ? 'current' : inFile ? 'older' : 'NOT IN THE FILE';
  return `key ${String(keyId).padStart(5)}  ${state.padEnd(8)}  ${needed.length > 0 ? needed.join(', ') : 'nothing needs it'}`;
}

async function add(core: Core, { json }: Options): Promise<void> {
  const { pool, keys, file } = partsOf(core);
  const keyId = await holdingKeys(pool, async () => waitingKey(file, keys.keyId) ?? addKey(file));
  console.log(
    json
      ? JSON.stringify({ file, keyId })
      : `Key ${keyId} is the first line of ${file} and waits. Copy the file to every machine, then: tallyboard keys rotate`,
  );
}

async function rotateAll(core: Core, { json }: Options): Promise<void> {
  let rows = 0;
  const rotated = await rotate(partsOf(core), (name, step) => {
    rows += step;
    if (!json) process.stderr.write(`\r${rows.toLocaleString('en-US')} sealed (${name})          `);
  });
  if (!json) process.stderr.write('\n');
  const done = rotated.from === rotated.to ? 'An earlier rotation is finished' : `Key ${rotated.from} was replaced`;
  console.log(
    json
      ? JSON.stringify(rotated)
      : `${done}: everything is sealed with key ${rotated.to}. Back up ${core.config.masterKeyFile}; after five minutes: tallyboard keys prune`,
  );
}

async function pruneUnused(core: Core, { json, dryRun }: Options): Promise<void> {
  const parts = partsOf(core);
  const dropped = await holdingKeys(parts.pool, () => prune(parts, dryRun ?? false));
  if (json) {
    console.log(JSON.stringify({ dropped, dryRun: dryRun ?? false }));
    return;
  }
  const which = dropped.join(', ');
  if (dropped.length === 0) console.log('Every key of the file is needed. What for: tallyboard keys list');
  else console.log(dryRun ? `Nothing needs these keys: ${which}` : `Taken out of the file: ${which}`);
}

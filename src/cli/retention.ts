import type { Command } from 'commander';
import { openCore } from '../main.js';
import { createLogger, loadConfig } from '../platform/index.js';
import type { RetentionPreview, RetentionRunView } from '../shared/retention.js';

interface Options {
  demo?: boolean;
  json?: boolean;
  dryRun?: boolean;
}

/** `tallyboard retention`: what the daily job does, now. Works beside a running server and without one. */
export function registerRetention(program: Command): void {
  program
    .command('retention')
    .description('Remove what is older than its limit now, as the daily job does; with --dry-run only count it.')
    .option('--demo', 'the data of the demo')
    .option('--dry-run', 'count exactly, remove nothing')
    .option('--json', 'one JSON object instead of text')
    .action(async (options: Options) => {
      const config = loadConfig(undefined, { demo: options.demo ?? false });
      const { core, close } = await openCore(config, { log: createLogger({ level: 'warn' }), applySettings: false });
      try {
        if (options.dryRun) {
          const preview = await core.retention.preview({});
          console.log(options.json ? JSON.stringify(preview) : previewText(preview));
          return;
        }
        const run = await core.retention.run('command');
        console.log(options.json ? JSON.stringify(run) : runText(run));
        process.exitCode = run === null || run.failure !== null ? 1 : 0;
      } finally {
        await close();
      }
    });
}

const count = (n: number): string => n.toLocaleString('en-US');

function previewText({ classes }: RetentionPreview): string {
  return classes
    .map(
      ({ id, days, before, remove, total }) =>
        `${id.padEnd(7)} ${count(remove)} of ${count(total)} would go: older than ${days} days (before ${before})`,
    )
    .join('\n');
}

function runText(run: RetentionRunView | null): string {
  if (run === null) return 'Another process is removing right now.';
  const removed = Object.entries(run.removed).map(([id, n]) => `${id.padEnd(7)} ${count(n)} removed`);
  return [...removed, ...(run.failure === null ? [] : [`not done  ${run.failure}`])].join('\n');
}

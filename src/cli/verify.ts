import type { Command } from 'commander';
import { createLogger, loadConfig, openDatabase, openKeys } from '../platform/index.js';
import { verify } from './verify/verify.js';
import type { VerifyReport } from './verify/verify-report.js';

/** `tallyboard verify`: exit code 1 when anything differs. Works beside a running server and without one. */
export function registerVerify(program: Command): void {
  program
    .command('verify')
    .description('Recompute every fact from its events and every sum from the facts, and report each difference.')
    .option('--demo', 'the data of the demo')
    .option('--json', 'one JSON object instead of text')
    .option('--no-bodies', 'do not translate the raw bodies again (faster)')
    .action(async (options: { demo?: boolean; json?: boolean; bodies: boolean }) => {
      const config = loadConfig(undefined, { demo: options.demo ?? false });
      const database = await openDatabase(config, { log: createLogger({ level: 'warn' }) });
      try {
        const keys = await openKeys(config.masterKeyFile, database.pool);
        const report = await verify(database, keys, { bodies: options.bodies });
        console.log(options.json ? JSON.stringify(asJson(report)) : asText(report));
        process.exitCode = report.differences === 0 ? 0 : 1;
      } finally {
        await database.close();
      }
    });
}

function asJson(report: VerifyReport) {
  return {
    clean: report.differences === 0,
    differences: report.differences,
    counts: report.counts,
    examples: report.examples,
  };
}

function asText(report: VerifyReport): string {
  const count = (n: number): string => n.toLocaleString('en-US');
  const { counts } = report;
  const lines = [
    `events        ${count(counts.events)} (${count(counts.pending)} pending, ${count(counts.parked)} requests parked)`,
    `raw bodies    ${count(counts.bodies)} translated again`,
    `calls         ${count(counts.calls)} derived again${counts.waiting === 0 ? '' : ` (${count(counts.waiting)} calls and outcomes wait to be resolved with settings that changed)`}`,
    `outcomes      ${count(counts.outcomes)} derived again`,
    `rollup slots  ${count(counts.rollupSlots)}`,
    `rollup days   ${count(counts.rollupDays)}`,
    `customer days ${count(counts.customerDays)}`,
    `first dials   ${count(counts.firstDials)}`,
    `agent states  ${count(counts.presenceSlots)} quarter hours`,
    ...report.examples.map(({ kind, key, detail }) => `  ≠ ${kind} ${key}: ${detail}`),
    `differences   ${count(report.differences)}`,
  ];
  return lines.join('\n');
}

/**
 * Runs the unit tests of the core once as they are and once under each mutation, and prints a table. Ends with 1 when the
 * plain run fails, a mutation no longer applies, or one survives. The working tree is never touched.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MUTATIONS } from './mutations.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const AT_ONCE = 2;

function misplaced({ file, find }) {
  const times = readFileSync(root + file, 'utf8').split(find).length - 1;
  return times === 1 ? null : `found ${times} times in ${file}`;
}

/**
 * Reads the report for people: with --bail jest ends before it writes the one for machines.
 * @returns {Promise<{failed: boolean, broken: boolean, seconds: number, first: string}>}
 */
function jest(mutation) {
  const began = performance.now();
  const args = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
  args.push('--config', 'test/mutations/jest.config.mjs', '--runInBand', '--bail', '--colors=false');
  const env = { ...process.env, MUTATION: mutation?.id ?? '' };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let report = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    report += text;
  });
  return new Promise((resolve) => {
    child.on('close', (code) => {
      const failed = /^Tests: +\d+ failed/m.test(report);
      const broken = /Test suite failed to run/.test(report) || (code !== 0 && !failed) || !/^Tests: /m.test(report);
      const first = / ● (?!Test suite)(.+)/.exec(report)?.[1] ?? '';
      resolve({ failed, broken, seconds: (performance.now() - began) / 1_000, first });
    });
  });
}

function verdictOf({ failed, broken }) {
  if (broken) return 'BROKEN';
  return failed ? 'killed' : 'SURVIVED';
}

const line = (...cells) => console.log(cells.map((cell, i) => String(cell).padEnd([26, 10, 8, 0][i])).join(''));

const lost = MUTATIONS.flatMap((mutation) => misplaced(mutation) ?? []);
for (const problem of lost) console.error(`A mutation no longer applies: ${problem}`);
if (lost.length > 0) process.exit(1);

const plain = await jest(null);
line('mutation', 'verdict', 'seconds', 'first test that fails');
let bad = plain.failed || plain.broken ? 1 : 0;
line('(none)', bad === 0 ? 'green' : 'RED', plain.seconds.toFixed(1), plain.first);
const queue = [...MUTATIONS];
const work = async () => {
  for (let mutation = queue.shift(); mutation !== undefined; mutation = queue.shift()) {
    const result = await jest(mutation);
    const verdict = verdictOf(result);
    if (verdict !== 'killed') bad++;
    line(
      mutation.id,
      verdict,
      result.seconds.toFixed(1),
      verdict === 'SURVIVED' ? mutation.why : result.first.slice(0, 90),
    );
  }
};
if (bad === 0) await Promise.all(Array.from({ length: AT_ONCE }, work));
console.log(bad === 0 ? `All ${MUTATIONS.length} mutations are killed.` : 'Not all is as it must be.');
process.exitCode = bad === 0 ? 0 : 1;

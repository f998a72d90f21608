/**
 * npm test: sets itself up (dependencies, build, browser, Redis), then lint, unit, integration and browser tests, fast
 * ones first. Ends with `N passed, N failed`. With CI=true a test that had to be left out is a failure.
 * `npm test -- <pattern>` runs only test files whose path matches, and no lint.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';

ensureInstalled();
const { build } = await import('./lib/build.mjs');
const { packageBin, root, start } = await import('./lib/run.mjs');
const { provide, TOOLS } = await import('./lib/tools.mjs');

const ci = process.env.CI === 'true';
const patterns = process.argv.slice(2);
const environment = { ...process.env };
const totals = { passed: 0, failed: 0 };
const leftOut = [];

/** Test files and what they need, told by the variable they read. */
function testFiles() {
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.spec.ts'))
    .map((name) => `test/${name.replaceAll('\\', '/')}`)
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
}

function findTools() {
  const ignored = [];
  for (const [name, tool] of Object.entries(TOOLS)) {
    const users = testFiles().filter(
      ({ text }) => text.includes(tool.variable) || (name === 'chromium' && text.includes('chromiumPath')),
    );
    const path = provide(name);
    if (path !== null) {
      environment[tool.variable] = path;
      continue;
    }
    ignored.push(...users.map(({ file }) => file));
    if (users.length > 0) leftOut.push(...users.map(({ file }) => `${file}: needs ${name}. ${tool.get}`));
  }
  return ignored;
}

function jest(project, ignored) {
  const folder = mkdtempSync(join(tmpdir(), 'tallyboard-results-'));
  const results = join(folder, 'results.json');
  const args = ['--experimental-vm-modules', '--no-warnings', packageBin('jest'), `--selectProjects=${project}`];
  args.push('--json', `--outputFile=${results}`, '--maxWorkers=2', '--passWithNoTests', '--silent=false');
  if (ignored.length > 0) args.push(`--testPathIgnorePatterns=${ignored.map((file) => `${file}$`).join('|')}`);
  if (patterns.length > 0) args.push(...patterns.map((pattern) => `--testPathPatterns=${pattern}`));
  return new Promise((resolve) => {
    const child = start(process.execPath, args, { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('exit', (code) => {
      count(project, results, code);
      rmSync(folder, { recursive: true, force: true });
      resolve();
    });
  });
}

function count(project, file, code) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    console.error(`The ${project} tests did not run (exit ${code})`);
    totals.failed += 1;
    return;
  }
  // A file that could not even be loaded has no tests to fail: it counts as one.
  totals.passed += report.numPassedTests;
  totals.failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
  for (const suite of report.testResults) {
    for (const test of suite.assertionResults.filter(({ status }) => status === 'pending' || status === 'skipped')) {
      leftOut.push(`${suite.name.slice(root.length)}: ${test.fullName}`);
    }
  }
}

try {
  build();
} catch (error) {
  console.error(`The build failed: ${error.message}`);
  totals.failed += 1;
}
const ignored = findTools();
if (patterns.length === 0) {
  const { lint, stepCount } = await import('./lint.mjs');
  const failed = lint().length;
  totals.failed += failed;
  totals.passed += stepCount - failed;
}
for (const project of ['unit', 'integration', 'e2e']) await jest(project, ignored);

if (leftOut.length > 0) {
  console.log(`\nLeft out (${leftOut.length}):`);
  for (const line of leftOut) console.log(`  ${line}`);
  if (ci) totals.failed += leftOut.length;
}
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed > 0 ? 1 : 0;

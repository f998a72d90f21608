/** npm run lint: format and lint, types of server, tests and web, import directions, our own rules. Fast ones first. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, runPackage } from './lib/run.mjs';
import { sourceBreaches } from './lib/source-rules.mjs';
import { textFileBreaches } from './lib/text-files.mjs';

const web = existsSync(join(root, 'web/tsconfig.json'));

const STEPS = {
  'format and lint': () => runPackage('@biomejs/biome', ['check', '--error-on-warnings', '.'], { bin: 'biome' }),
  'own rules': () => refuse([...sourceBreaches(), ...textFileBreaches()]),
  'import directions': () =>
    runPackage(
      'dependency-cruiser',
      ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'src', ...(web ? ['web/src'] : [])],
      { bin: 'depcruise' },
    ),
  'types of server and tests': () => runPackage('typescript', ['-p', 'tsconfig.test.json'], { bin: 'tsc' }),
  'types of the web': () => web && runPackage('typescript', ['--noEmit', '-p', 'web/tsconfig.json'], { bin: 'tsc' }),
};

function refuse(breaches) {
  if (breaches.length > 0) throw new Error(breaches.join('\n'));
}

export const stepCount = Object.keys(STEPS).length;

/** Runs every step even after a failure, so that one run tells everything. Returns the names of the failed ones. */
export function lint() {
  return Object.entries(STEPS).flatMap(([name, step]) => {
    const started = performance.now();
    try {
      step();
      console.log(`ok      ${name} (${Math.round(performance.now() - started)} ms)`);
      return [];
    } catch (error) {
      console.error(error.message);
      console.error(`FAILED  ${name}`);
      return [name];
    }
  });
}

if (process.argv[1]?.endsWith('lint.mjs')) {
  process.exitCode = lint().length > 0 ? 1 : 0;
}

/** The unit tests of the core alone, with one mutation in it (see run.mjs). */
import { fileURLToPath } from 'node:url';
import config from '../../jest.config.mjs';

const [unit] = config.projects;
export default {
  ...unit,
  rootDir: fileURLToPath(new URL('../..', import.meta.url)),
  testMatch: ['<rootDir>/test/unit/calls/**/*.spec.ts', '<rootDir>/test/unit/kpi-rollup/**/*.spec.ts'],
  setupFiles: [fileURLToPath(new URL('setup.mjs', import.meta.url))],
  transform: { '^.+\\.tsx?$': fileURLToPath(new URL('mutant-transform.mjs', import.meta.url)) },
};

/** Jest transformer: the mutation named by the environment is applied to its file on the way to swc, nowhere else. */
import { fileURLToPath } from 'node:url';
import { createTransformer } from '@swc/jest';
import config from '../../jest.config.mjs';
import { MUTATIONS } from './mutations.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const mutation = MUTATIONS.find(({ id }) => id === process.env.MUTATION);
const [[, [, options]]] = Object.entries(config.projects[0].transform);
const swc = createTransformer(options);

const mutated = (source, path) =>
  mutation !== undefined && path === root + mutation.file
    ? source.replace(mutation.find, () => mutation.replace)
    : source;

export default {
  ...swc,
  canInstrument: false,
  process: (source, path, jest) => swc.process(mutated(source, path), path, jest),
  processAsync: (source, path, jest) => swc.processAsync(mutated(source, path), path, jest),
  getCacheKey: (source, path, jest) =>
    `${swc.getCacheKey(mutated(source, path), path, jest)}-${mutation?.id ?? 'plain'}`,
};

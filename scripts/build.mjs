/** npm run build [-- --server | --web] [--force]: builds what changed. */
import { build } from './lib/build.mjs';

const wanted = ['server', 'web'].filter((part) => process.argv.includes(`--${part}`));
try {
  build({ ...(wanted.length > 0 ? { only: wanted } : {}), force: process.argv.includes('--force') });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

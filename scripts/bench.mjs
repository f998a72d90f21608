/** `npm run bench`: installs and builds what is missing, then measures (test/bench). */
import { build } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';

ensureInstalled();
build();
await import('../test/bench/index.mjs');

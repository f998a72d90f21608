#!/usr/bin/env node
/**
 * `npm start` and `npx tallyboard <command>`: installs what the lockfile asks for and is missing, builds what changed,
 * then runs the command line in this very process, so that signals and exit codes are its own.
 */
import { fileURLToPath } from 'node:url';
import { boundHeap } from '../scripts/lib/heap.mjs';

boundHeap();

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Tallyboard needs Node.js 20.19 or newer; this is ${process.versions.node}. See https://nodejs.org`);
  process.exit(1);
}

try {
  const { ensureInstalled } = await import('../scripts/lib/install.mjs');
  ensureInstalled();
  const { build } = await import('../scripts/lib/build.mjs');
  build();
} catch (error) {
  console.error(`Tallyboard could not be set up: ${error.message}`);
  process.exit(1);
}

const entry = new URL('../dist/server/cli/index.js', import.meta.url);
const { main } = await import(entry.href);
process.argv[1] = fileURLToPath(import.meta.url);
await main(process.argv);

/**
 * npm run dev: compiles and restarts the server on every change, and serves the web through Vite (http://localhost:5173)
 * in front of it. Arguments go to `start`: npm run dev -- --demo
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { packageBin, root, start } from './lib/run.mjs';

ensureInstalled();
build({ only: ['server'] });

const node = process.execPath;
const children = [
  start(node, [packageBin('typescript', 'tsc'), '-p', 'tsconfig.json', '--watch', '--preserveWatchOutput']),
  start(node, [
    '--watch-path=dist/server',
    '--watch-preserve-output',
    'dist/server/cli/tallyboard.js',
    'start',
    ...process.argv.slice(2),
  ]),
];
if (existsSync(join(root, 'web/index.html'))) {
  children.push(start(node, [packageBin('vite'), '--config', 'web/vite.config.ts', 'web']));
}

let stopping = false;
function stop() {
  if (stopping) return;
  stopping = true;
  for (const child of children) child.kill('SIGTERM');
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
for (const child of children) child.once('exit', stop);

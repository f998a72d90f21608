/** Installs the dependencies of the lockfile unless they are there. Imports nothing that would have to be installed. */
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestOf, readStamp, writeStamp } from './stamp.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const modules = join(root, 'node_modules');
const lockfile = join(root, 'package-lock.json');
const stamp = join(modules, '.tallyboard-stamp');

/** Returns true when it had to install. */
export function ensureInstalled({ say = console.error } = {}) {
  const digest = digestOf(root, ['package-lock.json']);
  if (readStamp(stamp) === digest) return false;
  if (installedByHand()) {
    writeStamp(stamp, digest);
    return false;
  }
  if (isLink(modules)) throw new Error('node_modules is a link: npm ci would empty what it points to. Install there.');
  say('Installing dependencies (npm ci) …');
  // The compiler and the bundler are development dependencies: a plain NODE_ENV=production would leave them out.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const windows = process.platform === 'win32';
  const result = spawnSync(windows ? 'npm.cmd' : 'npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: windows });
  if (result.error) throw new Error(`npm could not be run (${result.error.message})`);
  if (result.status !== 0) throw new Error('npm ci failed; its message is above');
  writeStamp(stamp, digest);
  return true;
}

function isLink(path) {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/** npm notes what it installed in a file of its own; newer than the lockfile means somebody ran `npm ci` already. */
function installedByHand() {
  const note = join(modules, '.package-lock.json');
  return existsSync(note) && statSync(note).mtimeMs >= statSync(lockfile).mtimeMs;
}

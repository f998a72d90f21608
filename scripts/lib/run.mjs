import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a command with our terminal; throws when it fails. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error) throw result.error;
  if (result.status !== 0) throw new CommandFailed(`${command} ${args.join(' ')}`, result.status ?? 1);
  return result;
}

/** A command that is expected to fail sometimes: `{ok, output}`. */
export function attempt(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', ...options });
  return { ok: result.status === 0, output: `${result.stdout ?? ''}${result.stderr ?? ''}` };
}

/** Runs without waiting; for servers and watchers. */
export function start(command, args, options = {}) {
  return spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
}

/** Path of a program of an installed package: started with `node`, no shell and no .cmd in between. */
export function packageBin(packageName, binName = packageName) {
  const require = createRequire(join(root, 'package.json'));
  const manifest = join(root, 'node_modules', packageName, 'package.json');
  const { bin } = require(manifest);
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[binName]);
}

export function runPackage(packageName, args, options = {}) {
  const { bin, ...rest } = options;
  return run(process.execPath, [...(rest.nodeArgs ?? []), packageBin(packageName, bin ?? packageName), ...args], rest);
}

export class CommandFailed extends Error {
  constructor(command, status) {
    super(`${command} failed (${status})`);
    this.status = status;
  }
}

/** Programs that some tests need and npm cannot install: found, or installed by the system's package manager. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { attempt } from './run.mjs';

export const TOOLS = {
  chromium: {
    variable: 'TEST_CHROMIUM',
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'],
    places: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    ],
    packages: {
      'apt-get': ['chromium', 'fonts-noto-cjk'],
      dnf: ['chromium', 'google-noto-sans-cjk-fonts'],
      brew: ['--cask', 'chromium'],
    },
    get: 'Install Chromium or Chrome, or set TEST_CHROMIUM to its program file.',
  },
  redis: {
    variable: 'TEST_REDIS_SERVER',
    names: ['redis-server', 'valkey-server'],
    places: [],
    packages: { 'apt-get': ['redis-server'], dnf: ['redis'], brew: ['redis'] },
    get: 'Install redis-server, or set TEST_REDIS_SERVER to its program file.',
  },
};

/** Path of a tool, installing it where we may; null when that did not work. */
export function provide(name, { say = console.log } = {}) {
  const tool = TOOLS[name];
  const found = find(tool);
  if (found !== null) return found;
  const manager = installer();
  if (manager === null) return null;
  say(`Installing ${name} (${manager.program}) …`);
  for (const args of manager.steps(tool.packages[manager.program])) {
    const { ok, output } = attempt(manager.command, [...manager.prefix, ...args], { timeout: 600_000 });
    if (!ok) say(`${manager.program} ${args.join(' ')} failed: ${output.trim().split('\n').at(-1)}`);
  }
  return find(tool);
}

function find(tool) {
  const given = process.env[tool.variable];
  if (given) return existsSync(given) ? given : null;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const directories = (process.env.PATH ?? '').split(delimiter);
  const onPath = directories.flatMap((directory) => tool.names.map((name) => join(directory, `${name}${suffix}`)));
  return [...onPath, ...tool.places].find((file) => existsSync(file)) ?? null;
}

/** A package manager that works without asking anybody, or null. */
function installer() {
  const root = process.getuid?.() === 0;
  const sudo = !root && attempt('sudo', ['-n', 'true']).ok;
  const as = root ? { command: null, prefix: [] } : { command: 'sudo', prefix: ['-n'] };
  for (const program of ['apt-get', 'dnf']) {
    if (!(root || sudo) || !attempt(program, ['--version']).ok) continue;
    const steps = (packages) => [
      ...(program === 'apt-get' ? [['update', '-q']] : []),
      ['install', '-y', '-q', ...packages],
    ];
    return { program, command: as.command ?? program, prefix: as.command ? [...as.prefix, program] : [], steps };
  }
  if (!root && attempt('brew', ['--version']).ok) {
    return { program: 'brew', command: 'brew', prefix: [], steps: (packages) => [['install', ...packages]] };
  }
  return null;
}

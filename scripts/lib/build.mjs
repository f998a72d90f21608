/** Builds what changed: the server with `tsc` into dist/server, the web with Vite into dist/web. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root, runPackage } from './run.mjs';
import { digestOf, readStamp, writeStamp } from './stamp.mjs';

/** What a command prints may be read by a machine; the builders' words must not be in it. */
const TO_STDERR = ['ignore', 2, 2];

const PARTS = {
  server: {
    inputs: ['src', 'tsconfig.json', 'package-lock.json'],
    output: 'dist/server/cli/index.js',
    possible: () => true,
    build: () => {
      // The compiler trusts its notes and writes nothing when they say all is done, even after dist was removed.
      if (!existsSync(join(root, 'dist/server/cli/index.js'))) rmSync(join(root, 'dist/.tsbuildinfo'), { force: true });
      runPackage('typescript', ['-p', 'tsconfig.json'], { bin: 'tsc', stdio: TO_STDERR });
    },
  },
  web: {
    inputs: ['web', 'src/shared', 'package-lock.json', 'scripts/lib/build.mjs'],
    output: 'dist/web/index.html',
    possible: () => existsSync(join(root, 'web/index.html')),
    build: () => {
      runPackage('vite', ['build', '--config', 'web/vite.config.ts', '--logLevel', 'warn', 'web'], {
        stdio: TO_STDERR,
      });
      compressFiles(join(root, 'dist/web'));
    },
  },
};

/** `only`: names of the parts, all by default. `force`: even when nothing changed. Returns the parts that were built. */
export function build({ only = Object.keys(PARTS), force = false, say = console.error } = {}) {
  return only.filter((name) => buildPart(name, PARTS[name], force, say));
}

/** Beside each text its gzip, which the server sends to whoever takes it: a third of the bytes of a first visit. */
function compressFiles(directory) {
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(js|css|html|svg|json)$/.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
  }
}

function buildPart(name, part, force, say) {
  if (!part.possible()) return false;
  const digest = digestOf(root, part.inputs);
  const stamp = join(root, `dist/.stamp-${name}`);
  if (!force && readStamp(stamp) === digest && existsSync(join(root, part.output))) return false;
  say(`Building the ${name} …`);
  part.build();
  writeStamp(stamp, digest);
  return true;
}

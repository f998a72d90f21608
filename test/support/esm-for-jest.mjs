/**
 * Some CommonJS packages `require()` packages that are ES modules only. Node 20.19 can do that, Jest's own module
 * loader only on Node 24.9. For those few the same source is compiled to CommonJS and put in their place; a release
 * that is CommonJS itself is left alone.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGES = { 'content-disposition': 'dist/index.js' };

/** Entries for `moduleNameMapper`. */
export function compileForRequire() {
  const target = join(root, 'node_modules/.cache/tallyboard');
  mkdirSync(target, { recursive: true });
  const needed = Object.entries(PACKAGES).filter(([name, entry]) => isModule(name) && existsSync(fileOf(name, entry)));
  return Object.fromEntries(
    needed.map(([name, entry]) => {
      const source = readFileSync(fileOf(name, entry), 'utf8');
      const { code } = transformSync(source, { module: { type: 'commonjs' }, jsc: { target: 'es2022' } });
      const file = join(target, `${name}.cjs`);
      writeFileSync(file, code);
      return [`^${name}$`, file];
    }),
  );
}

function fileOf(name, file) {
  return join(root, 'node_modules', name, file);
}

function isModule(name) {
  const manifest = fileOf(name, 'package.json');
  return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).type === 'module';
}

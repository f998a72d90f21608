/**
 * Some CommonJS packages `require()` packages that are ES modules only. Node 20.19 can do that, Jest's own module
 * loader only on Node 24.9. For those few the same source is compiled to CommonJS and put in their place.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGES = { 'content-disposition': 'dist/index.js' };

/** Entries for `moduleNameMapper`. */
export function compileForRequire() {
  const target = join(root, 'node_modules/.cache/tallyboard');
  mkdirSync(target, { recursive: true });
  return Object.fromEntries(
    Object.entries(PACKAGES).map(([name, entry]) => {
      const source = readFileSync(join(root, 'node_modules', name, entry), 'utf8');
      const { code } = transformSync(source, { module: { type: 'commonjs' }, jsc: { target: 'es2022' } });
      const file = join(target, `${name}.cjs`);
      writeFileSync(file, code);
      return [`^${name}$`, file];
    }),
  );
}

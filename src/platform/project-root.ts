import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Directory of package.json: the same from `src/` (tests) and from `dist/server/` (production). What is not compiled
 * (migrations, the built web) is found from here.
 */
export function projectRoot(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'package.json'))) {
    const parent = dirname(dir);
    if (parent === dir) throw new Error('No package.json above the program: the installation is incomplete');
    dir = parent;
  }
  return dir;
}

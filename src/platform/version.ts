import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project-root.js';

let known: string | undefined;

/** Version of package.json. */
export function productVersion(): string {
  if (known === undefined) {
    const manifest = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as { version?: string };
    known = manifest.version ?? '0.0.0';
  }
  return known;
}

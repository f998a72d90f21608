import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryDirectory {
  path: string;
  remove(): void;
}

/**
 * `kind`: a database in a directory of kind `test` that no process uses is swept away by the next run; a test that takes
 * its server away for a while asks for another kind.
 */
export function temporaryDirectory(kind = 'test'): TemporaryDirectory {
  const path = mkdtempSync(join(tmpdir(), `tallyboard-${kind}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Start to the first 200: a new data directory, then the same one again. Installation and build are done before. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PUBLIC_URL, TOKEN } from './events.mjs';
import { API_KEY } from './ingest.mjs';
import { startProcess } from './processes.mjs';

export async function benchStart() {
  const scratch = mkdtempSync(join(tmpdir(), 'tallyboard-bench-'));
  const dataDir = join(scratch, 'data');
  try {
    return { firstMs: await once(dataDir), againMs: await once(dataDir) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function once(dataDir) {
  const begun = performance.now();
  const server = await startProcess('product.mjs', [dataDir, PUBLIC_URL, TOKEN, API_KEY]);
  const response = await fetch(`http://127.0.0.1:${server.port}/health/ready`);
  const elapsed = performance.now() - begun;
  if (response.status !== 200) throw new Error(`/health/ready: ${response.status}`);
  await server.stop();
  return elapsed;
}

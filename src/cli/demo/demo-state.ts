/** What a demo remembers between two starts, in its own data directory. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const FILE = 'demo.json';
/** A floor that stood still for longer is made anew: its day would have a hole. */
const STALE_AFTER_MS = 12 * 3_600_000;

const schema = z.strictObject({
  seed: z.string(),
  agents: z.number().int(),
  /** Epoch ms: fixes the shift and every call of it. */
  anchor: z.number(),
  /** Of the floor, as chosen at the first start. Absent: the one of the settings, before this was kept. */
  timeZone: z.string().optional(),
  /** Epoch ms up to which the floor is in the log; null until the history is loaded. */
  loadedUpTo: z.number().nullable(),
  password: z.string(),
});
export type DemoState = z.infer<typeof schema>;

export function readDemoState(dataDir: string, now: number): DemoState | null {
  const file = join(dataDir, FILE);
  if (!existsSync(file)) return null;
  const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  const lastAt = parsed.success ? (parsed.data.loadedUpTo ?? parsed.data.anchor) : Number.NEGATIVE_INFINITY;
  if (parsed.success && now - lastAt < STALE_AFTER_MS) return parsed.data;
  // Only what a demo made is in here: the directory's marker says so.
  for (const name of ['postgres', 'spool', FILE, 'master.key'])
    rmSync(join(dataDir, name), { recursive: true, force: true });
  return null;
}

export function writeDemoState(dataDir: string, state: DemoState): void {
  writeFileSync(join(dataDir, FILE), `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
}

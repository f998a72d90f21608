/**
 * Workers and activities nobody has heard of: a worker becomes a new agent, or an address of the agent their names already
 * mean; an activity is listed so that somebody can say what it means.
 */
import type { PoolClient } from 'pg';
import { createUnknowns, loadSettings, type SettingsSnapshot } from '../../organisation/index.js';
import type { PresenceEvent } from '../presence-event.js';
import { type Mark, markOf } from './mark.js';
import { agentOfMark, unknownOfMark } from './resolve-mark.js';

/** Returns the settings as they are then; the caller keeps them only after its commit. */
export function knowWorkers(
  tx: PoolClient,
  events: readonly PresenceEvent[],
  settings: SettingsSnapshot,
): Promise<SettingsSnapshot> {
  return knowMarks(tx, events.map(markOf), settings);
}

export async function knowMarks(
  tx: PoolClient,
  marks: readonly Mark[],
  settings: SettingsSnapshot,
): Promise<SettingsSnapshot> {
  if (marks.length === 0) return settings;
  const identities = marks.flatMap((mark) => unknownOfMark(mark, settings) ?? []);
  const known = identities.length === 0 ? settings : await createUnknowns(tx, { identities, campaigns: [] });
  const workers = newWorkers(marks, known);
  const activities = [...new Set(marks.flatMap(({ activity }) => activity ?? []))]
    .filter((name) => !known.data.activities.has(name))
    .sort();
  if (workers.size + activities.length === 0) return known;
  await tx.query(
    `INSERT INTO agent_address (scheme, value, agent_id) SELECT 'worker', u.value, u.agent
     FROM unnest($1::text[], $2::integer[]) AS u(value, agent) ON CONFLICT (scheme, value) DO NOTHING`,
    [[...workers.keys()], [...workers.values()]],
  );
  await tx.query('INSERT INTO taskrouter_activity (name) SELECT unnest($1::text[]) ON CONFLICT (name) DO NOTHING', [
    activities,
  ]);
  await tx.query('UPDATE organisation SET version = version + 1');
  return loadSettings(tx);
}

/** Ids of workers that only their names tell whose they are; once known, another name does not make another agent. */
function newWorkers(marks: readonly Mark[], settings: SettingsSnapshot): Map<string, number> {
  const found = new Map<string, number>();
  for (const mark of marks) {
    const { worker } = mark;
    if (worker === undefined || settings.agentByAddress('worker', worker) !== null) continue;
    const agent = agentOfMark(mark, settings);
    // Nobody who was erased is known by a new name again.
    if (agent === null || settings.data.agents.get(agent)?.status === 'erased') continue;
    found.set(worker, Math.min(agent, found.get(worker) ?? agent));
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Settings resolved onto a mark: whose it is, and which state. Pure. */
import type { SettingsSnapshot } from '../../organisation/index.js';
import type { AgentState } from '../../shared/presence.js';
import type { Mark } from './mark.js';

export interface ResolvedMark {
  agentId: number;
  state: AgentState;
  reason: string | null;
}

/** Ways to find the agent, best first: the worker by id, by name, and the names calls know people by. */
export function agentOfMark(mark: Mark, settings: SettingsSnapshot): number | null {
  if (mark.agentId !== undefined) return settings.agentById(mark.agentId);
  const { worker, name, identity } = mark;
  const by = (scheme: 'worker' | 'identity', value: string | undefined): number | null =>
    value === undefined ? null : settings.agentByAddress(scheme, value);
  return by('worker', worker) ?? by('worker', name) ?? by('identity', identity) ?? by('identity', name);
}

/** Whom no setting knows yet, as a new agent is made for them; null when somebody does, or nobody is named. */
export function unknownOfMark(mark: Mark, settings: SettingsSnapshot): string | null {
  if (mark.agentId !== undefined || agentOfMark(mark, settings) !== null) return null;
  return mark.identity ?? mark.name ?? mark.worker ?? null;
}

export function resolveMark(mark: Mark, settings: SettingsSnapshot): ResolvedMark {
  return { agentId: agentOfMark(mark, settings) ?? 0, ...stateOfMark(mark, settings) };
}

/** An activity nobody mapped: what it says itself about taking tasks, else a pause. */
function stateOfMark(mark: Mark, settings: SettingsSnapshot): Pick<ResolvedMark, 'state' | 'reason'> {
  if (mark.state !== undefined) return { state: mark.state, reason: mark.reason ?? null };
  const mapped = mark.activity === undefined ? undefined : settings.data.activities.get(mark.activity);
  if (mapped?.state != null) return { state: mapped.state, reason: mapped.reason };
  return { state: mark.available === true ? 'available' : 'paused', reason: null };
}

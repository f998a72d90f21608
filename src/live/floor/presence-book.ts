/** What each agent was last said to be doing, in memory. Pure; absolute, so hearing it twice changes nothing. */
import type { PresenceNow as PresenceChange } from '../../calls/index.js';
import type { AgentActivity } from '../../shared/live.js';
import type { AgentState } from '../../shared/presence.js';
import type { Activity } from './day-facts.js';

/** What an agent does now, and since when (epoch ms). */
export interface PresenceNow {
  agentId: number;
  state: AgentState;
  /** Key of the reason, for `paused`. */
  reason: string | null;
  since: number;
}

export class PresenceBook {
  private readonly known = new Map<number, PresenceNow>();

  of(agentId: number): PresenceNow | null {
    return this.known.get(agentId) ?? null;
  }

  agents(): Iterable<number> {
    return this.known.keys();
  }

  /** Whose state changed. */
  apply(list: readonly Pick<PresenceChange, 'agentId' | 'state' | 'reason' | 'since'>[]): number[] {
    return list.flatMap(({ agentId, state, reason, since }) => {
      const before = this.known.get(agentId);
      if (state === null || since === null) return this.known.delete(agentId) ? [agentId] : [];
      const now = { agentId, state, reason, since };
      if (before !== undefined && isSame(before, now)) return [];
      this.known.set(agentId, now);
      return [agentId];
    });
  }

  /** Takes the place of everything known. */
  replace(list: readonly PresenceNow[]): number[] {
    const there = new Set(list.map(({ agentId }) => agentId));
    const gone = [...this.known.keys()].filter((agentId) => !there.has(agentId));
    for (const agentId of gone) this.known.delete(agentId);
    return [...gone, ...this.apply(list)];
  }
}

function isSame(a: PresenceNow, b: PresenceNow): boolean {
  return a.state === b.state && a.reason === b.reason && a.since === b.since;
}

const ACTIVITIES: Record<AgentState, AgentActivity> = {
  on_call: 'talking',
  wrap_up: 'wrap_up',
  paused: 'paused',
  available: 'available',
  offline: 'offline',
};

/** Calls say more than states while there are any; a state says more than silence. */
export function activityWith(fromCalls: Activity, presence: PresenceNow | null): Activity {
  const isInCall = fromCalls.activity === 'talking' || fromCalls.activity === 'dialing';
  if (isInCall || presence === null) return fromCalls;
  return { activity: ACTIVITIES[presence.state], since: presence.since };
}

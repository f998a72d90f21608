/** Whose figures somebody may compare, and whose names they are told. */
import type { Principal } from '../access/index.js';
import { AppError } from '../platform/index.js';
import type { Scope } from '../shared/access.js';
import type { ComparisonView } from '../shared/comparison.js';
import type { ComparisonRepository } from './comparison.repository.js';

export interface Viewer {
  visible: ComparisonView;
  /** Of the figures that are read. */
  scope: Scope;
  /** The agent who asks; null: somebody who does not call, or a key. */
  self: number | null;
}

/** An agent sees the people of the own team, if it shows places; everybody else what they see anyway. */
export async function viewerOf(
  principal: Principal,
  repository: Pick<ComparisonRepository, 'ownTeam'>,
  now: Date,
): Promise<Viewer> {
  const self = principal.kind === 'user' ? principal.agentId : null;
  const { scope } = principal;
  if (scope.kind !== 'agents') return { visible: 'scope', scope, self };
  const team = self === null ? null : await repository.ownTeam(self, now);
  if (team === null || !team.showsRanks) return { visible: 'self', scope, self };
  return { visible: 'own_team', scope: { kind: 'teams', teams: [team.id] }, self };
}

/** Throws `comparison_for_leads` for agents. */
export function requireLead({ visible }: Viewer): void {
  if (visible !== 'scope') throw new AppError('comparison_for_leads');
}

/** Whether `viewer` may be told whose row it is. */
export function mayName({ visible, self }: Viewer, person: { id: number; display: 'public' | 'hidden' }): boolean {
  return visible === 'scope' || person.id === self || person.display === 'public';
}

/** Teams directly below a scope, or everybody in it. */
import type { PoolClient } from 'pg';
import { loadTeamTree } from '../../organisation/index.js';
import { scopeKey, type TargetScope } from '../../shared/targets.js';
import type { Dates } from '../calendar/periods.js';
import { peopleIn } from './cascade.repository.js';
import type { Slice } from './weights.js';

export interface People {
  now: Date;
  dates: Dates;
}

export async function slicesBelow(
  tx: PoolClient,
  scope: TargetScope,
  to: 'children' | 'agents',
  { now, dates }: People,
): Promise<Slice[]> {
  if (scope.kind === 'agent') return [];
  const tree = await loadTeamTree(tx);
  const slice = (part: TargetScope, label: string): Slice => ({ key: scopeKey(part), scope: part, label, dates });
  if (to === 'children') {
    const teams = tree.childrenOf(scope.kind === 'team' ? scope.id : null);
    const live = teams.filter(({ archivedAt }) => archivedAt === null);
    return live.map(({ id, name }) => slice({ kind: 'team', id }, name));
  }
  const teams = scope.kind === 'team' ? tree.withBelow([scope.id]) : null;
  const people = await peopleIn(tx, teams, now);
  return people.map(({ id, name }) => slice({ kind: 'agent', id }, name));
}

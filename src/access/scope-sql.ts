/**
 * A scope as a condition on rows of facts or sums. The one predicate of every read: whoever reads rows of people passes
 * through here. Pure; parameters only, never text of a request.
 */
import type { Scope } from '../shared/access.js';

/** Adds a parameter to the statement and returns its place, e.g. `$3::integer[]`. */
export type AddParameter = (value: unknown, type: string) => string;

/** `columns`: where the row keeps its agent and team, e.g. `r.agent_id`. Null = no condition (the whole organisation). */
export function scopeSql(scope: Scope, columns: { agent: string; team: string }, add: AddParameter): string | null {
  switch (scope.kind) {
    case 'all':
      return null;
    case 'teams':
      return `${columns.team} = ANY(${add([...scope.teams], 'integer[]')})`;
    case 'agents':
      return `${columns.agent} = ANY(${add([...scope.agents], 'integer[]')})`;
  }
}

/** Which campaigns a scope knows: the filters of reports and the feed offer the same ones. */
import { type AddParameter, scopeSql } from '../../access/index.js';
import type { Scope } from '../../shared/access.js';

/**
 * A condition on the id of a campaign: those something was counted in for somebody of the scope, as settings are not theirs
 * to see. Null = every one.
 */
export function visibleCampaignsSql(scope: Scope, id: string, add: AddParameter): string | null {
  const seen = scopeSql(scope, { agent: 'seen.agent_id', team: 'seen.team_id' }, add);
  return seen === null ? null : `EXISTS (SELECT FROM rollup_day seen WHERE seen.campaign_id = ${id} AND ${seen})`;
}

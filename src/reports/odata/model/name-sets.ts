/** Agents, Teams and Campaigns: what the ids of the other sets mean. Id 0 is in them, so that joins lose no row. */
import { currentTeamSql, visibleAgentsSql } from '../../../organisation/index.js';
import { visibleCampaignsSql } from '../../choices/index.js';
import { type EntitySet, property, type ReadContext } from './entity-set.js';

const NULLABLE = { nullable: true } as const;

export const AGENTS: EntitySet = {
  name: 'Agents',
  type: 'Agent',
  permission: 'kpis:read',
  description: 'People on the phone, as they are now; 0 is “unassigned”.',
  key: ['agent_id'],
  order: ['agent_id'],
  properties: [
    property('agent_id', 'Int64', 'a.id', 'Id, also in the other sets.'),
    property('agent', 'String', 'a.name', 'Name.'),
    property('status', 'String', 'a.status', 'new, active, left, merged, erased or system.'),
    property('team_id', 'Int64', 'a.team_id', 'Team of today; rows of figures have the one of then.', NULLABLE),
    property('team', 'String', '(SELECT name FROM team WHERE id = a.team_id)', 'Its name.', NULLABLE),
    property('merged_into', 'Int64', 'a.merged_into', 'Agent this one became part of.', NULLABLE),
  ],
  source: async ({ add, now, scope }) => {
    const at = new Date(now);
    const seen = visibleAgentsSql(scope, at, add);
    const team = currentTeamSql(add(at, 'timestamptz'));
    const from = `(SELECT a.id, a.name, a.status, a.merged_into, ${team} AS team_id FROM agent a
      WHERE ${seen ?? 'true'}) a`;
    return { from, where: [] };
  },
};

export const TEAMS: EntitySet = {
  name: 'Teams',
  type: 'Team',
  permission: 'kpis:read',
  description: 'Teams with the one above and their site; 0 is “unassigned”.',
  key: ['team_id'],
  order: ['team_id'],
  properties: [
    property('team_id', 'Int64', 't.id', 'Id, also in the other sets.'),
    property('team', 'String', 't.name', 'Name.'),
    property('parent_id', 'Int64', 't.parent_id', 'Team above, where it is within sight.', NULLABLE),
    property('parent', 'String', '(SELECT name FROM team p WHERE p.id = t.parent_id)', 'Its name.', NULLABLE),
    property('site_id', 'Int64', 't.site_id', 'Site.'),
    property('site', 'String', '(SELECT name FROM site WHERE id = t.site_id)', 'Its name.', NULLABLE),
    property('archived', 'Boolean', '(t.archived_at IS NOT NULL)', 'No longer in use.'),
  ],
  source: async (context) => {
    const seen = visibleTeamsSql(context);
    if (seen === null) return { from: 'team t', where: [] };
    // The team above the outermost of them is out of sight, by name and id.
    const from = `(WITH seen AS (SELECT t.* FROM team t WHERE ${seen})
      SELECT s.id, s.name, s.site_id, s.archived_at, above.id AS parent_id
      FROM seen s LEFT JOIN seen above ON above.id = s.parent_id) t`;
    return { from, where: [] };
  },
};

/** A supervisor those of the scope, an agent the one they are in; null: all. */
function visibleTeamsSql({ scope, add, now }: ReadContext): string | null {
  if (scope.kind === 'all') return null;
  if (scope.kind === 'teams') return `t.id = ANY(${add([...scope.teams], 'integer[]')})`;
  const team = currentTeamSql(add(new Date(now), 'timestamptz'));
  return `t.id IN (SELECT ${team} FROM agent a WHERE a.id = ANY(${add([...scope.agents], 'integer[]')}))`;
}

export const CAMPAIGNS: EntitySet = {
  name: 'Campaigns',
  type: 'Campaign',
  permission: 'kpis:read',
  description:
    'Campaigns; 0 is none (time in states belongs to none). Of whoever sees some people only: those these have called for.',
  key: ['campaign_id'],
  order: ['campaign_id'],
  properties: [
    property('campaign_id', 'Int64', 'k.id', 'Id, also in the other sets.'),
    property('campaign', 'String', 'k.name', 'Name.'),
    property('title', 'String', 'k.title', 'Title people see; may be empty.'),
    property('status', 'String', 'k.status', 'new, active or ended.', NULLABLE),
    property('currency', 'String', 'k.currency', 'Of its amounts, ISO 4217.', NULLABLE),
  ],
  source: async ({ scope, add }) => {
    const seen = visibleCampaignsSql(scope, 'k.id', add);
    return {
      from: `(SELECT id, name, title, status, currency FROM campaign
        UNION ALL SELECT 0, '', '', NULL, NULL WHERE NOT EXISTS (SELECT FROM campaign WHERE id = 0)) k`,
      where: seen === null ? [] : [`(k.id = 0 OR ${seen})`],
    };
  },
};

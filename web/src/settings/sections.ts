import type { ComponentType } from 'react';
import type { Permission, Role } from '../../../src/shared/access.js';
import { getAttentionCount } from '../api/index.js';

/** A page under /settings. `label` is a message key; without the permission the page is not offered. */
export interface SettingsSection {
  path: string;
  label: string;
  group: 'people' | 'outcomes' | 'targets' | 'screens' | 'security';
  permission: Permission | null;
  /** Roles the page is no use to although they have the permission. */
  notFor?: readonly Role[];
  load: () => Promise<{ default: ComponentType }>;
  /** Sub-pages, e.g. `:id`. */
  children?: { path: string; load: () => Promise<{ default: ComponentType }> }[];
  /** Shown beside the label while it is not 0: how many things wait on this page. */
  count?: { queryKey: readonly string[]; read: () => Promise<number> };
}

/** In the order of the menu. Each area adds its own lines. */
export const SECTIONS: readonly SettingsSection[] = [
  {
    path: 'attention',
    label: 'people.attention.title',
    group: 'people',
    permission: 'people:read',
    notFor: ['agent'],
    load: () => import('../people/attention/attention.js'),
    count: {
      queryKey: ['organisation', 'attention', 'count'],
      read: async () => {
        const { newAgents, unresolved } = await getAttentionCount();
        return newAgents + unresolved;
      },
    },
  },
  {
    path: 'agents',
    label: 'people.agents.title',
    group: 'people',
    permission: 'people:read',
    load: () => import('../people/agents/agents.js'),
    children: [{ path: ':id', load: () => import('../people/agents/agent-page.js') }],
  },
  {
    path: 'teams',
    label: 'people.teams.title',
    group: 'people',
    permission: 'people:read',
    notFor: ['agent'],
    load: () => import('../people/teams/teams.js'),
    children: [{ path: ':id', load: () => import('../people/teams/team-page.js') }],
  },
  {
    path: 'sites',
    label: 'people.sites.title',
    group: 'people',
    permission: 'people:read',
    notFor: ['agent'],
    load: () => import('../people/sites/sites.js'),
    children: [{ path: ':id', load: () => import('../people/sites/site-page.js') }],
  },
  {
    path: 'campaigns',
    label: 'people.campaigns.title',
    group: 'people',
    permission: 'settings:read',
    load: () => import('../people/campaigns/campaigns.js'),
    children: [{ path: ':id', load: () => import('../people/campaigns/campaign-page.js') }],
  },
  {
    path: 'states',
    label: 'presence.settings.title',
    group: 'people',
    permission: 'settings:read',
    load: () => import('../presence/states-page.js'),
  },
  {
    path: 'organisation',
    label: 'people.organisation.title',
    group: 'people',
    permission: 'people:read',
    notFor: ['agent'],
    load: () => import('../people/organisation/organisation.js'),
  },
  {
    path: 'files',
    label: 'people.files.title',
    group: 'people',
    permission: 'exports:make',
    load: () => import('../people/files/files.js'),
  },
  {
    path: 'targets',
    label: 'targets.title',
    group: 'targets',
    permission: 'kpis:read',
    notFor: ['agent'],
    load: () => import('../targets/targets.js'),
    children: [{ path: ':id', load: () => import('../targets/target-page.js') }],
  },
  {
    path: 'periods',
    label: 'targets.months.title',
    group: 'targets',
    permission: 'kpis:read',
    notFor: ['agent'],
    load: () => import('../targets/periods.js'),
    children: [{ path: ':month', load: () => import('../targets/period-page.js') }],
  },
  {
    path: 'dispositions',
    label: 'outcomes.dispositions.title',
    group: 'outcomes',
    permission: 'outcomes:read',
    notFor: ['agent'],
    load: () => import('../outcomes/dispositions-page.js'),
  },
  {
    path: 'do-not-call',
    label: 'outcomes.dnc.title',
    group: 'outcomes',
    permission: 'outcomes:read',
    notFor: ['agent'],
    load: () => import('../outcomes/do-not-call-page.js'),
  },
  {
    path: 'outcome-files',
    label: 'outcomes.files.title',
    group: 'outcomes',
    permission: 'outcomes:write',
    notFor: ['agent'],
    load: () => import('../outcomes/files-page.js'),
  },
  {
    path: 'users',
    label: 'access.users.title',
    group: 'security',
    permission: 'users:read',
    load: () => import('../users/users.js'),
    children: [{ path: ':id', load: () => import('../users/user-page.js') }],
  },
  {
    path: 'keys',
    label: 'keys.title',
    group: 'security',
    permission: 'keys:manage',
    load: () => import('../keys/keys.js'),
  },
  {
    path: 'privacy',
    label: 'privacy.title',
    group: 'security',
    permission: 'calls:read',
    notFor: ['agent'],
    load: () => import('../privacy/search-page.js'),
    children: [{ path: ':id', load: () => import('../privacy/customer-page.js') }],
  },
  {
    path: 'retention',
    label: 'audit.retention.title',
    group: 'security',
    permission: 'settings:read',
    load: () => import('../retention/retention-page.js'),
  },
  {
    path: 'audit',
    label: 'audit.title',
    group: 'security',
    permission: 'audit:read',
    load: () => import('../audit/audit-page.js'),
  },
  {
    path: 'boards',
    label: 'boards.title',
    group: 'screens',
    permission: 'boards:read',
    load: () => import('../boards/boards.js'),
  },
  {
    path: 'screens',
    label: 'boards.screens.title',
    group: 'screens',
    permission: 'screens:manage',
    load: () => import('../screens/screens.js'),
  },
];

/** The pages somebody may use. */
export function sectionsFor(user: { role: Role; permissions: readonly Permission[] }): SettingsSection[] {
  return SECTIONS.filter(
    ({ permission, notFor }) =>
      (permission === null || user.permissions.includes(permission)) && !notFor?.includes(user.role),
  );
}

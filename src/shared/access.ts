/**
 * Roles, permissions and scopes: the words in which server and web speak about who may do what. What each role may do is
 * decided in one place (src/access/policy.ts); the web only ever asks for the list of a session.
 */

export const ROLES = ['agent', 'supervisor', 'ops', 'auditor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/**
 * - `kpis:read`, `calls:read`: within the scope of whoever asks.
 * - `outcomes:read`, `outcomes:write`: dispositions, sales, callbacks within the scope; entering and correcting them.
 * - `targets:write`: targets of the scope. They are read with `kpis:read`.
 * - `numbers:reveal`: full phone numbers, one at a time, audited. Given to a person, never by a role alone.
 * - `people:read`: agents and teams of the scope; `people:write`: the organisation itself.
 * - `settings:read` / `settings:write`: organisation, campaigns, integrations, retention.
 * - `boards:read`: lists and layouts of boards; `boards:write`: arranging them; `screens:manage`: pairing TVs.
 * - `exports:make`: files that leave the system.
 * - `ingest:read` / `ingest:write`: whether events arrive; replaying parked ones.
 */
export const PERMISSIONS = [
  'kpis:read',
  'calls:read',
  'outcomes:read',
  'outcomes:write',
  'targets:write',
  'numbers:reveal',
  'people:read',
  'people:write',
  'settings:read',
  'settings:write',
  'boards:read',
  'boards:write',
  'screens:manage',
  'users:read',
  'users:write',
  'keys:manage',
  'audit:read',
  'privacy:manage',
  'exports:make',
  'ingest:read',
  'ingest:write',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/**
 * Whose numbers somebody sees. `teams` holds every team of the scope, those below included, and means the team a call
 * counted for when it was made; `agents` the person themself. Empty lists see nothing.
 */
export type Scope =
  | { kind: 'all' }
  | { kind: 'teams'; teams: readonly number[] }
  | { kind: 'agents'; agents: readonly number[] };

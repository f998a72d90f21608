/**
 * Proves what the policy decides by itself: deny by default, nobody's role brings full numbers, keys can be given nothing
 * that people only may have, a board is watched by whom it is for, a scope becomes one condition with parameters only.
 */
import { grantOf } from '../../../src/access/keys/key-standing.js';
import { Policy, permissionsOf, scopeOf } from '../../../src/access/policy.js';
import type { KeyPrincipal, ScreenPrincipal, UserPrincipal } from '../../../src/access/principal.js';
import { hiddenByScope, isRefusal } from '../../../src/access/refusal.js';
import { scopeSql } from '../../../src/access/scope-sql.js';
import { AppError } from '../../../src/platform/index.js';
import { PERMISSIONS, ROLES, type Role } from '../../../src/shared/access.js';
import { KEY_SCOPES, TEAM_KEY_SCOPES } from '../../../src/shared/keys.js';

const policy = new Policy();
const user = (role: Role, agentId: number | null = null, teams: number[] = []): UserPrincipal => ({
  kind: 'user',
  userId: 1,
  email: 'a@example.com',
  name: 'A',
  role,
  agentId,
  permissions: permissionsOf(role, false),
  scope: scopeOf(role, agentId, teams),
  session: { idHash: Buffer.alloc(32), expiresAt: 0 },
});
const key = (scopes: KeyPrincipal['permissions']): KeyPrincipal => ({
  kind: 'key',
  keyId: 1,
  name: 'k',
  permissions: scopes,
  scope: { kind: 'all' },
});
const tv: ScreenPrincipal = {
  kind: 'screen',
  screenId: 1,
  name: 'Hall',
  boardId: 'hall',
  permissions: new Set(),
  scope: { kind: 'agents', agents: [] },
};

it('a route that says nothing lets nobody in', () => {
  expect(policy.decide(user('admin'), undefined)).toBe('forbidden');
  expect(policy.decide(null, undefined)).toBe('forbidden');
});

it('nobody is told to sign in, somebody without the right is refused', () => {
  expect(policy.decide(null, 'kpis:read')).toBe('unauthenticated');
  expect(policy.decide(user('agent'), 'users:read')).toBe('forbidden');
  expect(policy.decide(tv, 'kpis:read')).toBe('forbidden');
  expect(policy.decide(key(new Set(PERMISSIONS)), 'signed-in')).toBe('forbidden');
  expect(policy.decide(user('admin'), 'screen')).toBe('forbidden');
});

it('full numbers come with no role, and never to a key', () => {
  for (const role of ROLES) expect([role, permissionsOf(role, false).has('numbers:reveal')]).toEqual([role, false]);
  expect(permissionsOf('agent', true).has('numbers:reveal')).toBe(true);
  expect(KEY_SCOPES).not.toContain('numbers:reveal');
});

it('a key of some teams may have what a supervisor may and nothing more, whatever was written of it', () => {
  expect([...TEAM_KEY_SCOPES].sort()).toEqual([...permissionsOf('supervisor', false)].sort());
  const scopes = ['kpis:read', 'settings:read', 'keys:manage', 'numbers:reveal'] as const;
  expect(grantOf({ name: 'k', scopes: [...scopes], teams: [3, 7] })).toEqual({
    name: 'k',
    permissions: new Set(['kpis:read']),
    scope: { kind: 'teams', teams: [3, 7] },
  });
  // Of teams that are all gone: nothing, and not everything.
  expect(grantOf({ name: 'k', scopes: ['kpis:read'], teams: [] }).scope).toEqual({ kind: 'teams', teams: [] });
  expect(grantOf({ name: 'k', scopes: [...scopes], teams: null })).toEqual({
    name: 'k',
    permissions: new Set(['kpis:read', 'settings:read', 'keys:manage']),
    scope: { kind: 'all' },
  });
});

it('whoever makes keys sees the organisation: no key sees more than its maker', () => {
  const makers = ROLES.filter((role) => permissionsOf(role, false).has('keys:manage'));
  expect(makers.map((role) => scopeOf(role, null, []).kind)).toEqual(makers.map(() => 'all'));
  expect(TEAM_KEY_SCOPES).not.toContain('keys:manage');
});

it('a supervisor without a team and an agent without a telephone see nobody', () => {
  expect(scopeOf('supervisor', 7, [])).toEqual({ kind: 'teams', teams: [] });
  expect(scopeOf('agent', null, [1])).toEqual({ kind: 'agents', agents: [] });
});

it('a board is watched by those whose scope it lies in, by anybody signed in when it is for everyone, and by its TV', () => {
  const board = (teams: number[] | null, audience: 'scope' | 'everyone' = 'scope') => ({ id: 'hall', teams, audience });
  const leader = user('supervisor', null, [1, 2]);
  expect(policy.mayWatch(leader, board([2]))).toBe(true);
  expect(policy.mayWatch(leader, board([2, 3]))).toBe(false);
  expect(policy.mayWatch(leader, board(null))).toBe(false);
  expect(policy.mayWatch(leader, board(null, 'everyone'))).toBe(true);
  expect(policy.mayWatch(user('agent', 5), board([1]))).toBe(false);
  expect(policy.mayWatch(user('agent', 5), board(null, 'everyone'))).toBe(true);
  expect(policy.mayWatch(user('ops'), board(null))).toBe(true);
  expect(policy.mayWatch(key(new Set(['boards:read'])), board(null, 'everyone'))).toBe(false);
  expect(policy.mayWatch(tv, board([9]))).toBe(true);
  expect(policy.mayWatch(tv, { ...board(null, 'everyone'), id: 'other' })).toBe(false);
});

it('a scope is a condition on ids that are parameters', () => {
  const columns = { agent: 'r.agent_id', team: 'r.team_id' };
  const values: unknown[] = [];
  const add = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
  expect(scopeSql({ kind: 'all' }, columns, add)).toBeNull();
  expect(scopeSql({ kind: 'teams', teams: [4, 5] }, columns, add)).toBe('r.team_id = ANY($1::integer[])');
  expect(scopeSql({ kind: 'agents', agents: [] }, columns, add)).toBe('r.agent_id = ANY($2::integer[])');
  expect(values).toEqual([[4, 5], []]);
});

it('what is hidden by scope is told apart inside the server only', () => {
  expect(hiddenByScope().toBody()).toEqual(new AppError('not_found').toBody());
  expect(isRefusal(hiddenByScope())).toBe(true);
  expect(isRefusal(new AppError('not_found'))).toBe(false);
  expect(isRefusal(new AppError('outside_scope'))).toBe(true);
  expect(isRefusal(new Error('x'))).toBe(false);
});

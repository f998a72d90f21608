/** Proves how groups of a sign-in provider become a role here, and what OIDC_ROLES may say. */

import { localPath } from '../../../src/access/oidc/attempt.js';
import { groupsOf, roleOfGroups } from '../../../src/access/oidc/role-of-groups.js';
import { loadConfig, type OidcRole } from '../../../src/platform/index.js';

const rules: OidcRole[] = [
  { group: 'floor-a', role: 'supervisor', team: 'North' },
  { group: 'floor-b', role: 'supervisor', team: 'South: late' },
  { group: 'floor-b', role: 'agent', team: null },
  { group: 'boss', role: 'admin', team: null },
  { group: 'desk', role: 'ops', team: null },
  { group: 'audit', role: 'auditor', team: null },
];

it.each([
  [['floor-a'], { role: 'supervisor', teams: ['North'] }],
  [['floor-b', 'floor-a', 'floor-a'], { role: 'supervisor', teams: ['North', 'South: late'] }],
  [['floor-a', 'boss'], { role: 'admin', teams: [] }],
  [['desk', 'audit'], { role: 'auditor', teams: [] }],
  [['Boss', 'boss '], null],
  [[], null],
])('%j → %j', (groups, expected) => {
  expect(roleOfGroups(groups, rules)).toEqual(expected);
});

it.each([
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
  ['a', ['a']],
  [['a', 1, null, ['b'], {}], ['a']],
  [undefined, []],
  [{ a: true }, []],
])('groups of the claim %j are %j', (claim, expected) => {
  expect(groupsOf(claim)).toEqual(expected);
});

const settings = {
  OIDC_ISSUER: 'https://login.example.com/realms/sales',
  OIDC_CLIENT_ID: 'tallyboard',
  OIDC_CLIENT_SECRET: 'a-secret-of-the-provider',
  OIDC_ROLES: ' floor-a = supervisor:North , cn=boss=admin,floor-b=supervisor:South: late',
};
const load = (change: Record<string, string | undefined> = {}) =>
  loadConfig({ ...settings, ...change }, { cwd: '/nonexistent' });

it('a whole setup is read, a name of a group may hold an equals sign, one of a team a colon', () => {
  expect(load().oidc).toEqual({
    issuer: settings.OIDC_ISSUER,
    clientId: 'tallyboard',
    clientSecret: 'a-secret-of-the-provider',
    name: 'Single sign-on',
    groupsClaim: 'groups',
    scopes: 'openid profile email',
    roles: [
      { group: 'floor-a', role: 'supervisor', team: 'North' },
      { group: 'cn=boss', role: 'admin', team: null },
      { group: 'floor-b', role: 'supervisor', team: 'South: late' },
    ],
  });
  expect(loadConfig({}, { cwd: '/nonexistent' }).oidc).toBeNull();
});

it.each([
  [{ OIDC_ROLES: undefined }, /OIDC_ROLES: needed for single sign-on as well/],
  [{ OIDC_CLIENT_SECRET: undefined, OIDC_ISSUER: undefined }, /OIDC_ISSUER, OIDC_CLIENT_SECRET: needed/],
  [{ OIDC_ROLES: 'boss' }, /"boss" names no role/],
  [{ OIDC_ROLES: 'boss=king' }, /names a role that is none of agent, supervisor, ops, auditor, admin/],
  [{ OIDC_ROLES: 'floor=supervisor' }, /says not which team/],
  [{ OIDC_ROLES: 'boss=admin:North' }, /names a team, which only a supervisor has/],
  [{ OIDC_ISSUER: 'http://login.example.com' }, /must start with https:/],
  [{ OIDC_ISSUER: 'https://login.example.com/?a=b' }, /must have no query/],
  [{ OIDC_SCOPES: 'profile' }, /must contain openid/],
])('%j stops the start and says why', (change, message) => {
  expect(() => load(change)).toThrow(message);
});

it('never prints the secret', () => {
  expect(() => load({ OIDC_CLIENT_SECRET: 'short!!' })).toThrow(/OIDC_CLIENT_SECRET: its value must have/);
});

it.each([
  ['/calls?agent=1#x', '/calls?agent=1#x'],
  ['/', '/'],
  ['//evil.test', '/'],
  ['/\\evil.test', '/'],
  ['/a\\b', '/'],
  ['https://evil.test', '/'],
  ['/a b', '/'],
  ['/x\r\nset-cookie: a=b', '/'],
  ['/sign-in', '/'],
  ['/api/v1/session', '/'],
  [['/a', '/b'], '/'],
  [undefined, '/'],
])('after signing in, next=%j leads to %s', (next, expected) => {
  expect(localPath(next)).toBe(expected);
});

/** Proves: the tree of teams in order, with paths, what lies below, and no team below itself or too deep. */
import { LEVELS_MAX, type TeamRow, TeamTree } from '../../../src/organisation/teams/team-tree.js';

const team = (id: number, name: string, parentId: number | null = null): TeamRow => ({
  id,
  name,
  parentId,
  siteId: 1,
  archivedAt: null,
  showsRanks: true,
});

const tree = new TeamTree([team(1, 'South'), team(2, 'North'), team(3, 'B', 2), team(4, 'A', 2), team(5, 'Deep', 3)]);

test('parents before children, siblings by name, with paths', () => {
  expect(tree.inOrder().map(({ id }) => tree.pathOf(id).join('/'))).toEqual([
    'North',
    'North/A',
    'North/B',
    'North/B/Deep',
    'South',
  ]);
  expect(tree.pathOf(99)).toEqual([]);
});

test('teams with all below them, each once', () => {
  expect(tree.withBelow([2, 3]).sort()).toEqual([2, 3, 4, 5]);
  expect(tree.withBelow([99])).toEqual([99]);
});

test('a team lies neither below itself nor too deep', () => {
  expect([tree.fits(2, 5), tree.fits(2, 2), tree.fits(5, 4), tree.fits(null, 5), tree.fits(3, null)]).toEqual([
    false,
    false,
    true,
    true,
    true,
  ]);
  const deep = new TeamTree(Array.from({ length: LEVELS_MAX }, (_, i) => team(i + 1, `${i}`, i === 0 ? null : i)));
  expect([deep.fits(null, LEVELS_MAX), deep.fits(null, LEVELS_MAX - 1)]).toEqual([false, true]);
  const two = new TeamTree([
    ...Array.from({ length: LEVELS_MAX - 1 }, (_, i) => team(i + 1, `${i}`, i === 0 ? null : i)),
    team(20, 'x'),
    team(21, 'y', 20),
  ]);
  expect(two.fits(20, LEVELS_MAX - 1)).toBe(false);
});

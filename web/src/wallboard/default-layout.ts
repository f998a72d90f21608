import type { BoardTile, LiveBoard } from '../../../src/shared/boards.js';

const f = (id: string, kpi: string, x: number, y: number): BoardTile => ({
  id,
  kind: 'figure',
  x,
  y,
  w: 11,
  h: 7,
  title: null,
  options: { kpi, usual: true, target: null },
});
export const FALLBACK: LiveBoard = {
  id: 'default',
  revision: 1,
  name: '',
  theme: 'dark',
  names: 'names',
  language: 'auto',
  rotationSeconds: 0,
  trendColours: 'green_up',
  teams: null,
  pages: [
    {
      id: 'page-1',
      tiles: [
        f('a', 'dials', 0, 0),
        f('b', 'connects', 11, 0),
        f('c', 'connect_rate', 22, 0),
        f('d', 'talk_s', 0, 7),
        f('e', 'effective', 11, 7),
        f('g', 'avg_talk_s', 22, 7),
        {
          id: 'leaders',
          kind: 'leaderboard',
          x: 33,
          y: 0,
          w: 15,
          h: 14,
          title: null,
          options: { kpi: 'effective', second: 'connects', top: 10 },
        },
        { id: 'floor', kind: 'floor', x: 0, y: 14, w: 33, h: 12, title: null, options: {} },
        { id: 'hours', kind: 'hours', x: 33, y: 14, w: 15, h: 12, title: null, options: {} },
      ],
    },
  ],
};

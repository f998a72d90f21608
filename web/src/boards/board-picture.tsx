import {
  type BoardSummary,
  type BoardTheme,
  GRID_COLUMNS,
  GRID_ROWS,
  type TileKind,
} from '../../../src/shared/boards.js';

/** A board in miniature: where its tiles are and what kind they are. */

const GROUNDS: Record<BoardTheme, { ground: string; panel: string; ink: string }> = {
  dark: { ground: '#0b1020', panel: '#1a2340', ink: '#5fa8ff' },
  light: { ground: '#eef2f9', panel: '#ffffff', ink: '#1763c6' },
  festive: { ground: '#6a0a13', panel: '#961c24', ink: '#ffd166' },
};

const CELL = 10;
const BAR = 20;

export function BoardPicture({ tiles, theme }: Pick<BoardSummary, 'tiles' | 'theme'>) {
  const { ground, panel, ink } = GROUNDS[theme];
  const width = GRID_COLUMNS * CELL + 2 * CELL;
  const height = GRID_ROWS * CELL + BAR + 2 * CELL;
  return (
    <svg className="board-picture" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <rect width={width} height={height} fill={ground} />
      <rect x={CELL} y={CELL} width={110} height={9} rx={4} fill={ink} opacity={0.8} />
      <rect x={width - CELL - 70} y={CELL} width={70} height={9} rx={4} fill={ink} opacity={0.45} />
      {tiles.map(({ id, kind, x, y, w, h }) => (
        <g key={id} transform={`translate(${x * CELL + CELL} ${y * CELL + BAR + CELL})`}>
          {kind !== 'figure' && <rect width={w * CELL - 6} height={h * CELL - 6} rx={5} fill={panel} />}
          <Sketch kind={kind} width={w * CELL - 6} height={h * CELL - 6} ink={ink} />
        </g>
      ))}
    </svg>
  );
}

interface SketchProps {
  kind: TileKind;
  width: number;
  height: number;
  ink: string;
}

function Sketch({ kind, width, height, ink }: SketchProps) {
  if (kind === 'figure') {
    return (
      <>
        <rect y={height * 0.1} width={width * 0.45} height={5} rx={2} fill={ink} opacity={0.4} />
        <rect y={height * 0.32} width={width * 0.7} height={height * 0.34} rx={4} fill={ink} opacity={0.9} />
        <rect y={height * 0.8} width={width * 0.95} height={4} rx={2} fill={ink} opacity={0.4} />
      </>
    );
  }
  if (kind === 'hours') return <Bars width={width} height={height} ink={ink} />;
  if (kind === 'clock') {
    return <rect x={width * 0.15} y={height * 0.3} width={width * 0.7} height={height * 0.4} rx={4} fill={ink} />;
  }
  const rows = kind === 'leaderboard' ? Math.max(2, Math.floor(height / 20)) : Math.max(2, Math.floor(height / 16));
  const columns = kind === 'floor' ? Math.max(2, Math.floor(width / 60)) : 1;
  const step = { x: (width - 12) / columns, y: (height - 12) / rows };
  return Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const share = kind === 'floor' ? 0.9 : kind === 'text' ? (row === rows - 1 ? 0.5 : 0.9) : 1 - row / (rows * 1.6);
    return (
      <rect
        // biome-ignore lint/suspicious/noArrayIndexKey: a sketch's strokes are their places
        key={i}
        x={6 + column * step.x}
        y={6 + row * step.y}
        width={step.x * share - 3}
        height={Math.max(2, step.y * (kind === 'text' ? 0.3 : 0.62))}
        rx={3}
        fill={ink}
        opacity={row === 0 && kind === 'leaderboard' ? 0.75 : 0.3}
      />
    );
  });
}

const HEIGHTS = [0.5, 0.8, 0.65, 0.3, 0.7, 0.9, 0.55];

function Bars({ width, height, ink }: Omit<SketchProps, 'kind'>) {
  const step = (width - 16) / HEIGHTS.length;
  return HEIGHTS.map((share, index) => (
    <rect
      key={share}
      x={8 + index * step}
      y={height - 8 - share * (height - 24)}
      width={step * 0.72}
      height={share * (height - 24)}
      rx={2}
      fill={ink}
      opacity={0.6}
    />
  ));
}

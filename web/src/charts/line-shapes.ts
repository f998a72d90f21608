/** Lines are told apart by the shape of their points too, not by colour alone. Pure. */

export interface LineShape {
  /** As Chart.js calls it. */
  style: 'circle' | 'triangle' | 'rect' | 'rectRot' | 'crossRot' | 'star';
  /** The same in a legend. */
  sign: string;
}

const SHAPES: readonly LineShape[] = [
  { style: 'circle', sign: '●' },
  { style: 'triangle', sign: '▲' },
  { style: 'rect', sign: '■' },
  { style: 'rectRot', sign: '◆' },
  { style: 'crossRot', sign: '✕' },
  { style: 'star', sign: '✱' },
];

/** Null where one line is alone, and for what is usual, which is dashed and has no points. */
export function lineShapes(lines: readonly { isUsual: boolean }[]): (LineShape | null)[] {
  const isAlone = lines.filter(({ isUsual }) => !isUsual).length < 2;
  let next = 0;
  return lines.map(({ isUsual }) => {
    if (isUsual || isAlone) return null;
    next += 1;
    return SHAPES[(next - 1) % SHAPES.length] ?? null;
  });
}

/** Of a long line only some points carry their shape: lines stay lines. */
const POINTS_AT_MOST = 31;
const POINTS_OF_A_LONG_LINE = 10;

/** Radius of each point of a line of so many, in pixels. */
export function pointRadii(count: number, hasShape: boolean): number[] {
  const isLong = count > POINTS_AT_MOST;
  const step = isLong ? Math.ceil(count / POINTS_OF_A_LONG_LINE) : 1;
  return Array.from({ length: count }, (_, at) => {
    if (hasShape) return at % step === 0 ? 4 : 0;
    return isLong ? 0 : 2.5;
  });
}

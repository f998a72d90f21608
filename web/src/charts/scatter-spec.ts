/** What a screen says about a picture of points; nothing of Chart.js shows here. */

export type PointShape = 'circle' | 'triangle' | 'rect' | 'rectRot';

export interface ScatterPoint {
  x: number;
  y: number;
  /** Drawn beside the point where there is room. */
  label: string;
  /** Where it was before: an arrow leads from there. */
  from: { x: number; y: number } | null;
  /** Index of its look. */
  look: number;
  /** Lines of the note that opens at the point. */
  note: string[];
}

export interface ScatterSpec {
  points: ScatterPoint[];
  /** Shape as well as colour tells groups apart. */
  looks: { colour: string; shape: PointShape }[];
  /** Where the quadrants part; null: nowhere. */
  part: { x: number; y: number } | null;
  /** Names in the corners: top left, top right, bottom left, bottom right. */
  corners: [string, string, string, string];
  xTitle: string;
  yTitle: string;
  /** Of the values on the axes. */
  xText: (value: number) => string;
  yText: (value: number) => string;
  inkColour: string;
  axisColour: string;
  lineColour: string;
  ground: string;
  fontPx: number;
}

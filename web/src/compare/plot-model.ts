import { QUADRANTS, type Quadrant, type QuadrantPerson, type QuadrantsView } from '../../../src/shared/comparison.js';
import type { PointShape, ScatterPoint, ScatterSpec } from '../charts/scatter-spec.js';

/** The picture of the quadrants from what the server says. Pure. */

export interface PlotTexts {
  xTitle: string;
  yTitle: string;
  quadrant: (quadrant: Quadrant) => string;
  xText: (value: number) => string;
  yText: (value: number) => string;
}

export type PlotColours = Pick<ScatterSpec, 'inkColour' | 'axisColour' | 'lineColour' | 'ground'> & {
  quadrants: Record<Quadrant, string>;
};

/** Also in the table and in the cards above it, so that colour is never the only sign. */
export const SHAPES: Record<Quadrant, PointShape> = {
  star: 'circle',
  diligent: 'triangle',
  potential: 'rect',
  attention: 'rectRot',
};

export const PLOT_COLOURS: Record<'light' | 'dark', PlotColours> = {
  light: {
    quadrants: { star: '#00796b', diligent: '#1763c6', potential: '#8e4ec6', attention: '#9a6200' },
    inkColour: '#10182c',
    axisColour: '#4d5a78',
    lineColour: '#9aa9c6',
    ground: '#ffffff',
  },
  dark: {
    quadrants: { star: '#2cc5b0', diligent: '#5fa8ff', potential: '#c79bf2', attention: '#f5b544' },
    inkColour: '#eaf0ff',
    axisColour: '#9fadcc',
    lineColour: '#4b5d8a',
    ground: '#121930',
  },
};

/** Those who are drawn, in the order of the points. */
export function drawnPeople({ people }: QuadrantsView): QuadrantPerson[] {
  return people.filter(({ estimate, quadrant }) => estimate !== null && quadrant !== null);
}

export function plotSpec(
  view: QuadrantsView,
  texts: PlotTexts,
  colours: PlotColours,
  options: { movement: boolean; fontPx: number },
): ScatterSpec {
  const { quadrants, ...rest } = colours;
  return {
    ...rest,
    points: drawnPeople(view).flatMap((person) => pointOf(person, texts, options.movement)),
    looks: QUADRANTS.map((quadrant) => ({ colour: quadrants[quadrant], shape: SHAPES[quadrant] })),
    part: view.medians,
    corners: [
      texts.quadrant('potential'),
      texts.quadrant('star'),
      texts.quadrant('attention'),
      texts.quadrant('diligent'),
    ],
    xTitle: texts.xTitle,
    yTitle: texts.yTitle,
    xText: texts.xText,
    yText: texts.yText,
    fontPx: options.fontPx,
  };
}

function pointOf(person: QuadrantPerson, texts: PlotTexts, movement: boolean): ScatterPoint[] {
  const { agent, x, estimate, quadrant, previous } = person;
  if (estimate === null || quadrant === null) return [];
  return [
    {
      x,
      y: estimate.value,
      label: agent.name,
      from: movement ? previous : null,
      look: QUADRANTS.indexOf(quadrant),
      note: [
        agent.name,
        `${texts.xTitle}: ${texts.xText(x)}`,
        `${texts.yTitle}: ${texts.yText(estimate.value)} (${texts.yText(estimate.low)} – ${texts.yText(estimate.high)})`,
      ],
    },
  ];
}

/** Colours of printed charts and tables: those of the light desk, told apart by the colour-blind. */
export const INK = '#16213a';
export const MUTED = '#5b6884';
export const RULE = '#d5dce9';
export const GROUND = '#f3f6fb';
export const ACCENT = '#1763c6';
export const GOOD = '#0b7a6e';
export const BAD = '#b32d0c';
/** The cover: the dark of the wallboard, and what is legible on it. */
export const NIGHT = '#0b1020';
export const ON_NIGHT = '#ffffff';
export const MUTED_ON_NIGHT = '#a9b8d8';
export const USUAL = '#8d99b3';
export const TARGET = '#9a5b00';

const SERIES = [ACCENT, '#0b7a6e', '#9a5b00', '#7a3fb0', '#b32d0c', '#4b6a88'] as const;

export function seriesColour(index: number): string {
  return SERIES[index % SERIES.length] ?? ACCENT;
}

type Rgb = readonly [number, number, number];
/** From little to much: white, a light blue, the accent. */
const STEPS: readonly Rgb[] = [
  [247, 250, 255],
  [150, 190, 238],
  [23, 99, 198],
];

/** Of a heat map's cell; `share` 0 (least) to 1 (most). `ink`: what is legible on it. */
export function heatColour(share: number): { fill: string; ink: string } {
  const place = Math.min(1, Math.max(0, share)) * (STEPS.length - 1);
  const step = Math.min(STEPS.length - 2, Math.floor(place));
  const [low, high] = [STEPS[step] ?? [255, 255, 255], STEPS[step + 1] ?? [255, 255, 255]];
  const mix = (channel: 0 | 1 | 2): number =>
    Math.round(low[channel] + (high[channel] - low[channel]) * (place - step));
  const fill = `#${[mix(0), mix(1), mix(2)].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
  return { fill, ink: share > 0.82 ? '#ffffff' : INK };
}

/** Where each value lies between the least and the most of them; null stays null, one value alone lies in the middle. */
export function heatShares(values: readonly (number | null)[]): (number | null)[] {
  const known = values.filter((value): value is number => value !== null);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  return values.map((value) => (value === null ? null : most === least ? 0.5 : (value - least) / (most - least)));
}

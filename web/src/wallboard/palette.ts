import type { BoardTheme } from '../../../src/shared/boards.js';

/** Colours of the chart; a canvas cannot read the custom properties of themes.css, so both must agree. */
export interface ChartPalette {
  dials: string;
  connects: string;
  hollow: string;
  band: string;
  bandLine: string;
  label: string;
  panel: string;
  axis: string;
  current: string;
}

export const CHART_PALETTE: Record<BoardTheme, ChartPalette> = {
  dark: {
    dials: '#2b4270',
    connects: '#5fa8ff',
    hollow: '#4b5d8a',
    band: 'rgba(160, 178, 220, 0.05)',
    bandLine: '#7d8db5',
    label: '#eaf0ff',
    panel: '#121930',
    axis: '#9fadcc',
    current: '#ffffff',
  },
  light: {
    dials: '#bcd3f5',
    connects: '#1763c6',
    hollow: '#9aa9c6',
    band: 'rgba(60, 80, 130, 0.05)',
    bandLine: '#6b7894',
    label: '#10182c',
    panel: '#ffffff',
    axis: '#4d5a78',
    current: '#0b1020',
  },
  festive: {
    dials: '#b5452f',
    connects: '#ffd166',
    hollow: '#d98a63',
    band: 'rgba(255, 214, 150, 0.06)',
    bandLine: '#e3a878',
    label: '#fff6df',
    panel: '#7d0f19',
    axis: '#f6d3a4',
    current: '#ffffff',
  },
};

/** The page behind the picture, `--bg` of each theme. */
export const GROUND: Record<BoardTheme, string> = { dark: '#0b1020', light: '#eef2f9', festive: '#5e0911' };

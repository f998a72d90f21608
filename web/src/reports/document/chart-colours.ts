/** Colours of the pictures. Told apart by every kind of colour vision in this order, at 3:1 and more on their ground. */
export interface ChartColours {
  series: readonly string[];
  usual: string;
  /** Of a waterfall: what rises, what falls, and both ends. Not those of good and bad: more can be either. */
  up: string;
  down: string;
  ends: string;
  ink: string;
  axis: string;
  line: string;
  ground: string;
}

export const CHART_COLOURS: Record<'light' | 'dark', ChartColours> = {
  light: {
    series: ['#1763c6', '#c26a00', '#00796b', '#8e4ec6', '#b32d0c', '#5b6785'],
    usual: '#10182c',
    up: '#1763c6',
    down: '#c26a00',
    ends: '#5b6785',
    ink: '#10182c',
    axis: '#4d5a78',
    line: '#c8d1e2',
    ground: '#ffffff',
  },
  dark: {
    series: ['#5fa8ff', '#f5b544', '#2cc5b0', '#c79bf2', '#ff7a59', '#9fadcc'],
    usual: '#eaf0ff',
    up: '#5fa8ff',
    down: '#f5b544',
    ends: '#8190b5',
    ink: '#eaf0ff',
    axis: '#9fadcc',
    line: '#34406a',
    ground: '#121930',
  },
};

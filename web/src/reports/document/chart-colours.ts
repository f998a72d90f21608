/** Colours of the pictures. Told apart by every kind of colour vision in this order, at 3:1 and more on their ground. */
export interface ChartColours {
  series: readonly string[];
  usual: string;
  up: string;
  down: string;
  ink: string;
  axis: string;
  line: string;
  ground: string;
}

export const CHART_COLOURS: Record<'light' | 'dark', ChartColours> = {
  light: {
    series: ['#1763c6', '#c26a00', '#00796b', '#8e4ec6', '#b32d0c', '#5b6785'],
    usual: '#5b6785',
    up: '#00796b',
    down: '#b32d0c',
    ink: '#10182c',
    axis: '#4d5a78',
    line: '#c8d1e2',
    ground: '#ffffff',
  },
  dark: {
    series: ['#5fa8ff', '#f5b544', '#2cc5b0', '#c79bf2', '#ff7a59', '#9fadcc'],
    usual: '#9fadcc',
    up: '#2cc5b0',
    down: '#ff7a59',
    ink: '#eaf0ff',
    axis: '#9fadcc',
    line: '#34406a',
    ground: '#121930',
  },
};

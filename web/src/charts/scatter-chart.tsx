import { Chart, type ChartOptions, LinearScale, PointElement, ScatterController, Tooltip } from 'chart.js';
import { useEffect, useRef } from 'react';
import { scatterMarks } from './scatter-marks.js';
import type { ScatterSpec } from './scatter-spec.js';

Chart.register(ScatterController, PointElement, LinearScale, Tooltip, scatterMarks);

type Point = { x: number; y: number };
type Points = Chart<'scatter', Point[]>;

interface Props {
  spec: ScatterSpec;
  /** What a person who cannot see the picture is told. */
  label: string;
  onSelect: (point: number) => void;
}

/** Points on two axes, parted in quadrants. Made on mount, changed in place, destroyed on unmount. */
export function ScatterChart({ spec, label, onSelect }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<Points | null>(null);
  const select = useRef(onSelect);
  const first = useRef(spec);
  select.current = onSelect;

  useEffect(() => {
    if (!canvas.current) return;
    const made: Points = new Chart<'scatter', Point[]>(canvas.current, {
      type: 'scatter',
      data: { datasets: [datasetOf(first.current)] },
      options: optionsOf(first.current, (index) => select.current(index)),
    });
    chart.current = made;
    void document.fonts?.ready.then(() => chart.current === made && made.update('none'));
    return () => {
      made.destroy();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    first.current = spec;
    const made = chart.current;
    const [held] = made?.data.datasets ?? [];
    if (!made || !held) return;
    Object.assign(held, datasetOf(spec));
    made.options = optionsOf(spec, (index) => select.current(index));
    made.update('none');
  }, [spec]);

  return <canvas ref={canvas} role="img" aria-label={label} />;
}

function datasetOf({ points, looks, ground, fontPx }: ScatterSpec) {
  const look = (index: number) => looks[points[index]?.look ?? 0];
  return {
    data: points.map(({ x, y }) => ({ x, y })),
    pointRadius: fontPx * 0.5,
    pointHoverRadius: fontPx * 0.65,
    pointHitRadius: fontPx * 0.6,
    pointStyle: points.map((_, index) => look(index)?.shape ?? 'circle'),
    backgroundColor: points.map((_, index) => look(index)?.colour ?? ground),
    borderColor: ground,
    borderWidth: 1,
  };
}

function optionsOf(spec: ScatterSpec, select: (index: number) => void): ChartOptions<'scatter'> {
  const font = { family: '"Inter Variable", "Noto Sans CJK SC", sans-serif', size: spec.fontPx };
  const axis = (title: string, text: (value: number) => string, of: 'x' | 'y') => ({
    beginAtZero: true,
    // Arrows begin where somebody was: that belongs to the picture, too.
    suggestedMax: Math.max(0, ...spec.points.map((point) => point.from?.[of] ?? 0)),
    grace: '8%',
    grid: { display: false },
    border: { color: spec.lineColour },
    title: { display: true, text: title, color: spec.axisColour, font },
    ticks: {
      color: spec.axisColour,
      font,
      maxTicksLimit: 7,
      callback: (value: string | number) => text(Number(value)),
    },
  });
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    interaction: { mode: 'nearest', intersect: true },
    onClick: (_event, hits) => {
      const hit = hits[0]?.index;
      if (hit !== undefined) select(hit);
    },
    onHover: (event, hits) => {
      const target = event.native?.target;
      if (target instanceof HTMLElement) target.style.cursor = hits.length > 0 ? 'pointer' : 'default';
    },
    plugins: {
      scatterMarks: { spec },
      tooltip: {
        displayColors: false,
        bodyFont: font,
        titleFont: font,
        callbacks: { label: ({ dataIndex }) => spec.points[dataIndex]?.note ?? [] },
      },
    },
    scales: { x: axis(spec.xTitle, spec.xText, 'x'), y: axis(spec.yTitle, spec.yText, 'y') },
  };
}

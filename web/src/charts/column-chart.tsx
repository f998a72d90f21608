import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  type Plugin,
  PointElement,
} from 'chart.js';
import { useEffect, useRef } from 'react';
import type { ColumnChartSpec } from './spec.js';
import { type ColumnDataset, type ColumnType, readableLabels, toDatasets, toOptions } from './to-chart.js';

/** Draws each bar's value above it, so that nobody has to follow a grid line across the wall. */
const directLabels: Plugin = {
  id: 'directLabels',
  afterDatasetsDraw(chart, _args, options: { size?: number }) {
    const context = chart.ctx;
    const size = options.size ?? 12;
    chart.data.datasets.forEach((held, index) => {
      const dataset = held as unknown as ColumnDataset;
      if (!dataset.directLabels) return;
      context.save();
      context.fillStyle = dataset.directLabelColour ?? '#888';
      context.strokeStyle = dataset.directLabelGround ?? 'transparent';
      context.lineWidth = size * 0.3;
      context.lineJoin = 'round';
      context.textAlign = 'center';
      context.textBaseline = 'bottom';
      context.font = `600 ${size}px "Inter Variable", "Noto Sans CJK SC", sans-serif`;
      const bars = chart.getDatasetMeta(index).data;
      const pitch = bars[0] && bars[1] ? bars[1].x - bars[0].x : Number.POSITIVE_INFINITY;
      for (const i of readableLabels(dataset, pitch, (text) => context.measureText(text).width)) {
        const bar = bars[i];
        if (!bar) continue;
        const text = dataset.directLabels[i] ?? '';
        const y = bar.y - size * 0.16;
        // A rim in the colour of the ground keeps the digits legible where the usual line crosses them.
        context.strokeText(text, bar.x, y);
        context.fillText(text, bar.x, y);
      }
      context.restore();
    });
  },
};

Chart.register(
  BarController,
  BarElement,
  LineController,
  LineElement,
  PointElement,
  Filler,
  CategoryScale,
  LinearScale,
  directLabels,
);

type Columns = Chart<ColumnType, (number | null)[], string>;

interface Props {
  spec: ColumnChartSpec;
  /** What a person who cannot see the picture is told. */
  label: string;
  onSelect?: (category: number) => void;
}

/** The one wrapper around Chart.js: made on mount, changed in place, destroyed on unmount. Still when nothing changed. */
export function ColumnChart({ spec, label, onSelect }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<Columns | null>(null);
  const select = useRef(onSelect);
  const shown = useRef('');
  const first = useRef(spec);
  select.current = onSelect;

  useEffect(() => {
    if (!canvas.current) return;
    const initial = first.current;
    const onClick = (_event: unknown, hits: { index: number }[]) => {
      const hit = hits[0]?.index;
      if (hit !== undefined) select.current?.(hit);
    };
    const made = new Chart<ColumnType, (number | null)[], string>(canvas.current, {
      type: 'bar',
      data: { labels: initial.categories, datasets: toDatasets(initial) },
      options: {
        ...toOptions(initial),
        animation: false,
        onClick,
      },
    });
    chart.current = made;
    // The canvas does not know when a web font arrives.
    void document.fonts?.ready.then(() => chart.current === made && made.update('none'));
    return () => {
      made.destroy();
      chart.current = null;
      shown.current = '';
    };
  }, []);

  useEffect(() => {
    const made = chart.current;
    first.current = spec;
    if (!made) return;
    const text = JSON.stringify(spec);
    if (text === shown.current) return;
    const sameShape = shown.current !== '' && made.data.labels?.length === spec.categories.length;
    shown.current = text;
    made.data.labels = spec.categories;
    toDatasets(spec).forEach((dataset, index) => {
      const held = made.data.datasets[index];
      // Changed in place: a new object would lose the bars' present heights, from which they move on.
      if (held) Object.assign(held, dataset);
      else made.data.datasets.push(dataset);
    });
    made.data.datasets.length = spec.series.length;
    made.options = { ...toOptions(spec), onClick: made.options.onClick };
    made.update(sameShape && !prefersStill() ? undefined : 'none');
  }, [spec]);

  return <canvas ref={canvas} role="img" aria-label={label} />;
}

function prefersStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

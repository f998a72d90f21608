import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js';
import { type CSSProperties, useEffect, useRef } from 'react';
import { seriesMarks } from './series-marks.js';
import type { SeriesSpec } from './series-spec.js';
import { type SeriesPoint, type SeriesType, seriesData, seriesOptions } from './to-series.js';
import './report.css';

Chart.register(
  BarController,
  BarElement,
  LineController,
  LineElement,
  PointElement,
  CategoryScale,
  LinearScale,
  Tooltip,
  seriesMarks,
);

/** Of an upright A4 page within its margins. */
const PAPER_WIDTH_PX = 690;

interface Props {
  spec: SeriesSpec;
  /** What a person who cannot see the picture is told. */
  label: string;
  /** It is there on paper only: it came after the browser told that it prints. */
  isPrinted?: boolean;
}

/** Bars, lines or a waterfall. Made on mount, changed in place, destroyed on unmount; nothing moves. */
export function SeriesChart({ spec, label, isPrinted = false }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<Chart<SeriesType, SeriesPoint[], string> | null>(null);
  const first = useRef(spec);
  const madeForPaper = useRef(isPrinted);

  useEffect(() => {
    if (!canvas.current) return;
    const made = new Chart<SeriesType, SeriesPoint[], string>(canvas.current, {
      type: 'bar',
      data: seriesData(first.current),
      options: seriesOptions(first.current),
    });
    chart.current = made;
    // The canvas does not know when a web font arrives.
    void document.fonts?.ready.then(() => chart.current === made && made.update('none'));
    // Paper is narrower than most screens; without this the picture would be cut or made too small to read.
    // Where paper is wider, or a wide table makes the browser shrink the page, the picture grows with it.
    const onPrint = () => {
      made.resize(PAPER_WIDTH_PX, made.height);
      Object.assign(made.canvas.style, { width: '100%', height: 'auto' });
    };
    const onPrinted = () => made.resize();
    if (madeForPaper.current) onPrint();
    window.addEventListener('beforeprint', onPrint);
    window.addEventListener('afterprint', onPrinted);
    return () => {
      window.removeEventListener('beforeprint', onPrint);
      window.removeEventListener('afterprint', onPrinted);
      made.destroy();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    first.current = spec;
    const made = chart.current;
    if (!made) return;
    made.data = seriesData(spec);
    made.options = seriesOptions(spec);
    made.update('none');
  }, [spec]);

  const rows = spec.isSideways ? spec.categories.length * Math.max(1, spec.series.length) : 0;
  return (
    <div
      className="series-chart"
      style={
        rows > 0
          ? ({ '--height': `${3.5 + rows * (spec.series.length > 1 ? 1.1 : 1.75)}rem` } as CSSProperties)
          : undefined
      }
    >
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}

import type { ChartDataset, ChartOptions, ChartType } from 'chart.js';
import type { ColumnChartSpec } from './spec.js';

export type ColumnType = 'bar' | 'line';

export type ColumnDataset = ChartDataset<ColumnType, (number | null)[]> & {
  directLabels?: string[];
  directLabelColour?: string;
  directLabelGround?: string;
};

declare module 'chart.js' {
  interface PluginOptionsByType<TType> {
    /** Type size of the labels above the bars, in pixels. */
    directLabels?: { size: number } & (TType extends ChartType ? unknown : never);
  }
}

/** Series of the specification as Chart.js takes them. `order`: lower is drawn later. Pure. */
export function toDatasets(spec: ColumnChartSpec): ColumnDataset[] {
  return spec.series.map((series, index): ColumnDataset => {
    const order = spec.series.length - index;
    if (series.kind === 'band') {
      return {
        type: 'line',
        data: series.values,
        order,
        stepped: 'middle',
        borderColor: series.stroke,
        backgroundColor: series.fill,
        borderWidth: Math.max(1.5, spec.fontPx / 12),
        fill: 'origin',
        pointRadius: 0,
        pointHitRadius: 0,
      };
    }
    return {
      type: 'bar',
      data: series.values,
      order,
      grouped: false,
      backgroundColor: series.fill,
      borderColor: series.stroke ?? series.fill,
      borderWidth: series.stroke ? Math.max(1.5, spec.fontPx / 14) : 0,
      borderSkipped: 'bottom',
      borderRadius: spec.fontPx / 6,
      categoryPercentage: 0.78,
      barPercentage: 1,
      directLabels: series.labels,
      directLabelColour: series.labelColour,
      directLabelGround: series.labelGround,
    };
  });
}

/** Axes without junk: hours below, no grid, no value axis (the labels say the values). */
export function toOptions(spec: ColumnChartSpec): ChartOptions<ColumnType> {
  const peak = Math.max(1, ...spec.series.flatMap((series) => series.values.map((value) => value ?? 0)));
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: { duration: 350, easing: 'easeOutCubic' },
    events: ['click'],
    interaction: { mode: 'index', intersect: false },
    layout: { padding: { top: spec.fontPx * 1.25 } },
    plugins: { directLabels: { size: spec.fontPx } },
    scales: {
      x: {
        grid: { display: false },
        border: { display: false },
        ticks: {
          color: (context) => (context.index === spec.current ? spec.currentColour : spec.axisColour),
          font: (context) => ({
            family: '"Inter Variable", "Noto Sans CJK SC", sans-serif',
            size: spec.fontPx,
            weight: context.index === spec.current ? 700 : 500,
          }),
          maxRotation: 0,
          autoSkip: true,
          padding: spec.fontPx * 0.15,
        },
      },
      y: { display: false, beginAtZero: true, max: peak * 1.02 },
    },
  };
}

/**
 * Which labels are drawn: all when each has room, else only the newest and the highest bar's, so that what is drawn can
 * be read from afar. Never two that touch.
 */
export function readableLabels(
  dataset: Pick<ColumnDataset, 'directLabels' | 'data'>,
  pitch: number,
  widthOf: (text: string) => number,
): number[] {
  const labels = dataset.directLabels ?? [];
  const shown = labels.flatMap((text, index) => (text ? [index] : []));
  if (shown.every((index) => widthOf(labels[index] ?? '') <= pitch * 0.92)) return shown;
  const value = (index: number) => dataset.data[index] ?? 0;
  const newest = shown[shown.length - 1];
  const highest = shown.reduce<number | undefined>(
    (best, i) => (best === undefined || value(i) > value(best) ? i : best),
    undefined,
  );
  if (newest === undefined || highest === undefined || newest === highest) return newest === undefined ? [] : [newest];
  const apart = (newest - highest) * pitch;
  const needed = (widthOf(labels[newest] ?? '') + widthOf(labels[highest] ?? '')) / 2;
  return apart > needed * 1.1 ? [highest, newest] : [newest];
}

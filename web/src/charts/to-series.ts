import type { ChartData, ChartDataset, ChartOptions, Scale, TooltipItem } from 'chart.js';
import { cutToFit } from './cut-to-fit.js';
import { lineShapes, pointRadii } from './line-shapes.js';
// Declares the plugin whose options are given below.
import type {} from './series-marks.js';
import { type SeriesSpec, timeStep, waterfallBars } from './series-spec.js';

/** The specification of a series chart as Chart.js takes it. Pure. */

export type SeriesType = 'bar' | 'line';
export type SeriesPoint = number | [number, number] | null;
export type SeriesDataset = ChartDataset<SeriesType, SeriesPoint[]>;
export type SeriesData = ChartData<SeriesType, SeriesPoint[], string>;

const FONT = '"Inter Variable", "Noto Sans CJK SC", sans-serif';

export function seriesData(spec: SeriesSpec): SeriesData {
  return { labels: spec.categories, datasets: spec.series.map((_, index) => datasetOf(spec, index)) };
}

function datasetOf(spec: SeriesSpec, index: number): SeriesDataset {
  const line = spec.series[index];
  if (line === undefined) return { type: 'bar', data: [] };
  const axis = spec.isSideways ? { xAxisID: line.axis } : { yAxisID: line.axis };
  if (spec.type === 'waterfall') {
    const last = line.values.length - 1;
    const colourOf = (value: number | null, at: number) =>
      at === 0 || at === last ? line.colour : (value ?? 0) < 0 ? spec.downColour : spec.upColour;
    return {
      ...axis,
      type: 'bar',
      data: waterfallBars(line.values),
      backgroundColor: line.values.map(colourOf),
      borderSkipped: false,
      // What is a level or next to nothing is drawn as a line.
      minBarLength: 3,
      categoryPercentage: 0.8,
      barPercentage: 0.9,
    };
  }
  if (spec.type === 'line' || (line.isUsual && spec.isInOrder)) {
    const shape = lineShapes(spec.series)[index] ?? null;
    const isAlone = line.values.filter((value) => value !== null).length === 1;
    return {
      ...axis,
      type: 'line',
      data: line.values,
      // Lower is drawn later: what is usual stays behind lines and in front of bars, which would hide it.
      order: line.isUsual ? (spec.type === 'line' ? 3 : 0) : 1,
      borderColor: line.colour,
      backgroundColor: line.colour,
      borderWidth: line.isUsual ? 1.5 : 2,
      borderDash: line.isUsual ? [5, 4] : [],
      pointStyle: shape?.style ?? 'circle',
      pointRadius: line.isUsual ? 0 : isAlone ? 2.5 : pointRadii(line.values.length, shape !== null),
      pointHoverRadius: 4,
      pointHitRadius: 8,
      spanGaps: false,
    };
  }
  return {
    ...axis,
    type: 'bar',
    data: line.values,
    order: 2,
    backgroundColor: line.isUsual ? 'transparent' : line.colour,
    borderColor: line.colour,
    borderWidth: line.isUsual ? 1.5 : 0,
    borderRadius: 2,
    categoryPercentage: 0.78,
    barPercentage: 0.92,
    maxBarThickness: 46,
  };
}

export function seriesOptions(spec: SeriesSpec): ChartOptions<SeriesType> {
  const font = { family: FONT, size: spec.fontPx };
  const hasRight = spec.series.some(({ axis }) => axis === 'right');
  const category = {
    grid: { display: false },
    border: { color: spec.lineColour },
    ticks: {
      color: spec.isSideways ? spec.inkColour : spec.axisColour,
      font,
      maxRotation: 0,
      autoSkip: !spec.isSideways,
      ...(spec.isSideways ? { callback: namesBeside(spec) } : {}),
    },
  };
  const value = (of: 'left' | 'right') => ({
    position: spec.isSideways ? ('bottom' as const) : of,
    display: of === 'left' || hasRight,
    beginAtZero: spec.type !== 'waterfall',
    grace: spec.type === 'waterfall' ? (spec.isSideways ? '4%' : '15%') : '4%',
    ...(spec.type === 'waterfall' ? {} : reachOf(spec, of)),
    grid: { display: of === 'left', color: spec.lineColour, lineWidth: 0.5, drawTicks: false },
    border: { display: false },
    ticks: {
      color: spec.axisColour,
      font,
      padding: 6,
      maxTicksLimit: 6,
      ...(spec.axisWhole[of] ? { precision: 0 } : {}),
      ...(spec.axisSteps[of] ? { stepSize: timeStep(mostOf(spec, of)) } : {}),
      maxRotation: 0,
      // Of steps smaller than what is said, each figure once.
      callback: (tick: string | number, at: number, ticks: readonly { value: number }[]) => {
        const text = spec.axisText[of](Number(tick));
        const before = ticks[at - 1];
        return before !== undefined && spec.axisText[of](before.value) === text ? '' : text;
      },
    },
  });
  return {
    indexAxis: spec.isSideways ? 'y' : 'x',
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    layout: { padding: { top: spec.fontPx * (spec.isSideways ? 0.5 : 1.5), right: roomForTexts(spec) } },
    interaction: { mode: 'index', axis: spec.isSideways ? 'y' : 'x', intersect: false },
    plugins: {
      seriesMarks: { read: () => spec },
      tooltip: {
        displayColors: false,
        titleFont: { ...font, weight: 600 },
        bodyFont: font,
        padding: 10,
        callbacks: {
          label: ({ datasetIndex, dataIndex }: TooltipItem<SeriesType>) =>
            spec.series[datasetIndex]?.notes[dataIndex] ?? [],
        },
      },
    },
    scales: spec.isSideways
      ? {
          y: category,
          left: { ...value('left'), axis: 'x' },
          ...(hasRight ? { right: { ...value('right'), axis: 'x' } } : {}),
        }
      : {
          x: category,
          left: { ...value('left'), axis: 'y' },
          ...(hasRight ? { right: { ...value('right'), axis: 'y' } } : {}),
        },
  };
}

/** Names beside bars have half of the picture; Chart.js cuts off the beginning of longer ones. The note at the bar has them whole. */
function namesBeside(spec: SeriesSpec): (this: Scale, value: string | number) => string {
  return function (value) {
    const { ctx, width } = this.chart;
    ctx.save();
    ctx.font = `${spec.fontPx}px ${FONT}`;
    const room = (width - roomForTexts(spec)) / 2 - spec.fontPx;
    const name = cutToFit(spec.categories[Number(value)] ?? '', room, (text) => ctx.measureText(text).width);
    ctx.restore();
    return name;
  };
}

/** Of the figures that stand beyond the ends of bars, in pixels: the longest of them, roughly. */
function roomForTexts(spec: SeriesSpec): number {
  const [line] = spec.series;
  if (!spec.isSideways || spec.series.length !== 1 || line === undefined) return spec.fontPx;
  const letters = line.values.map((value) => {
    const text = value === null ? '' : spec.type === 'waterfall' ? spec.stepText(value) : spec.barText(value);
    return [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 1.05 : 0.62), 0);
  });
  return Math.round(spec.fontPx * (0.8 + Math.max(0, ...letters)));
}

function mostOf(spec: SeriesSpec, of: 'left' | 'right'): number {
  const values = spec.series
    .filter(({ axis }) => axis === of)
    .flatMap((line) => (spec.type === 'waterfall' ? waterfallBars(line.values).flat() : line.values));
  return Math.max(1, ...values.map((value) => Math.abs(value ?? 0)), of === 'left' ? (spec.target ?? 0) : 0);
}

/** The target and the ranges of values belong to the picture, even where no value reaches them. */
function reachOf(spec: SeriesSpec, of: 'left' | 'right'): { suggestedMin: number; suggestedMax: number } {
  const ranges = spec.series
    .filter(({ axis }) => axis === of)
    .flatMap((line) => line.ranges.flatMap((one) => one ?? []));
  const target = of === 'left' && spec.target !== null ? [spec.target] : [];
  return {
    suggestedMin: Math.min(0, ...target, ...ranges.map(({ low }) => low)),
    suggestedMax: Math.max(0, ...target, ...ranges.map(({ high }) => high)),
  };
}

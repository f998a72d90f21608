import type { Chart, ChartType, Plugin, Scale } from 'chart.js';
import { type SeriesLine, type SeriesSpec, waterfallBars } from './series-spec.js';

declare module 'chart.js' {
  interface PluginOptionsByType<TType> {
    /**
     * Line of the target, ranges of values, direct labels, steps of a waterfall. A function, because Chart.js looks into
     * objects and stumbles over what is null in them.
     */
    seriesMarks?: { read?: () => SeriesSpec } & (TType extends ChartType ? unknown : never);
  }
}

/** More categories than this and whiskers would be all one sees. */
const WHISKERS_AT_MOST = 40;

/** What Chart.js does not draw itself. */
export const seriesMarks: Plugin = {
  id: 'seriesMarks',
  beforeDatasetsDraw(chart, _args, { read }: { read?: () => SeriesSpec }) {
    const spec = read?.();
    if (spec === undefined) return;
    if (spec.type !== 'line') return;
    for (const [index, line] of spec.series.entries()) drawBand(chart, line, index);
  },
  afterDatasetsDraw(chart, _args, { read }: { read?: () => SeriesSpec }) {
    const spec = read?.();
    if (spec === undefined) return;
    if (spec.target !== null) drawTarget(chart, spec, spec.target);
    if (spec.type === 'waterfall') drawSteps(chart, spec);
    if (spec.type === 'bar') for (const [index, line] of spec.series.entries()) drawWhiskers(chart, spec, line, index);
    if (spec.series.length === 1 && spec.type !== 'line') drawBarTexts(chart, spec);
  },
};

const scaleOf = (chart: Chart, line: SeriesLine): Scale | undefined => chart.scales[line.axis];

/** Where the values of a line may lie, as a pale area around it. */
function drawBand(chart: Chart, line: SeriesLine, index: number): void {
  const scale = scaleOf(chart, line);
  const points = chart.getDatasetMeta(index).data;
  if (scale === undefined || line.ranges.every((range) => range === null)) return;
  const { ctx } = chart;
  ctx.save();
  ctx.fillStyle = line.colour;
  ctx.globalAlpha = 0.13;
  let run: { x: number; low: number; high: number }[] = [];
  const close = () => {
    if (run.length > 1) {
      ctx.beginPath();
      for (const { x, high } of run) ctx.lineTo(x, scale.getPixelForValue(high));
      for (const { x, low } of run.toReversed()) ctx.lineTo(x, scale.getPixelForValue(low));
      ctx.fill();
    }
    run = [];
  };
  line.ranges.forEach((range, at) => {
    const point = points[at];
    if (range === null || point === undefined) close();
    else run.push({ x: point.x, ...range });
  });
  close();
  ctx.restore();
}

function drawWhiskers(chart: Chart, spec: SeriesSpec, line: SeriesLine, index: number): void {
  const scale = scaleOf(chart, line);
  if (scale === undefined || line.ranges.length > WHISKERS_AT_MOST) return;
  const { ctx } = chart;
  const bars = chart.getDatasetMeta(index).data;
  ctx.save();
  ctx.strokeStyle = spec.inkColour;
  ctx.lineWidth = 1.25;
  line.ranges.forEach((range, at) => {
    const bar = bars[at];
    if (range === null || bar === undefined) return;
    const [low, high] = [scale.getPixelForValue(range.low), scale.getPixelForValue(range.high)];
    ctx.beginPath();
    if (spec.isSideways) {
      ctx.moveTo(low, bar.y);
      ctx.lineTo(high, bar.y);
    } else {
      ctx.moveTo(bar.x, low);
      ctx.lineTo(bar.x, high);
    }
    ctx.stroke();
  });
  ctx.restore();
}

function drawTarget(chart: Chart, spec: SeriesSpec, target: number): void {
  const scale = chart.scales.left;
  if (scale === undefined) return;
  const { ctx, chartArea: area } = chart;
  const at = scale.getPixelForValue(target);
  ctx.save();
  ctx.strokeStyle = spec.inkColour;
  ctx.lineWidth = 1.25;
  ctx.beginPath();
  if (spec.isSideways) {
    ctx.moveTo(at, area.top);
    ctx.lineTo(at, area.bottom);
  } else {
    ctx.moveTo(area.left, at);
    ctx.lineTo(area.right, at);
  }
  ctx.stroke();
  ctx.restore();
}

/** Thin lines from the end of one bar of a waterfall to the beginning of the next. */
function drawSteps(chart: Chart, spec: SeriesSpec): void {
  const [line] = spec.series;
  const scale = chart.scales.left;
  if (line === undefined || scale === undefined) return;
  const { ctx } = chart;
  const bars = chart.getDatasetMeta(0).data;
  ctx.save();
  ctx.strokeStyle = spec.axisColour;
  ctx.lineWidth = 1;
  ctx.setLineDash([2, 2]);
  waterfallBars(line.values).forEach(([, end], at) => {
    const [bar, next] = [bars[at], bars[at + 1]];
    if (bar === undefined || next === undefined) return;
    const level = scale.getPixelForValue(end);
    ctx.beginPath();
    ctx.moveTo(spec.isSideways ? level : bar.x, spec.isSideways ? bar.y : level);
    ctx.lineTo(spec.isSideways ? level : next.x, spec.isSideways ? next.y : level);
    ctx.stroke();
  });
  ctx.restore();
}

/** Each bar's value at its end: all of them or none, so that none seems to be missing. */
function drawBarTexts(chart: Chart, spec: SeriesSpec): void {
  const [line] = spec.series;
  const scale = chart.scales.left;
  if (line === undefined || scale === undefined) return;
  const { ctx } = chart;
  const bars = chart.getDatasetMeta(0).data;
  ctx.save();
  ctx.font = fontOf(spec, 600);
  const last = line.values.length - 1;
  const isStep = (at: number) => spec.type === 'waterfall' && at > 0 && at < last;
  const texts = line.values.map((value, at) =>
    value === null ? '' : isStep(at) ? spec.stepText(value) : spec.barText(value),
  );
  const pitch = bars[0] && bars[1] ? Math.abs(bars[1].x - bars[0].x) : Number.POSITIVE_INFINITY;
  if (!spec.isSideways && texts.some((text) => ctx.measureText(text).width > pitch * 0.96)) {
    ctx.restore();
    return;
  }
  const ends = spec.type === 'waterfall' ? waterfallBars(line.values) : line.values.map((value) => [0, value ?? 0]);
  ctx.fillStyle = spec.inkColour;
  ctx.strokeStyle = spec.ground;
  ctx.lineJoin = 'round';
  ctx.lineWidth = spec.fontPx * 0.3;
  ctx.textAlign = spec.isSideways ? 'left' : 'center';
  ctx.textBaseline = spec.isSideways ? 'middle' : 'bottom';
  texts.forEach((text, at) => {
    const bar = bars[at];
    if (bar === undefined || text === '') return;
    // Beyond the further end, past the range where one is drawn.
    const far = Math.max(...(ends[at] ?? [0]), line.ranges[at]?.high ?? Number.NEGATIVE_INFINITY);
    const end = scale.getPixelForValue(far);
    const x = spec.isSideways ? Math.min(end + 6, chart.width - ctx.measureText(text).width) : bar.x;
    const y = spec.isSideways ? bar.y : end - 3;
    ctx.strokeText(text, x, y);
    ctx.fillText(text, x, y);
  });
  ctx.restore();
}

function fontOf(spec: SeriesSpec, weight: number): string {
  return `${weight} ${spec.fontPx}px "Inter Variable", "Noto Sans CJK SC", sans-serif`;
}

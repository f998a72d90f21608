import type { Chart, ChartType, Plugin } from 'chart.js';
import type { ScatterSpec } from './scatter-spec.js';

declare module 'chart.js' {
  interface PluginOptionsByType<TType> {
    /** Lines, corner names, arrows and names of points. */
    scatterMarks?: { spec?: ScatterSpec } & (TType extends ChartType ? unknown : never);
  }
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface Place {
  x: number;
  y: number;
  width: number;
}

/**
 * Where names are written: right of the point, else left, above or below it; left out where it would touch another name,
 * a point or the edge. Null: not written. Pure.
 */
export function labelPlaces(points: readonly Place[], area: Box, size: number): ({ x: number; y: number } | null)[] {
  const radius = size * 0.7;
  const taken: Box[] = points.map(({ x, y }) => box(x - radius, y - radius, 2 * radius, 2 * radius));
  return points.map(({ x, y, width }) => {
    const offers = [
      { x: x + radius * 1.2, y: y - size / 2 },
      { x: x - radius * 1.2 - width, y: y - size / 2 },
      { x: x - width / 2, y: y - radius * 1.2 - size },
      { x: x - width / 2, y: y + radius * 1.2 },
    ];
    for (const offer of offers) {
      const wanted = box(offer.x, offer.y, width, size);
      if (!isInside(wanted, area) || taken.some((other) => touches(wanted, other))) continue;
      taken.push(wanted);
      return offer;
    }
    return null;
  });
}

function box(left: number, top: number, width: number, height: number): Box {
  return { left, top, right: left + width, bottom: top + height };
}

function isInside(one: Box, area: Box): boolean {
  return one.left >= area.left && one.right <= area.right && one.top >= area.top && one.bottom <= area.bottom;
}

function touches(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** What Chart.js does not draw itself: where the quadrants part and what they are called, movement, names. */
export const scatterMarks: Plugin = {
  id: 'scatterMarks',
  beforeDatasetsDraw(chart, _args, options: { spec?: ScatterSpec }) {
    if (options.spec === undefined) return;
    drawParts(chart, options.spec);
    drawArrows(chart, options.spec);
  },
  afterDatasetsDraw(chart, _args, options: { spec?: ScatterSpec }) {
    if (options.spec !== undefined) drawNames(chart, options.spec);
  },
};

const fontOf = (spec: ScatterSpec, weight: number): string =>
  `${weight} ${spec.fontPx}px "Inter Variable", "Noto Sans CJK SC", sans-serif`;

function drawParts(chart: Chart, spec: ScatterSpec): void {
  const { ctx, chartArea: area, scales } = chart;
  const [across, up] = [scales.x, scales.y];
  if (spec.part === null || across === undefined || up === undefined) return;
  const x = across.getPixelForValue(spec.part.x);
  const y = up.getPixelForValue(spec.part.y);
  ctx.save();
  ctx.strokeStyle = spec.lineColour;
  ctx.setLineDash([6, 5]);
  ctx.beginPath();
  ctx.moveTo(x, area.top);
  ctx.lineTo(x, area.bottom);
  ctx.moveTo(area.left, y);
  ctx.lineTo(area.right, y);
  ctx.stroke();
  ctx.fillStyle = spec.axisColour;
  ctx.font = fontOf(spec, 650);
  const pad = spec.fontPx * 0.6;
  const widest = Math.max(...spec.corners.map((name) => ctx.measureText(name).width));
  // On a phone two of them do not fit beside each other; what the shapes mean stands below the picture.
  if (2 * widest + 4 * pad > area.right - area.left) {
    ctx.restore();
    return;
  }
  spec.corners.forEach((name, index) => {
    const isRight = index % 2 === 1;
    const isLow = index > 1;
    ctx.textAlign = isRight ? 'right' : 'left';
    ctx.textBaseline = isLow ? 'bottom' : 'top';
    ctx.fillText(name, isRight ? area.right - pad : area.left + pad, isLow ? area.bottom - pad : area.top + pad);
  });
  ctx.restore();
}

function drawArrows(chart: Chart, spec: ScatterSpec): void {
  const { ctx, scales } = chart;
  const [across, up] = [scales.x, scales.y];
  if (across === undefined || up === undefined) return;
  ctx.save();
  ctx.globalAlpha = 0.55;
  for (const { x, y, from, look } of spec.points) {
    if (from === null) continue;
    const start = { x: across.getPixelForValue(from.x), y: up.getPixelForValue(from.y) };
    const end = { x: across.getPixelForValue(x), y: up.getPixelForValue(y) };
    const angle = Math.atan2(end.y - start.y, end.x - start.x);
    const head = spec.fontPx * 0.55;
    const reach = Math.max(0, Math.hypot(end.x - start.x, end.y - start.y) - spec.fontPx * 0.6);
    if (reach < head) continue;
    const tip = { x: start.x + reach * Math.cos(angle), y: start.y + reach * Math.sin(angle) };
    ctx.strokeStyle = spec.looks[look]?.colour ?? spec.axisColour;
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.moveTo(start.x, start.y);
    ctx.lineTo(tip.x, tip.y);
    for (const side of [-1, 1]) {
      ctx.moveTo(tip.x, tip.y);
      ctx.lineTo(tip.x - head * Math.cos(angle + side * 0.5), tip.y - head * Math.sin(angle + side * 0.5));
    }
    ctx.stroke();
  }
  ctx.restore();
}

function drawNames(chart: Chart, spec: ScatterSpec): void {
  const { ctx, chartArea } = chart;
  ctx.save();
  ctx.font = fontOf(spec, 500);
  const dots = chart.getDatasetMeta(0).data;
  const places = labelPlaces(
    spec.points.map(({ label }, index) => ({
      x: dots[index]?.x ?? 0,
      y: dots[index]?.y ?? 0,
      width: ctx.measureText(label).width,
    })),
    chartArea,
    spec.fontPx,
  );
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  ctx.lineJoin = 'round';
  ctx.lineWidth = spec.fontPx * 0.3;
  ctx.strokeStyle = spec.ground;
  ctx.fillStyle = spec.inkColour;
  places.forEach((place, index) => {
    const label = spec.points[index]?.label;
    if (place === null || label === undefined) return;
    ctx.strokeText(label, place.x, place.y);
    ctx.fillText(label, place.x, place.y);
  });
  ctx.restore();
}

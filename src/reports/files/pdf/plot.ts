/** What charts on paper share: scales with round numbers, labels that do not touch, a legend. */
import type { KpiValue } from '../../../shared/api.js';
import { formatKpi } from '../../../shared/format/index.js';
import type { ChartPoint, ChartSection, ChartSeries } from '../../../shared/reports.js';
import type { ReportLanguage } from '../../ports.js';
import { MUTED, RULE, seriesColour, TARGET, USUAL } from '../palette.js';
import { WORDS } from '../words.js';
import { INNER, MARGIN, type Pages } from './pages.js';

export const LABEL = 7.5;

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Scale {
  ticks: number[];
  low: number;
  high: number;
}

/** Round steps (1, 2, 5 × a power of ten) from at most the least to at least the most; 0 is on it. */
export function scaleOf(values: readonly number[], whole: boolean): Scale {
  return steps(Math.min(0, ...values), Math.max(0, ...values), whole ? 1 : 0);
}

/** Around the values alone, so that small differences between large ones can be seen. */
export function closeScaleOf(values: readonly number[], whole: boolean): Scale {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  // Labels of rates have one decimal of a per cent.
  return values.length === 0 || least === most ? scaleOf(values, whole) : steps(least, most, whole ? 1 : 0.001);
}

function steps(least: number, most: number, smallest: number): Scale {
  if (least === most) return { ticks: [0, 1], low: 0, high: 1 };
  const rough = (most - least) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((one) => one * power >= rough) ?? 10;
  const step = Math.max(smallest, factor * power);
  const low = Math.floor(least / step + 1e-9) * step;
  const high = Math.ceil(most / step - 1e-9) * step;
  const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => low + i * step);
  return { ticks, low, high };
}

export function place(value: number, scale: Scale, area: Area): number {
  return area.y + area.height * (1 - (value - scale.low) / (scale.high - scale.low));
}

export function valueText(value: number, series: ChartSeries | undefined, language: ReportLanguage): string {
  if (series === undefined) return String(value);
  const isMoney = series.currency !== undefined && (series.unit === 'money' || series.unit === 'money_per_hour');
  const figure: KpiValue = isMoney ? { amountMinor: value, currency: series.currency ?? '' } : value;
  const text = formatKpi(figure, series.unit, language);
  // Durations are never below nothing, differences of them are.
  return series.unit === 'seconds' && value < 0 ? `-${formatKpi(-value, series.unit, language)}` : text;
}

/** Every value a chart has room to make for. */
export function valuesOf(section: ChartSection): number[] {
  const ofPoint = (point: ChartPoint): (number | null | undefined)[] => [point.value, point.low, point.high];
  return [...section.series.flatMap((series) => series.points.flatMap(ofPoint)), section.target].filter(
    (value): value is number => typeof value === 'number' && Number.isFinite(value),
  );
}

/** Lines of the scale with their values; returns what is left for the marks. */
export function drawScale(pages: Pages, area: Area, scale: Scale, series: ChartSeries | undefined): Area {
  const texts = scale.ticks.map((tick) => valueText(tick, series, pages.language).replace(/\.00?(?=%?$)/, ''));
  const left = Math.max(...texts.map((text) => pages.width(text, { size: LABEL }))) + 8;
  const inner = { x: area.x + left, y: area.y, width: area.width - left, height: area.height - 18 };
  scale.ticks.forEach((tick, i) => {
    const y = place(tick, scale, inner);
    pages.rule(inner.x, y, inner.x + inner.width, y, RULE, tick === 0 ? 0.8 : 0.35);
    const style = { size: LABEL, colour: MUTED, align: 'right' } as const;
    pages.line(texts[i] ?? '', area.x, y - pages.height(1, style) / 2, left - 6, style);
  });
  return inner;
}

/** Names below the marks; only every second, third … where they would touch. */
export function drawCategories(pages: Pages, section: ChartSection, inner: Area): void {
  const names = section.categories.map((one) => pages.printable(one[pages.language]));
  const slot = inner.width / Math.max(1, names.length);
  const widest = Math.max(0, ...names.map((name) => pages.width(name, { size: LABEL })));
  const every = Math.max(1, Math.ceil((Math.min(widest, 90) + 6) / slot));
  names.forEach((name, i) => {
    if (i % every !== 0) return;
    const style = { size: LABEL, colour: MUTED, align: 'center', maxLines: 1 } as const;
    const middle = inner.x + slot * (i + 0.5);
    pages.text(name, middle - (slot * every) / 2, inner.y + inner.height + 3, slot * every, style);
  });
}

/** Names of the series where there are several, and the target. */
export function drawLegend(pages: Pages, section: ChartSection): void {
  const entries = section.series.map((series, i) => ({
    name: series.name[pages.language],
    colour: series.usual ? USUAL : seriesColour(i),
    isLine: series.usual === true,
  }));
  if (entries.length === 1) entries.pop();
  if (section.target !== undefined) {
    const value = valueText(section.target, section.series[0], pages.language);
    entries.push({ name: `${WORDS.target[pages.language]} ${value}`, colour: TARGET, isLine: true });
  }
  if (entries.length === 0) return;
  let x = MARGIN;
  for (const entry of entries) {
    const name = pages.printable(entry.name);
    const width = pages.width(name, { size: 8 });
    if (x + width + 24 > MARGIN + INNER) break;
    if (entry.isLine) pages.rule(x, pages.y + 6, x + 12, pages.y + 6, entry.colour, 1.4);
    else pages.box(x, pages.y + 2.5, 12, 7, entry.colour);
    pages.line(name, x + 16, pages.y, width + 2, { size: 8, colour: MUTED });
    x += width + 34;
  }
  pages.y += 16;
}

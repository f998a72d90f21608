/** Charts drawn as vectors: bars, lines, heat maps, funnels and waterfalls, without decoration. */
import { formatFraction, spanText } from '../../../shared/format/index.js';
import type { ChartPoint, ChartSection, ChartSeries } from '../../../shared/reports.js';
import { ACCENT, BAD, GOOD, heatColour, heatShares, INK, MUTED, seriesColour, TARGET, USUAL } from '../palette.js';
import { signed } from '../print.js';
import { WORDS } from '../words.js';
import { INNER, MARGIN, type Pages } from './pages.js';
import {
  type Area,
  closeScaleOf,
  drawCategories,
  drawLegend,
  drawScale,
  LABEL,
  place,
  type Scale,
  scaleOf,
  valuesOf,
  valueText,
} from './plot.js';

const PLOT_HEIGHT = 170;
const PLOT_TIGHT = 140;
/** A plot may become so low before it is put on the next page. */
const PLOT_LEAST = 112;
/** Legend and gaps. */
const AROUND = 44;
const FUNNEL_ROW = 26;
const HEAT_ROW = 24;

export function drawChart(pages: Pages, section: ChartSection): void {
  const { language } = pages;
  const isTall = section.type === 'heatmap' || section.type === 'funnel';
  const least = isTall ? heightOf(section) : PLOT_LEAST;
  const title = section.title[language];
  pages.room(pages.headingHeight(title) + least + noteHeight(pages, section) + AROUND + pages.reserve);
  pages.heading(title);
  if (valuesOf(section).length === 0) {
    pages.y += pages.text(WORDS.noData[language], MARGIN, pages.y, INNER, { colour: MUTED }) + 14;
    return;
  }
  if (section.type === 'heatmap') drawHeatMap(pages, section);
  else if (section.type === 'funnel') drawFunnel(pages, section);
  else drawPlot(pages, section);
  if (section.note !== undefined) {
    pages.y += pages.text(section.note[language], MARGIN, pages.y, INNER, { size: 8, colour: MUTED }) + 2;
  }
  pages.y += pages.gap(16);
}

function heightOf(section: ChartSection): number {
  if (section.type === 'heatmap') return Math.min(400, section.series.length * HEAT_ROW + 20);
  return section.categories.length * FUNNEL_ROW;
}

function drawPlot(pages: Pages, section: ChartSection): void {
  if (section.type !== 'waterfall') drawLegend(pages, section);
  const height = Math.max(
    PLOT_LEAST,
    Math.min(pages.isTight ? PLOT_TIGHT : PLOT_HEIGHT, pages.left - noteHeight(pages, section) - pages.reserve - 16),
  );
  const area = { x: MARGIN, y: pages.y + 8, width: INNER, height };
  const [first] = section.series;
  const values = section.type === 'waterfall' ? levelsOf(first).flat() : valuesOf(section);
  const scale = (section.type === 'waterfall' ? closeScaleOf : scaleOf)(values, first?.unit === 'count');
  const inner = drawScale(pages, area, scale, first);
  drawCategories(pages, section, inner);
  if (section.type === 'waterfall') drawWaterfall(pages, section, inner, scale);
  else if (section.type === 'line') drawLines(pages, section, inner, scale);
  else drawBars(pages, section, inner, scale);
  if (section.target !== undefined) drawTarget(pages, section.target, inner, scale);
  if (section.type === 'line') labelLines(pages, section, inner, scale);
  if (section.type === 'bar') labelBars(pages, section, inner, scale);
  pages.y = area.y + area.height + 4;
}

function noteHeight(pages: Pages, { note }: ChartSection): number {
  if (note === undefined) return 0;
  return pages.height(pages.lines(note[pages.language], INNER, { size: 8 }).length, { size: 8 });
}

function drawTarget(pages: Pages, target: number, inner: Area, scale: Scale): void {
  const y = place(target, scale, inner);
  pages.draw((doc) => doc.save().dash(4, { space: 3 }));
  pages.rule(inner.x, y, inner.x + inner.width, y, TARGET, 1);
  pages.draw((doc) => doc.undash().restore());
}

interface Bar {
  value: number;
  point: ChartPoint;
  series: ChartSeries;
  x: number;
  y: number;
  width: number;
  /** Room for its label. */
  room: number;
  colour: string;
}

function barsOf(section: ChartSection, inner: Area, scale: Scale): Bar[] {
  const solid = section.series.flatMap((series, at) => (series.usual ? [] : [{ series, at }]));
  const slot = inner.width / Math.max(1, section.categories.length);
  const width = Math.min(46, (slot * 0.78) / Math.max(1, solid.length));
  return section.categories.flatMap((_, i) =>
    solid.flatMap(({ series, at }, nth): Bar[] => {
      const value = series.points[i]?.value ?? null;
      if (value === null) return [];
      const x = inner.x + slot * (i + 0.5) - (width * solid.length) / 2 + nth * width;
      const y = place(value, scale, inner);
      const point = series.points[i] ?? { value };
      return [{ value, point, series, x, y, width, room: solid.length === 1 ? slot : width, colour: seriesColour(at) }];
    }),
  );
}

function drawBars(pages: Pages, section: ChartSection, inner: Area, scale: Scale): void {
  const zero = place(0, scale, inner);
  for (const { x, y, width, colour } of barsOf(section, inner, scale)) {
    pages.box(x + 0.5, Math.min(y, zero), width - 1, Math.abs(zero - y), colour);
  }
  drawWhiskers(pages, section, inner, scale);
  const slot = inner.width / Math.max(1, section.categories.length);
  for (const series of section.series) {
    if (series.usual) drawSteps(pages, series, inner, scale, slot);
  }
}

/** How sure each bar is: from the low to the high end of its range. */
function drawWhiskers(pages: Pages, section: ChartSection, inner: Area, scale: Scale): void {
  for (const { x, width, point } of barsOf(section, inner, scale)) {
    if (point.low === undefined || point.high === undefined) continue;
    const middle = x + width / 2;
    const [top, bottom] = [place(point.high, scale, inner), place(point.low, scale, inner)];
    pages.rule(middle, top, middle, bottom, INK, 0.9);
    for (const y of [top, bottom]) pages.rule(middle - 4, y, middle + 4, y, INK, 0.9);
  }
}

/** Above everything else, on white: a line that crosses a figure makes another figure of it. */
function labelBars(pages: Pages, section: ChartSection, inner: Area, scale: Scale): void {
  for (const bar of barsOf(section, inner, scale)) {
    const text = valueText(bar.value, bar.series, pages.language);
    const own = pages.width(text, { size: LABEL });
    if (own > bar.room - 2) continue;
    const top = bar.point.high === undefined ? bar.y : Math.min(bar.y, place(bar.point.high, scale, inner));
    const y = bar.value < 0 ? bar.y + 1.5 : top - 11.5;
    pages.box(bar.x + bar.width / 2 - own / 2 - 1, y + 1, own + 2, 9, '#ffffff');
    const style = { size: LABEL, colour: INK, align: 'center' } as const;
    pages.line(text, bar.x - 40, y, bar.width + 80, style);
  }
}

/** What is usual, behind bars: a level a category. */
function drawSteps(pages: Pages, series: ChartSeries, inner: Area, scale: Scale, slot: number): void {
  series.points.forEach((point, i) => {
    if (point.value === null) return;
    const y = place(point.value, scale, inner);
    pages.rule(inner.x + slot * (i + 0.06), y, inner.x + slot * (i + 0.94), y, USUAL, 1.6);
  });
}

function drawLines(pages: Pages, section: ChartSection, inner: Area, scale: Scale): void {
  const slot = inner.width / Math.max(1, section.categories.length);
  const at = (index: number): number => inner.x + slot * (index + 0.5);
  section.series.forEach((series, index) => {
    const colour = series.usual ? USUAL : seriesColour(index);
    drawRange(pages, series, at, inner, scale, colour);
    let last: { x: number; y: number; value: number } | null = null;
    series.points.forEach((point, i) => {
      if (point.value === null) {
        last = null;
        return;
      }
      const here = { x: at(i), y: place(point.value, scale, inner), value: point.value };
      if (last !== null) pages.rule(last.x, last.y, here.x, here.y, colour, series.usual ? 1 : 1.8);
      if (!series.usual && section.categories.length <= 45) {
        pages.draw((doc) => doc.circle(here.x, here.y, 2).fill(colour));
      }
      last = here;
    });
  });
}

/** Of the last figure of a line, so that it may stand beside its point, where no line runs through it. */
const BESIDE = 34;

/** The last figure of each line, one above the other where they would touch. */
function labelLines(pages: Pages, section: ChartSection, inner: Area, scale: Scale): void {
  const slot = inner.width / Math.max(1, section.categories.length);
  const labels = section.series.flatMap((series, index) => {
    const last = series.points.findLastIndex((point) => point.value !== null);
    const value = series.points[last]?.value ?? null;
    if (series.usual || value === null) return [];
    const x = inner.x + slot * (last + 0.5);
    const isBeside = last === section.categories.length - 1 && slot / 2 >= BESIDE;
    const y = place(value, scale, inner) - (isBeside ? 6 : 15);
    return [{ text: valueText(value, series, pages.language), x, y, isBeside, colour: seriesColour(index) }];
  });
  let below = Number.POSITIVE_INFINITY;
  for (const { text, x, y, isBeside, colour } of labels.sort((a, b) => b.y - a.y)) {
    const top = Math.min(y, below - 11);
    const look = { size: LABEL, bold: true, colour } as const;
    if (isBeside) pages.line(text, x + 6, top, 80, { ...look, align: 'left' });
    else pages.line(text, x - 40, top, 80, { ...look, align: 'center' });
    below = top;
  }
}

/** The range a figure lies in nine times out of ten. */
function drawRange(
  pages: Pages,
  series: ChartSeries,
  at: (index: number) => number,
  inner: Area,
  scale: Scale,
  colour: string,
): void {
  series.points.forEach(({ low, high }, i) => {
    if (low === undefined || high === undefined) return;
    const [top, bottom] = [place(high, scale, inner), place(low, scale, inner)];
    pages.draw((doc) =>
      doc
        .save()
        .fillOpacity(0.16)
        .rect(at(i) - 5, top, 10, Math.max(0.5, bottom - top))
        .fill(colour)
        .restore(),
    );
  });
}

/** From where to where each step of a waterfall goes; the first and the last are levels, no bars. */
function levelsOf(series: ChartSeries | undefined): [number, number][] {
  const values = series?.points.map((point) => point.value ?? 0) ?? [];
  let level = 0;
  return values.map((value, i): [number, number] => {
    const isEnd = i === 0 || i === values.length - 1;
    const step: [number, number] = isEnd ? [value, value] : [level, level + value];
    level = step[1];
    return step;
  });
}

function drawWaterfall(pages: Pages, section: ChartSection, inner: Area, scale: Scale): void {
  const [series] = section.series;
  const levels = levelsOf(series);
  const slot = inner.width / Math.max(1, levels.length);
  const width = Math.min(54, slot * 0.66);
  levels.forEach(([from, to], i) => {
    const isEnd = i === 0 || i === levels.length - 1;
    const [a, b] = [place(from, scale, inner), place(to, scale, inner)];
    const x = inner.x + slot * (i + 0.5) - width / 2;
    const colour = isEnd ? ACCENT : to >= from ? GOOD : BAD;
    pages.box(x, Math.min(a, b), width, Math.max(isEnd ? 2 : 0.8, Math.abs(b - a)), colour);
    if (i < levels.length - 1) pages.rule(x + width, b, x + slot, b, MUTED, 0.5);
    const value = series?.points[i]?.value ?? 0;
    const text = isEnd ? valueText(value, series, pages.language) : stepText(value, series, pages.language);
    if (pages.width(text, { size: LABEL }) > slot * 1.1) return;
    pages.line(text, x - slot / 2, Math.min(a, b) - 12, width + slot, { size: LABEL, colour: INK, align: 'center' });
  });
}

/** What a step adds or takes; of rates it is points, no part of anything. */
function stepText(value: number, series: ChartSeries | undefined, language: Pages['language']): string {
  const size = valueText(Math.abs(value), series, language);
  if (series?.unit !== 'fraction') return signed(value, size);
  const points = size.replace('%', '');
  return signed(value, language === 'zh' ? `${points}${WORDS.points.zh}` : `${points} ${WORDS.points.en}`);
}

/** A row a step: how many, and which share of the step before. */
function drawFunnel(pages: Pages, section: ChartSection): void {
  const { language } = pages;
  const series = section.series.find((one) => !one.usual) ?? section.series[0];
  const usual = section.series.find((one) => one !== series);
  const most = Math.max(1, ...section.series.flatMap((one) => one.points.map((point) => point.value ?? 0)));
  const [nameWidth, textWidth] = [120, 170];
  const room = INNER - nameWidth - textWidth;
  drawLegend(pages, section);
  section.categories.forEach((category, i) => {
    const value = series?.points[i]?.value ?? null;
    const before = i === 0 ? null : (series?.points[i - 1]?.value ?? null);
    const leaks = 'leak' in section && section.leak === i;
    pages.text(category[language], MARGIN, pages.y + 4, nameWidth - 8, { size: 9, maxLines: 1 });
    const width = Math.max(1, (room * (value ?? 0)) / most);
    pages.box(MARGIN + nameWidth, pages.y + 3, width, FUNNEL_ROW - 8, leaks ? BAD : ACCENT);
    const usually = usual?.points[i]?.value ?? null;
    if (usually !== null) {
      const x = MARGIN + nameWidth + (room * usually) / most;
      pages.rule(x, pages.y + 1, x, pages.y + FUNNEL_ROW - 3, USUAL, 1.6);
    }
    const share = before === null || before === 0 || value === null ? '' : formatFraction(value / before, language);
    const text = value === null ? '—' : valueText(value, series, language);
    const x = MARGIN + nameWidth + Math.max(width, (room * (usually ?? 0)) / most) + 6;
    pages.line(share === '' ? text : `${text}   ${share}`, x, pages.y + 4, textWidth, {
      size: 9,
      colour: leaks ? BAD : INK,
    });
    pages.y += FUNNEL_ROW;
  });
  pages.y += 4;
}

/** A cell a figure, darker for more; below it what it was counted over. */
function drawHeatMap(pages: Pages, section: ChartSection): void {
  const { language } = pages;
  const columns = section.categories.length;
  const names = section.series.map((series) => pages.printable(series.name[language]));
  const left = Math.min(140, Math.max(...names.map((name) => pages.width(name, { size: 8 }))) + 10);
  const slot = Math.min(70, (INNER - left) / Math.max(1, columns));
  const shares = heatShares(
    section.series.flatMap((series) => section.categories.map((_, i) => series.points[i]?.value ?? null)),
  );
  const head = { size: LABEL, colour: MUTED, align: 'center', maxLines: 1 } as const;
  const drawHead = (): void => {
    section.categories.forEach((category, i) => {
      pages.text(category[language], MARGIN + left + slot * i, pages.y, slot, head);
    });
    pages.y += 13;
  };
  drawHead();
  section.series.forEach((series, row) => {
    if (pages.room(HEAT_ROW)) drawHead();
    pages.text(names[row] ?? '', MARGIN, pages.y + 6, left - 8, { size: 8, maxLines: 1 });
    section.categories.forEach((_, i) => {
      const point = series.points[i];
      const share = shares[row * columns + i] ?? null;
      if (point?.value === null || point === undefined || share === null) return;
      const { fill, ink } = heatColour(share);
      const x = MARGIN + left + slot * i;
      pages.box(x + 0.5, pages.y + 0.5, slot - 1, HEAT_ROW - 1, fill);
      const hasSample = point.sample !== undefined;
      const value = fitting(pages, valueText(point.value, series, language), slot);
      pages.line(value, x, pages.y + (hasSample ? 1.5 : 6), slot, { size: LABEL, colour: ink, align: 'center' });
      if (!hasSample) return;
      const under = { size: 5.5, colour: ink, align: 'center' } as const;
      pages.line(sampleText(pages, point, series, slot - 2), x, pages.y + 11.5, slot, under);
    });
    pages.y += HEAT_ROW;
  });
  pages.y += 6;
}

/** How many it is of, with the range it lies in where that fits. */
function sampleText(pages: Pages, { low, high, sample }: ChartPoint, series: ChartSeries, width: number): string {
  const alone = `n ${sample}`;
  if (low === undefined || high === undefined) return alone;
  const text = (value: number): string => valueText(value, series, pages.language);
  const all = `${spanText(text(low), text(high))} · ${alone}`;
  return pages.width(all, { size: 5.5 }) <= width ? all : alone;
}

/** Narrow cells go without the decimals of a percentage, and then without their text. */
function fitting(pages: Pages, text: string, width: number): string {
  const shorter = text.replace(/\.\d+%$/, '%');
  return [text, shorter].find((one) => pages.width(one, { size: LABEL }) <= width - 2) ?? '';
}

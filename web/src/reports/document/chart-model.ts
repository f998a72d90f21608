import type { ChartPoint, ChartSection, ChartSeries } from '../../../../src/shared/reports.js';
import type { FunnelStep } from '../../charts/funnel-step.js';
import { FEW_SAMPLES, type HeatMapSpec, heatEnds } from '../../charts/heat-map-model.js';
import type { SeriesSpec } from '../../charts/series-spec.js';
import { formatCount, formatFraction, type Language, localeOf, MISSING, spanText } from '../../format/index.js';
import type { ChartColours } from './chart-colours.js';
import { figurePath } from './links.js';
import { axisText, numberText, shortPointsText, signedText } from './values.js';

/** What is drawn of a chart of a document. Pure. */

export interface ChartTexts {
  /** "9 times in 10: 37.0% – 45.4%" */
  range: (low: string, high: string) => string;
  /** "of 512" */
  sample: (count: string) => string;
}

/** A step of a waterfall: of rates in points, of anything else in its unit. */
const stepText = (value: number, { unit, currency }: ChartSeries, language: Language): string =>
  unit === 'fraction' ? shortPointsText(value, language) : signedText(value, unit, currency, language);

const unitOf = ({ unit, currency }: ChartSeries): string => `${unit}:${currency ?? ''}`;

/** "41.2%", then the range it lies in and what it was counted over, where they are known. */
export function pointNotes(point: ChartPoint, series: ChartSeries, texts: ChartTexts, language: Language): string[] {
  const { value, low, high, sample } = point;
  const say = (figure: number) => numberText(figure, series.unit, series.currency, language);
  return [
    value === null ? MISSING : say(value),
    ...(low !== undefined && high !== undefined ? [texts.range(say(low), say(high))] : []),
    ...(sample !== undefined ? [texts.sample(formatCount(sample, language))] : []),
  ];
}

/** The series that can be drawn: those of the first two units. All are in the table beside the picture. */
export function drawnSeries({ series }: ChartSection): ChartSeries[] {
  const units = [...new Set(series.map(unitOf))].slice(0, 2);
  return series.filter((one) => units.includes(unitOf(one)));
}

/** "Target 45.0%", for the legend; null: none is drawn. */
export function targetText(section: ChartSection, say: (value: string) => string, language: Language): string | null {
  const [first] = section.series;
  if (section.target === undefined || first === undefined) return null;
  return say(numberText(section.target, first.unit, first.currency, language));
}

/** Colour of each drawn series, in their order. */
export function seriesColours(drawn: readonly ChartSeries[], colours: ChartColours): string[] {
  let next = 0;
  return drawn.map(({ usual }) => {
    if (usual) return colours.usual;
    next += 1;
    return colours.series[(next - 1) % colours.series.length] ?? colours.ink;
  });
}

export function seriesSpec(
  section: ChartSection & { type: SeriesSpec['type'] },
  colours: ChartColours,
  texts: ChartTexts,
  language: Language,
  fontPx: number,
): SeriesSpec {
  const drawn = drawnSeries(section);
  const categories = section.categories.map((text) => categoryText(text[language], language));
  const [first] = drawn;
  const second = drawn.find((one) => first !== undefined && unitOf(one) !== unitOf(first));
  const painted = seriesColours(drawn, colours);
  const last = categories.length - 1;
  const noteOf = (series: ChartSeries, point: ChartPoint, at: number): string[] => {
    const isStep = section.type === 'waterfall' && at > 0 && at < last && point.value !== null;
    const [value = MISSING, ...more] = pointNotes(point, series, texts, language);
    const said = isStep ? stepText(point.value ?? 0, series, language) : value;
    return [`${series.name[language]}: ${said}`, ...more];
  };
  const sideways = section.type !== 'line' && isSideways(section.categories.map((text) => text[language]));
  const axis = (of: ChartSeries | undefined) => (value: number) =>
    of === undefined ? '' : axisText(value, of.unit, of.currency, language);
  return {
    type: section.type,
    isSideways: sideways,
    categories,
    isInOrder: isInOrder(section),
    series: drawn.map((series, index) => ({
      name: series.name[language],
      values: series.points.map(({ value }) => value),
      ranges: series.points.map(({ low, high }) => (low !== undefined && high !== undefined ? { low, high } : null)),
      notes: series.points.map((point, at) => noteOf(series, point, at)),
      colour: section.type === 'waterfall' ? colours.ends : (painted[index] ?? colours.ink),
      isUsual: series.usual === true,
      axis: first !== undefined && unitOf(series) === unitOf(first) ? 'left' : 'right',
    })),
    target: section.target ?? null,
    axisText: { left: axis(first), right: axis(second) },
    axisSteps: { left: first?.unit === 'seconds', right: second?.unit === 'seconds' },
    axisWhole: { left: first !== undefined && isWhole(first), right: second !== undefined && isWhole(second) },
    barText: (value) => (first === undefined ? '' : numberText(value, first.unit, first.currency, language)),
    stepText: (value) => (first === undefined ? '' : stepText(value, first, language)),
    upColour: colours.up,
    downColour: colours.down,
    inkColour: colours.ink,
    axisColour: colours.axis,
    lineColour: colours.line,
    ground: colours.ground,
    fontPx,
  };
}

const isWhole = ({ unit, points }: ChartSeries): boolean =>
  unit === 'count' && points.every(({ value }) => value === null || Number.isInteger(value));

/** Letters that fit below the bars of a picture, side by side. */
const LETTERS_BELOW = 48;

/** Hours, dates, weeks and months, by how they are written. */
const isTime = (categories: readonly string[]): boolean => categories.every((name) => /^\d|\d{4}-\d{2}/.test(name));

/** Whether what is usual may be one line through the categories. */
export function isInOrder({ type, categories }: ChartSection): boolean {
  return type === 'line' || isTime(categories.map(({ en }) => en));
}

/** Names need room beside the bars; hours and dates stand below them. */
function isSideways(categories: readonly string[]): boolean {
  const widths = categories.map(widthOf);
  const all = widths.reduce((sum, width) => sum + width + 2, 0);
  return !isTime(categories) && (Math.max(0, ...widths) > 9 || all > LETTERS_BELOW);
}

const monthDays = new Map<Language, Intl.DateTimeFormat>();

function monthDay(language: Language): Intl.DateTimeFormat {
  const held = monthDays.get(language);
  if (held) return held;
  const made = new Intl.DateTimeFormat(localeOf(language), { month: 'short', day: 'numeric', timeZone: 'UTC' });
  monthDays.set(language, made);
  return made;
}

/** Hours and dates of an axis in as few characters as say them: "09–10", "Nov 16", of a week its Monday. The table has them in full. */
export function categoryText(name: string, language: Language): string {
  const hours = /^(\d{2}):00–(\d{2}):00$/.exec(name);
  if (hours) return `${hours[1]}–${hours[2]}`;
  const date = /^(?:Week of )?(\d{4}-\d{2}-\d{2})(?: 当周)?$/.exec(name)?.[1];
  return date === undefined ? name : monthDay(language).format(Date.parse(`${date}T12:00:00Z`));
}

/** In Latin letters; a Chinese character is as wide as two. */
function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 2 : 1), 0);
}

/** @param calls query of the calls the document counts; absent: cells open nothing */
export function heatMapSpec(
  section: ChartSection,
  texts: ChartTexts,
  language: Language,
  calls?: string | undefined,
): HeatMapSpec {
  const rows = section.series.map((series, row) => ({
    name: series.name[language],
    cells: section.categories.map((_, at) => {
      const point: ChartPoint = series.points[at] ?? { value: null };
      const notes = pointNotes(point, series, texts, language);
      return {
        text: notes[0] ?? MISSING,
        value: point.value,
        small: smallText(point, series, language),
        note: notes,
        isFaint: point.sample !== undefined && point.sample < FEW_SAMPLES,
        to: cellPath(section, calls, { row, column: at }),
      };
    }),
  }));
  const ends = heatEnds(rows.flatMap(({ cells }) => cells));
  const [unit] = section.series;
  const say = (value: number | undefined) =>
    value === undefined || unit === undefined ? MISSING : numberText(value, unit.unit, unit.currency, language);
  return {
    columns: section.categories.map((text) => categoryText(text[language], language)),
    rows,
    least: say(ends?.least),
    most: say(ends?.most),
  };
}

/** "35.0–41.2%" and "n 160". */
function smallText(
  { low, high, sample }: ChartPoint,
  { unit, currency }: ChartSection['series'][number],
  language: Language,
): string[] {
  const text = (value: number): string => numberText(value, unit, currency, language);
  return [
    ...(low === undefined || high === undefined ? [] : [spanText(text(low), text(high))]),
    ...(sample ? [`n ${numberText(sample, 'count', undefined, language)}`] : []),
  ];
}

/** What the document counts, narrowed to the column and the row of a cell. */
function cellPath(
  { opens, series }: ChartSection,
  calls: string | undefined,
  { row, column }: { row: number; column: number },
): string | null {
  if (opens === undefined || calls === undefined) return null;
  const query = new URLSearchParams(calls);
  for (const part of [opens.categories[column], opens.series[row]]) {
    for (const [name, value] of new URLSearchParams(part)) query.set(name, value);
  }
  return figurePath(query.toString(), opens.kpi, series[row]?.points[column]?.value ?? null);
}

export function funnelSteps(section: ChartSection, language: Language): FunnelStep[] {
  const [series, usual] = section.series;
  if (series === undefined) return [];
  const first = series.points[0]?.value ?? null;
  const share = (points: readonly ChartPoint[] | undefined, at: number): string | null => {
    const [before, now] = [points?.[at - 1]?.value ?? null, points?.[at]?.value ?? null];
    return before === null || now === null ? null : formatFraction(before === 0 ? null : now / before, language);
  };
  return section.categories.map((name, at) => {
    const value = series.points[at]?.value ?? null;
    return {
      name: name[language],
      text: value === null ? MISSING : numberText(value, series.unit, series.currency, language),
      share: value === null || !first ? null : value / first,
      passed: at === 0 ? null : (share(series.points, at) ?? MISSING),
      usual: at === 0 ? null : share(usual?.points, at),
    };
  });
}

/** The chart as a table: a row a category, a column a series. */
export function chartTable(section: ChartSection, texts: ChartTexts, language: Language): string[][] {
  return section.categories.map((name, at) => [
    name[language],
    ...section.series.map((series) => {
      const point = series.points[at] ?? { value: null };
      const [level = MISSING, ...more] = pointNotes(point, series, texts, language);
      const isStep = section.type === 'waterfall' && at > 0 && at < section.categories.length - 1;
      const value = isStep && point.value !== null ? stepText(point.value, series, language) : level;
      return more.length === 0 ? value : `${value} (${more.join(' · ')})`;
    }),
  ]);
}

/** Whether there is anything to draw. */
export function hasValues({ series }: ChartSection): boolean {
  return series.some(({ points }) => points.some(({ value }) => value !== null));
}

/** Native charts of a workbook over the figures of their sheet. */
import {
  Chart,
  ChartEmptyCells,
  ChartFormat,
  ChartLegendPosition,
  ChartLine,
  ChartLineDashType,
  ChartMarker,
  ChartRange,
  ChartSeries,
  ChartSolidFill,
  ChartType,
} from 'wasm-xlsxwriter';
import type { ColumnType } from '../../shared/reports.js';
import type { ReportLanguage } from '../ports.js';
import { TARGET, USUAL } from './palette.js';
import { colour, numberFormat } from './xlsx-book.js';

export interface ChartedColumn {
  name: string;
  /** Column of the sheet. */
  at: number;
  colour: string;
  /** `line`: drawn over the bars. `base`: holds up what stands on it, itself not seen. */
  as: 'main' | 'usual' | 'target' | 'base';
}

export interface ChartPlan {
  sheet: string;
  title: string;
  kind: 'column' | 'line' | 'stacked';
  unit: ColumnType;
  currency?: string;
  /** Rows of the sheet with the figures, both included. */
  first: number;
  last: number;
  columns: ChartedColumn[];
}

const WIDTH = 820;
const HEIGHT = 400;

export function nativeChart(plan: ChartPlan, language: ReportLanguage): Chart {
  const main = new Chart(
    plan.kind === 'line' ? ChartType.Line : plan.kind === 'stacked' ? ChartType.ColumnStacked : ChartType.Column,
  );
  main.title().setName(plan.title);
  main.setWidth(WIDTH).setHeight(HEIGHT).setName(plan.title).setAltText(plan.title);
  main.showEmptyCellsAs(ChartEmptyCells.Gaps);
  const largest = plan.unit === 'count' ? 1 : 0.5;
  main.yAxis().setNumFormat(numberFormat(plan.unit, largest, plan.currency, language));
  if (plan.columns.filter((column) => column.as !== 'base').length === 1) main.legend().setHidden();
  else main.legend().setPosition(ChartLegendPosition.Bottom);
  const thin = plan.columns.filter((column) => column.as === 'usual' || column.as === 'target');
  for (const column of plan.columns) {
    if (!thin.includes(column) || plan.kind === 'line') main.pushSeries(seriesOf(plan, column));
  }
  if (thin.length === 0 || plan.kind === 'line') return main;
  const over = new Chart(ChartType.Line);
  for (const column of thin) over.pushSeries(seriesOf(plan, column));
  return main.combine(over);
}

function seriesOf(plan: ChartPlan, column: ChartedColumn): ChartSeries {
  const range = (at: number): ChartRange => ChartRange.newFromRange(plan.sheet, plan.first, at, plan.last, at);
  const series = new ChartSeries().setName(column.name).setCategories(range(0)).setValues(range(column.at));
  if (column.as === 'base') return series.setFormat(new ChartFormat().setNoFill().setNoBorder());
  const isLine = plan.kind === 'line' || column.as !== 'main';
  if (!isLine)
    return series.setFormat(new ChartFormat().setSolidFill(new ChartSolidFill().setColor(colour(column.colour))));
  const line = new ChartLine()
    .setColor(colour(column.as === 'usual' ? USUAL : column.as === 'target' ? TARGET : column.colour))
    .setWidth(column.as === 'main' ? 2.25 : 1.25);
  if (column.as !== 'main') line.setDashType(ChartLineDashType.Dash);
  return series.setFormat(new ChartFormat().setLine(line)).setMarker(new ChartMarker().setNone());
}

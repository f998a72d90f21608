import type { ChartSection, ReportSection, TableSection } from '../../../../src/shared/reports.js';

/**
 * A section; two small ones, which stand beside each other where there is room; or a chart and the table of the same
 * figures, which are one.
 */
export type Block =
  | { kind: 'one'; section: ReportSection }
  | { kind: 'row'; sections: [ReportSection, ReportSection] }
  | { kind: 'pair'; chart: ChartSection; table: TableSection };

/** Which sections of a document belong together, in its order. Pure. */
export function blocksOf(sections: readonly ReportSection[]): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < sections.length; at += 1) {
    const [section, next] = [sections[at], sections[at + 1]];
    if (section === undefined) continue;
    const pair = next === undefined ? null : (pairOf(section, next) ?? rowOf(section, next, sections[at + 2]));
    blocks.push(pair ?? { kind: 'one', section });
    if (pair !== null) at += 1;
  }
  return blocks;
}

/** What is no longer than a picture and no wider than half a page. */
const SMALL = { rows: 12, columns: 4 } as const;

function isSmall(section: ReportSection): boolean {
  if (section.kind === 'chart') return section.type === 'bar' || section.type === 'line';
  if (section.kind === 'text') return false;
  return section.rows.length > 0 && section.rows.length <= SMALL.rows && section.columns.length <= SMALL.columns;
}

function rowOf(first: ReportSection, second: ReportSection, after: ReportSection | undefined): Block | null {
  if (!isSmall(first) || !isSmall(second)) return null;
  // The second may belong to the one after it.
  if (after !== undefined && pairOf(second, after) !== null) return null;
  return { kind: 'row', sections: [first, second] };
}

/** A heat map needs the whole width. */
function pairOf(first: ReportSection, second: ReportSection): Block | null {
  const chart = first.kind === 'chart' ? first : second.kind === 'chart' ? second : null;
  const table = first.kind === 'table' ? first : second.kind === 'table' ? second : null;
  if (chart === null || table === null || chart.type === 'heatmap') return null;
  const isOne =
    table.id === `${chart.id}_table` || chart.id === `${table.id}_chart` || chart.title.en === table.title.en;
  return isOne ? { kind: 'pair', chart, table } : null;
}

/** What a pack says in a message: the headline of each of its documents. Pure. */
import { readyParameters, reportParameters } from '../../shared/report-parameters.js';
import type { ReportDocument, ReportSource } from '../../shared/reports.js';
import type { PackSummary, SummaryPart } from '../../shared/schedules.js';

/** Of one document; more than that nobody reads in a chat. */
const FIGURES_MAX = 12;

export interface SummaryFacts {
  name: string;
  organisation: string;
  language: 'en' | 'zh';
  /** Epoch ms. */
  due: number;
  late: boolean;
  missed: number;
}

/** @param documents one for each source, in its order */
export function summaryOf(
  facts: SummaryFacts,
  sources: readonly ReportSource[],
  documents: readonly ReportDocument[],
): PackSummary {
  const asOf = documents.map((document) => document.asOf).sort();
  return {
    ...facts,
    due: new Date(facts.due).toISOString(),
    asOf: asOf[0] ?? new Date(facts.due).toISOString(),
    parts: sources.flatMap((source, at) => {
      const document = documents[at];
      return document === undefined ? [] : [partOf(source, document)];
    }),
  };
}

function partOf(source: ReportSource, document: ReportDocument): SummaryPart {
  const { title, dates, from, to, timeZone, filters, headline, definitions } = document;
  const direction = new Map(definitions.map(({ id, goodDirection }) => [id, goodDirection]));
  return {
    title,
    dates,
    from,
    to,
    timeZone,
    filters,
    figures: headline.slice(0, FIGURES_MAX).map(({ kpi, name, unit, value, compared, target }) => ({
      name,
      unit,
      value,
      compared,
      target,
      goodDirection: direction.get(kpi) ?? 'neutral',
    })),
    page: pageOf(source),
  };
}

/** Path and query of the page of a report. */
export function pageOf(source: ReportSource): string {
  return source.kind === 'explore'
    ? `/reports/explore?${reportParameters(source.spec)}`
    : `/reports/ready/${source.report}?${readyParameters(source.query)}`;
}

/**
 * Documents as CSV: the table of a question of one's own is one file; everything with more than one table is a .zip with
 * a file for each, for a CSV has no place for a second one. Pure.
 */
import { csvLine } from '../../platform/csv/index.js';
import type { ReportDocument } from '../../shared/reports.js';
import type { ReportLanguage, WriteOptions } from '../ports.js';
import { chartTable, definitionsTable, type FlatTable, flatTable, headlineLines, heatTable } from './flat-table.js';
import { cleanText } from './text.js';
import { comparedText, rangeText, UNIT_WORDS, WORDS, withDetail, zoneText } from './words.js';
import { type ZipEntry, zipOf } from './zip.js';

type CsvOptions = Pick<WriteOptions, 'language' | 'byteOrderMark'>;

/** Whether the CSV of these documents is one table, or a .zip of several. */
export function isOneTable(documents: readonly ReportDocument[]): boolean {
  const [first] = documents;
  if (documents.length !== 1 || first?.id !== 'explore') return false;
  return first.sections.filter((section) => section.kind === 'table').length === 1;
}

export function csvFile(documents: readonly ReportDocument[], options: CsvOptions): Buffer {
  const table = documents[0]?.sections.find((section) => section.kind === 'table');
  if (isOneTable(documents) && table?.kind === 'table') {
    return csvBytes(flatTable(table, options.language), options);
  }
  return zipOf([
    ...documents.flatMap((document, index) => entriesOf(document, documents.length > 1 ? index + 1 : null, options)),
    { name: 'definitions.csv', content: csvBytes(definitionsTable(documents, options.language), options) },
  ]);
}

function entriesOf(document: ReportDocument, place: number | null, options: CsvOptions): ZipEntry[] {
  const { language } = options;
  const folder = place === null ? '' : `${two(place)}-${document.id}/`;
  const tables: { id: string; table: FlatTable }[] = [];
  tables.push({ id: 'about', table: aboutTable(document, language) });
  if (document.headline.length > 0) tables.push({ id: 'headline', table: headlineTable(document, language) });
  for (const section of document.sections) {
    if (section.kind === 'table') tables.push({ id: section.id, table: flatTable(section, language) });
    if (section.kind === 'chart') {
      const table = section.type === 'heatmap' ? heatTable(section, language) : chartTable(section, language);
      tables.push({ id: section.id, table });
    }
  }
  return tables.map(({ id, table }, index) => ({
    name: `${folder}${two(index + 1)}-${id.replace(/[^a-z0-9_-]/gi, '-')}.csv`,
    content: csvBytes(table, options),
  }));
}

const two = (value: number): string => String(value).padStart(2, '0');

/**
 * A header, the rows, and last the totals: a first column says which is which, for totals are ratios of sums and nobody
 * could work them out from the rows.
 */
export function csvBytes(table: FlatTable, options: CsvOptions): Buffer {
  const { language } = options;
  const header = [WORDS.rowKind[language], ...table.columns.map((column) => headerOf(column, language))];
  const lines = table.rows.map((row) =>
    csvLine([
      WORDS[row.kind][language],
      ...row.cells.map((cell) => (typeof cell === 'string' ? cleanText(cell) : cell)),
    ]),
  );
  return Buffer.from((options.byteOrderMark ? '\ufeff' : '') + csvLine(header.map(cleanText)) + lines.join(''), 'utf8');
}

function headerOf(column: FlatTable['columns'][number], language: ReportLanguage): string {
  return column.type === 'seconds' ? withDetail(column.name, WORDS.seconds[language], language) : column.name;
}

/** What the figures are of: without it a folder of tables is a riddle. */
function aboutTable(document: ReportDocument, language: ReportLanguage): FlatTable {
  const compared = comparedText(document, language);
  const facts: [string, string][] = [
    [WORDS.report[language], document.title[language]],
    [WORDS.range[language], rangeText(document, language)],
    ...(compared === null ? [] : [[WORDS.compared[language], compared] as [string, string]]),
    [WORDS.asOf[language], document.asOf],
    [WORDS.zone[language], zoneText(document, language)],
    ...document.filters.map((one): [string, string] => [WORDS.filters[language], one[language]]),
    ...document.sections.flatMap((section) =>
      section.kind === 'text'
        ? section.paragraphs.map((one): [string, string] => [section.title[language], one[language]])
        : [],
    ),
    ...document.notes.map((one): [string, string] => [WORDS.notes[language], one[language]]),
  ];
  return {
    title: WORDS.overview[language],
    columns: [WORDS.name, WORDS.value].map((word) => ({ name: word[language], type: 'text' })),
    rows: facts.map((cells) => ({ kind: 'row', cells })),
  };
}

function headlineTable(document: ReportDocument, language: ReportLanguage): FlatTable {
  const words = [WORDS.figure, WORDS.value, WORDS.before, WORDS.target, WORDS.attainment, WORDS.unit];
  return {
    title: WORDS.headline[language],
    columns: words.map((word) => ({ name: word[language], type: 'text' })),
    rows: headlineLines(document, language).map((line) => ({
      kind: 'row',
      cells: [line.name, line.value, line.compared, line.target, line.attainment, UNIT_WORDS[line.type][language]],
    })),
  };
}

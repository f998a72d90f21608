import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { countsInParts } from '../../../../src/shared/report-columns.js';
import type { DocumentRow, ReportColumn, TableSection } from '../../../../src/shared/reports.js';
import { formatCount } from '../../format/index.js';
import { useLanguage } from '../../i18n/index.js';
import { ScrollX } from '../../ui/scroll-x.js';
import { NarrowTable } from './narrow-table.js';
import { Heading } from './table-heading.js';
import { nextSorting, type Sorting, sortedRows } from './table-model.js';
import { cellContent, isFigure, Sign } from './table-rows.js';
import { useKept } from './use-kept.js';
import { useNarrow } from './use-narrow.js';
import { usePrinting } from './use-printing.js';
import type { Reader } from './values.js';

/** More rows are shown at a press: the end of the page stays within reach. */
const ROWS_AT_FIRST = { wide: 25, beside: 12, narrow: 6 } as const;
/** Nobody presses a button for one or two rows. */
const ROWS_SPARED = 3;
/** As many columns as a phone has room for. */
const NARROW_COLUMNS = 4;

interface Props {
  section: TableSection;
  zone: string;
  /** It stands beside a chart of the same figures and is no longer than that. */
  isBeside?: boolean;
}

/** A table of a document: any column sorts, figures open what they count, the totals stay below. No heading. */
export function ReportTable({ section, zone, isBeside = false }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const printing = usePrinting();
  const isNarrow = useNarrow() && !printing;
  const [sorting, setSorting] = useKept<Sorting | null>(`${section.id} sorting`, null);
  const [isWhole, setWhole] = useKept(`${section.id} whole`, false);
  const rows = useMemo(() => sortedRows(section.rows, sorting, language), [section.rows, sorting, language]);
  const reader: Reader = { language, zone, inParts: useMemo(() => countsInParts(section), [section]) };
  if (rows.length === 0) {
    return <p className="quiet">{section.note ? section.note[language] : t('reports.document.emptyTable')}</p>;
  }
  const atFirst = ROWS_AT_FIRST[isNarrow ? 'narrow' : isBeside ? 'beside' : 'wide'];
  const isCut = !isWhole && !printing && rows.length >= atFirst + ROWS_SPARED;
  const shown = isCut ? rows.slice(0, atFirst) : rows;
  const sort = (index: number) => {
    const column = section.columns[index];
    if (column) setSorting(nextSorting(sorting, index, isFigure(column)));
  };
  const isList = isNarrow && section.columns.length > NARROW_COLUMNS;
  return (
    <>
      {isList ? (
        <NarrowTable section={section} rows={shown} reader={reader} sorting={sorting} onSort={sort} />
      ) : (
        <Grid section={section} rows={shown} reader={reader} sorting={sorting} onSort={sort} />
      )}
      {isCut && (
        <div className="centre">
          <Button onClick={() => setWhole(true)}>
            {t('reports.document.allRows', { count: rows.length, total: formatCount(rows.length, language) })}
          </Button>
        </div>
      )}
      {section.note && <p className="quiet report-note">{section.note[language]}</p>}
    </>
  );
}

interface GridProps {
  section: TableSection;
  rows: readonly DocumentRow[];
  reader: Reader;
  sorting: Sorting | null;
  onSort: (column: number) => void;
}

function Grid({ section, rows, reader, sorting, onSort }: GridProps) {
  const language = useLanguage();
  return (
    <ScrollX label={section.title[language]}>
      <table className="report-table tabular">
        <thead>
          <tr>
            {section.columns.map((column, index) => (
              <Heading
                key={column.id}
                column={column}
                sorting={sorting?.column === index ? sorting : null}
                onPress={() => onSort(index)}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no key of their own; nothing in them has a state
            <Row key={index} row={row} columns={section.columns} reader={reader} />
          ))}
        </tbody>
        {section.totals && (
          <tfoot>
            <Row row={{ ...section.totals, emphasis: 'total' }} columns={section.columns} reader={reader} />
          </tfoot>
        )}
      </table>
    </ScrollX>
  );
}

function Row({ row, columns, reader }: { row: DocumentRow; columns: ReportColumn[]; reader: Reader }) {
  return (
    <tr data-emphasis={row.emphasis}>
      {columns.map((column, index) => {
        const content = cellContent(row, column, index, reader);
        const kind = isFigure(column) ? 'yes' : undefined;
        if (index > 0) {
          return (
            <td key={column.id} data-figure={kind}>
              {content}
            </td>
          );
        }
        return (
          <th key={column.id} scope="row" data-figure={kind}>
            <Sign emphasis={row.emphasis} />
            {content}
          </th>
        );
      })}
    </tr>
  );
}

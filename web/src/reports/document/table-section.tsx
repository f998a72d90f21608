import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DocumentRow, ReportColumn, TableSection } from '../../../../src/shared/reports.js';
import { formatCount } from '../../format/index.js';
import { useLanguage } from '../../i18n/index.js';
import { ScrollX } from '../../ui/scroll-x.js';
import { cellPath } from './links.js';
import { nextSorting, type Sorting, sortedRows } from './table-model.js';
import { usePrinting } from './use-printing.js';
import { cellText, type Reader } from './values.js';

/** More rows are shown at a press: the end of the page stays within reach. */
const ROWS_AT_FIRST = 50;

const isFigure = ({ type }: ReportColumn): boolean => type !== 'text' && type !== 'date' && type !== 'instant';

/** A table of a document: any column sorts, figures open what they count, the totals stay below. No heading. */
export function ReportTable({ section, zone }: { section: TableSection; zone: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const printing = usePrinting();
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [isWhole, setWhole] = useState(false);
  const rows = useMemo(() => sortedRows(section.rows, sorting, language), [section.rows, sorting, language]);
  const reader: Reader = { language, zone };
  if (rows.length === 0) {
    return <p className="quiet">{section.note ? section.note[language] : t('reports.document.emptyTable')}</p>;
  }
  const shown = isWhole || printing ? rows : rows.slice(0, ROWS_AT_FIRST);
  return (
    <>
      <ScrollX label={section.title[language]}>
        <table className="report-table tabular">
          <thead>
            <tr>
              {section.columns.map((column, index) => (
                <Heading
                  key={column.id}
                  column={column}
                  sorting={sorting?.column === index ? sorting : null}
                  onPress={() => setSorting(nextSorting(sorting, index, isFigure(column)))}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
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
      {shown.length < rows.length && (
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

interface HeadingProps {
  column: ReportColumn;
  sorting: Sorting | null;
  onPress: () => void;
}

function Heading({ column, sorting, onPress }: HeadingProps) {
  const language = useLanguage();
  const order = sorting === null ? 'none' : sorting.descending ? 'descending' : 'ascending';
  return (
    <th scope="col" aria-sort={order} data-figure={isFigure(column) ? 'yes' : undefined}>
      <button type="button" onClick={onPress}>
        {column.name[language]}
        <span aria-hidden="true">{order === 'none' ? '' : order === 'descending' ? ' ↓' : ' ↑'}</span>
      </button>
    </th>
  );
}

const SIGNS = { good: '▲', bad: '▼' } as const;

function Row({ row, columns, reader }: { row: DocumentRow; columns: ReportColumn[]; reader: Reader }) {
  const { t } = useTranslation();
  const { emphasis } = row;
  return (
    <tr data-emphasis={emphasis}>
      {columns.map((column, index) => {
        const cell = row.cells[index] ?? null;
        // A total has no team or name of its own: that is nothing missing.
        const text =
          cell === null && emphasis === 'total' && !isFigure(column) ? '' : cellText(cell, column.type, reader);
        const path = cellPath(row, column, index);
        const content = path === null ? text : <Link to={path}>{text}</Link>;
        if (index > 0) {
          return (
            <td key={column.id} data-figure={isFigure(column) ? 'yes' : undefined}>
              {content}
            </td>
          );
        }
        return (
          <th key={column.id} scope="row" data-figure={isFigure(column) ? 'yes' : undefined}>
            {(emphasis === 'good' || emphasis === 'bad') && (
              <span className="report-sign">
                <span aria-hidden="true">{SIGNS[emphasis]} </span>
                <span className="sr-only">{t(`reports.document.emphasis.${emphasis}`)} </span>
              </span>
            )}
            {content}
          </th>
        );
      })}
    </tr>
  );
}

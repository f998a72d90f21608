import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DocumentRow, ReportColumn } from '../../../../src/shared/reports.js';
import { cellPath } from './links.js';
import { cellText, partsText, type Reader } from './values.js';

export const isFigure = ({ type }: ReportColumn): boolean => type !== 'text' && type !== 'date' && type !== 'instant';

/** A cell in words, as the link to what it counts where there is such a list. */
export function cellContent(row: DocumentRow, column: ReportColumn, index: number, reader: Reader): ReactNode {
  const cell = row.cells[index] ?? null;
  // A total has no team or name of its own: that is nothing missing.
  const text =
    cell === null && row.emphasis === 'total' && !isFigure(column)
      ? ''
      : typeof cell === 'number' && reader.inParts?.has(index)
        ? partsText(cell, reader.language)
        : cellText(cell, column.type, reader);
  const path = cellPath(row, column, index);
  return path === null ? text : <Link to={path}>{text}</Link>;
}

/** Whose row it is, in words. */
export function nameOfRow(row: DocumentRow, columns: readonly ReportColumn[], reader: Reader): string {
  return cellText(row.cells[0] ?? null, columns[0]?.type ?? 'text', reader);
}

const SIGNS = { good: '▲', bad: '▼' } as const;

/** What is good or needs attention, by shape, colour and word. */
export function Sign({ emphasis }: Pick<DocumentRow, 'emphasis'>) {
  const { t } = useTranslation();
  if (emphasis !== 'good' && emphasis !== 'bad') return null;
  return (
    <span className="report-sign">
      <span aria-hidden="true">{SIGNS[emphasis]} </span>
      <span className="sr-only">{t(`reports.document.emphasis.${emphasis}`)} </span>
    </span>
  );
}

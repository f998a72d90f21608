import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentRow, ReportColumn, TableSection } from '../../../../src/shared/reports.js';
import { useLanguage } from '../../i18n/index.js';
import { Heading } from './table-heading.js';
import { narrowColumns, type Sorting } from './table-model.js';
import { cellContent, isFigure, nameOfRow, Sign } from './table-rows.js';
import { useKept } from './use-kept.js';
import type { Reader } from './values.js';

interface Props {
  section: TableSection;
  rows: readonly DocumentRow[];
  reader: Reader;
  sorting: Sorting | null;
  onSort: (column: number) => void;
}

/** A table of many columns on a phone: two figures a row; a press opens all of them by name, and nothing scrolls sideways. */
export function NarrowTable({ section, rows, reader, sorting, onSort }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const shown = narrowColumns(section.columns, sorting);
  const columns = shown.flatMap((index) => {
    const column = section.columns[index];
    return column === undefined ? [] : [{ index, column }];
  });
  return (
    <table className="report-table report-table--narrow tabular" aria-label={section.title[language]}>
      <thead>
        <tr>
          {columns.map(({ index, column }) => (
            <Heading
              key={column.id}
              column={column}
              sorting={sorting?.column === index ? sorting : null}
              onPress={() => onSort(index)}
            />
          ))}
          <td>
            <span className="sr-only">{t('common.details')}</span>
          </td>
        </tr>
      </thead>
      <Rows section={section} rows={rows} reader={reader} columns={columns} />
    </table>
  );
}

type Shown = { index: number; column: ReportColumn }[];

interface RowsProps extends Pick<Props, 'section' | 'rows' | 'reader'> {
  columns: Shown;
}

function Rows({ section, rows, reader, columns }: RowsProps) {
  const [opened, setOpened] = useKept<string[]>(`${section.id} opened`, []);
  const all = section.totals === null ? rows : [...rows, { ...section.totals, emphasis: 'total' as const }];
  const press = (name: string) =>
    setOpened(opened.includes(name) ? opened.filter((one) => one !== name) : [...opened, name]);
  return (
    <tbody>
      {all.map((row, at) => {
        const name = nameOfRow(row, section.columns, reader);
        const key = `${at} ${name}`;
        const isOpen = opened.includes(key);
        return (
          <Fragment key={key}>
            <tr data-emphasis={row.emphasis}>
              {columns.map(({ index, column }) => {
                const content = cellContent(row, column, index, reader);
                return index === 0 ? (
                  <th key={column.id} scope="row">
                    <Sign emphasis={row.emphasis} />
                    {content}
                  </th>
                ) : (
                  <td key={column.id} data-figure={isFigure(column) ? 'yes' : undefined}>
                    {content}
                  </td>
                );
              })}
              <td className="report-table__more">
                <MoreButton name={name} isOpen={isOpen} onPress={() => press(key)} />
              </td>
            </tr>
            {isOpen && (
              <tr className="report-table__all">
                <td colSpan={columns.length + 1}>
                  <AllFigures row={row} section={section} reader={reader} />
                </td>
              </tr>
            )}
          </Fragment>
        );
      })}
    </tbody>
  );
}

function MoreButton({ name, isOpen, onPress }: { name: string; isOpen: boolean; onPress: () => void }) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className="more-figures"
      aria-expanded={isOpen}
      aria-label={t('reports.document.allOf', { name })}
      onClick={onPress}
    >
      <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span>
    </button>
  );
}

function AllFigures({ row, section, reader }: { row: DocumentRow; section: TableSection; reader: Reader }) {
  return (
    <dl>
      {section.columns.map((column, index) =>
        index === 0 || (row.emphasis === 'total' && (row.cells[index] ?? null) === null) ? null : (
          <div key={column.id} data-text={isFigure(column) ? undefined : 'yes'}>
            <dt>{column.name[reader.language]}</dt>
            <dd>{cellContent(row, column, index, reader)}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

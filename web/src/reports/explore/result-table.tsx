import { Pagination, Tooltip } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { KpiDefinitionView } from '../../../../src/shared/api.js';
import type { ReportResult, ReportRow } from '../../../../src/shared/reports.js';
import { formatCount } from '../../format/index.js';
import { useLanguage, useLocalised } from '../../i18n/index.js';
import { ScrollX } from '../../ui/scroll-x.js';
import { usePrinting } from '../document/index.js';
import { drillOf, rowPath } from './drill.js';
import { FigureCell } from './figure-cell.js';
import { keyText } from './labels.js';
import type { Sorting } from './question.js';
import { nextSorting } from './sort-rows.js';

const PAGE_ROWS = 100;
/** Some thirty sheets. Of tens of thousands the page would be made ready for half a minute, and nobody reads them. */
const PRINTED_ROWS = 1_000;

interface Props {
  result: ReportResult;
  /** In the order chosen. */
  rows: readonly ReportRow[];
  kpis: readonly KpiDefinitionView[];
  sorting: Sorting | null;
  onSort: (sorting: Sorting | null) => void;
}

/**
 * The answer, a row a group: headings and totals stay while the rows scroll, any column sorts, every figure opens what it
 * counts. A table of its own kind: a heading and totals that both stay and whole printing are not to be had of the usual one.
 */
export function ResultTable({ result, rows, kpis, sorting, onSort }: Props) {
  const { t } = useTranslation();
  const printing = usePrinting();
  const language = useLanguage();
  const table = useRef<HTMLTableElement>(null);
  const pages = usePages(rows);
  const { groupBy } = result.spec;
  const shown = printing ? rows.slice(0, PRINTED_ROWS) : pages.rows;
  const columns = useMemo(() => groupBy.map((grouping, place) => ({ grouping, id: `key:${place}` })), [groupBy]);
  return (
    <>
      <ScrollX label={t('reports.explore.table')}>
        <table ref={table} className="explore-table tabular">
          <thead>
            <tr>
              {columns.map(({ grouping, id }) => (
                <Heading key={id} column={id} sorting={sorting} onSort={onSort}>
                  {t(`reports.explore.groupings.${grouping}`)}
                </Heading>
              ))}
              {groupBy.length === 0 && <td />}
              {kpis.map((kpi) => (
                <Heading key={kpi.id} column={kpi.id} sorting={sorting} onSort={onSort} kpi={kpi} />
              ))}
            </tr>
          </thead>
          <tbody>
            {groupBy.length > 0 &&
              shown.map((row) => <Row key={row.keys.join('|')} result={result} row={row} kpis={kpis} />)}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={Math.max(1, groupBy.length)}>
                {t('reports.explore.total')}
              </th>
              {kpis.map((kpi) => (
                <td key={kpi.id}>
                  <FigureCell
                    kpi={kpi}
                    value={result.totals[kpi.id]}
                    compared={result.comparedTotals === null ? undefined : (result.comparedTotals[kpi.id] ?? null)}
                    drill={drillOf(result, null, kpi.id, result.totals[kpi.id])}
                  />
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </ScrollX>
      {printing && shown.length < rows.length && (
        <p className="quiet">
          {t('reports.explore.printed', {
            shown: formatCount(shown.length, language),
            of: formatCount(rows.length, language),
          })}
        </p>
      )}
      {rows.length > PAGE_ROWS && (
        <Pagination
          className="no-print explore-pages"
          size="small"
          current={pages.page}
          onChange={(page) => {
            pages.choose(page);
            // A page is read from its top.
            table.current?.parentElement?.scrollTo({ top: 0 });
          }}
          pageSize={PAGE_ROWS}
          total={rows.length}
          showSizeChanger={false}
          showTotal={(count) => t('reports.explore.rows', { count, total: formatCount(count, language) })}
        />
      )}
    </>
  );
}

/** Another order or answer begins at its first page. */
function usePages(rows: readonly ReportRow[]) {
  const [held, setHeld] = useState({ rows, page: 1 });
  const page = held.rows === rows ? held.page : 1;
  return {
    page,
    rows: rows.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS),
    choose: (next: number) => setHeld({ rows, page: next }),
  };
}

function Row({ result, row, kpis }: { result: ReportResult; row: ReportRow; kpis: readonly KpiDefinitionView[] }) {
  const language = useLanguage();
  const { groupBy, compare } = result.spec;
  return (
    <tr>
      {row.keys.map((_, place) => {
        const text = keyText(row, place, groupBy, language);
        const isLast = place === row.keys.length - 1;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
          <th key={place} scope="row">
            {isLast ? <Link to={rowPath(result, row)}>{text}</Link> : text}
          </th>
        );
      })}
      {kpis.map((kpi) => (
        <td key={kpi.id}>
          <FigureCell
            kpi={kpi}
            value={row.values[kpi.id]}
            compared={compare === 'none' ? undefined : (row.compared?.[kpi.id] ?? null)}
            isPart={compare === 'team' && kpi.kind !== 'ratio'}
            drill={drillOf(result, row, kpi.id, row.values[kpi.id])}
          />
        </td>
      ))}
    </tr>
  );
}

interface HeadingProps {
  column: string;
  sorting: Sorting | null;
  onSort: (sorting: Sorting | null) => void;
  kpi?: KpiDefinitionView;
  children?: string;
}

function Heading({ column, sorting, onSort, kpi, children }: HeadingProps) {
  const localised = useLocalised();
  const printing = usePrinting();
  const order = sorting?.column !== column ? 'none' : sorting.descending ? 'descending' : 'ascending';
  // A button does not come again at the head of the next sheet.
  if (printing) {
    return (
      <th scope="col" data-figure={kpi ? 'yes' : undefined}>
        {kpi ? localised(kpi.name) : children}
      </th>
    );
  }
  const button = (
    <button type="button" onClick={() => onSort(nextSorting(sorting, column))}>
      {kpi ? localised(kpi.name) : children}
      <span aria-hidden="true">{order === 'none' ? '' : order === 'descending' ? ' ↓' : ' ↑'}</span>
    </button>
  );
  return (
    <th scope="col" aria-sort={order} data-figure={kpi ? 'yes' : undefined}>
      {kpi ? <Tooltip title={`${localised(kpi.explanation)} (${kpi.formula})`}>{button}</Tooltip> : button}
    </th>
  );
}

import { type KeyboardEvent, type MouseEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKpiName } from '../wallboard/kpi-name.js';
import { type Column, isKpi, widthOf } from './columns.js';
import type { FloorFilter, FloorSort } from './floor-model.js';
import { FloorRow, rowId } from './row.js';
import { ROW_HEIGHT, useRowWindow } from './use-row-window.js';
import { rowAfter } from './window.js';

interface GridProps {
  order: readonly number[];
  columns: readonly Column[];
  /** Another filter or order begins at its top. */
  filter: FloorFilter;
  sort: FloorSort;
  onSort(column: Column): void;
  /** Whose panel is open. */
  open: number | null;
  onOpen(agentId: number): void;
  /** Somebody is at a row, or has left. */
  onTouch(): void;
  onRelease(): void;
  linksPerson: boolean;
}

/**
 * All rows, of which those in sight are drawn. One stop for the Tab key: arrows move, Enter opens. The whole size of the
 * list is told to assistive technology by aria-rowcount and each row's index.
 */
export function Grid(props: GridProps) {
  const { order, columns, filter, sort, onSort, open, onOpen, onTouch, onRelease, linksPerson } = props;
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const [active, setActive] = useState<number | null>(null);
  const rows = useRowWindow(box, order.length);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever something else was asked for
  useLayoutEffect(() => {
    if (box.current !== null) box.current.scrollTop = 0;
  }, [filter, sort]);
  const activeIndex = active === null ? -1 : order.indexOf(active);
  const drawn = useMemo(() => order.slice(rows.from, rows.to), [order, rows.from, rows.to]);
  const isActiveDrawn = activeIndex >= rows.from && activeIndex < rows.to;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== table.current) return;
    if (event.key === 'Enter' && active !== null && activeIndex >= 0) {
      event.preventDefault();
      onOpen(active);
      return;
    }
    const next = rowAfter(event.key, activeIndex, order.length, rows.page);
    if (next === null) return;
    event.preventDefault();
    onTouch();
    setActive(order[next] ?? null);
    rows.show(next);
  };
  const onClick = (event: MouseEvent): void => {
    const target = event.target as Element;
    if (target.closest('a') !== null) return;
    const id = Number(target.closest('[data-agent]')?.getAttribute('data-agent') ?? 0);
    if (id === 0) return;
    setActive(id);
    onOpen(id);
  };
  return (
    <div ref={box} className="fgrid" onScroll={rows.onScroll}>
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table one goes through with arrows is a grid (WAI-ARIA APG)
        role="grid"
        aria-label={t('floor.grid')}
        aria-rowcount={order.length + 1}
        aria-activedescendant={active !== null && isActiveDrawn ? rowId(active) : undefined}
        tabIndex={0}
        style={{ minInlineSize: widthOf(columns) }}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onPointerMove={onTouch}
        onPointerLeave={onRelease}
        onBlur={onRelease}
      >
        <colgroup>
          {columns.map(({ id, width, grows }) => (
            <col key={id} style={grows ? undefined : { inlineSize: width }} />
          ))}
        </colgroup>
        <Head columns={columns} sort={sort} onSort={onSort} />
        <Gap rows={rows.from} columns={columns.length} />
        <tbody>
          {drawn.map((id, place) => (
            <FloorRow
              key={id}
              id={id}
              index={rows.from + place}
              columns={columns}
              isActive={id === active}
              isOpen={id === open}
              linksPerson={linksPerson}
            />
          ))}
        </tbody>
        <Gap rows={order.length - rows.from - drawn.length} columns={columns.length} />
      </table>
    </div>
  );
}

/** Stands for the rows that are not drawn, so that the scroll bar tells the truth. */
function Gap({ rows, columns }: { rows: number; columns: number }) {
  if (rows <= 0) return null;
  return (
    <tbody aria-hidden="true" className="fgrid__gap">
      <tr>
        <td colSpan={columns} style={{ blockSize: rows * ROW_HEIGHT }} />
      </tr>
    </tbody>
  );
}

type HeadProps = Pick<GridProps, 'columns' | 'sort' | 'onSort'>;

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const;

function Head({ columns, sort, onSort }: HeadProps) {
  const { t } = useTranslation();
  const kpiName = useKpiName();
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column) => {
          const isSorted = sort.column === column.id;
          const name = isKpi(column.id) ? kpiName(column.id) : t(`floor.columns.${column.id}`);
          return (
            <th
              key={column.id}
              scope="col"
              aria-sort={isSorted ? ARIA_SORT[sort.direction] : 'none'}
              data-col={column.id}
              data-kind={column.kind}
            >
              <button type="button" onClick={() => onSort(column)} title={name}>
                <span>{name}</span>
                {isSorted && <i aria-hidden="true">{sort.direction === 'asc' ? '↑' : '↓'}</i>}
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

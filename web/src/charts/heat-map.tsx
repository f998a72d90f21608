import { type CSSProperties, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type HeatCell, type HeatMapSpec, heatLevels, nextCell } from './heat-map-model.js';
import './report.css';

interface Props {
  spec: HeatMapSpec;
  label: string;
}

/** Of more the cells are too narrow for a second line on any screen. */
const ROOMY_COLUMNS = 16;

interface Place {
  row: number;
  column: number;
}

/**
 * A table whose cells are coloured by their value: it is its own alternative for those who do not see colours. One hue from
 * pale to strong, so that every kind of colour vision reads the same order; what rests on few samples is hatched and pale.
 * One stop of the tab key; arrow keys lead through the cells, Enter opens what one was counted over.
 */
export function HeatMap({ spec, label }: Props) {
  const { t } = useTranslation();
  const levels = heatLevels(spec.rows);
  const table = useRef<HTMLTableElement>(null);
  const [stop, setStop] = useState<Place>({ row: 0, column: 0 });
  const [note, setNote] = useState<{ place: Place; left: number; top: number } | null>(null);
  const show = (place: Place, cell: HTMLElement) => {
    const { left, width, top } = cell.getBoundingClientRect();
    setNote({ place, left: Math.min(Math.max(left + width / 2, 100), window.innerWidth - 100), top });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setNote(null);
    if (event.key === 'Enter') linkOf(table.current, stop)?.click();
    const next = nextCell(event.key, stop, { rows: spec.rows.length, columns: spec.columns.length });
    if (next === stop) return;
    event.preventDefault();
    setStop(next);
    cellOf(table.current, next)?.focus();
  };
  const opened = note && spec.rows[note.place.row]?.cells[note.place.column];
  return (
    <div
      className="heat"
      data-roomy={spec.columns.length <= ROOMY_COLUMNS ? 'yes' : undefined}
      style={{ '--columns': spec.columns.length } as CSSProperties}
    >
      <div className="heat__scroll" onScroll={() => setNote(null)}>
        <table ref={table} className="heat__table tabular" onKeyDown={onKeyDown} onMouseLeave={() => setNote(null)}>
          <caption className="sr-only">{label}</caption>
          <thead>
            <tr>
              <td />
              {spec.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {spec.rows.map(({ name, cells }, row) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, column) => (
                  <Cell
                    key={spec.columns[column]}
                    cell={cell}
                    level={levels[row]?.[column] ?? null}
                    id={`${row}:${column}`}
                    isStop={stop.row === row && stop.column === column}
                    isShown={note?.place.row === row && note.place.column === column}
                    onShow={(element) => show({ row, column }, element)}
                    onFocus={(element) => {
                      setStop({ row, column });
                      show({ row, column }, element);
                    }}
                    onBlur={() => setNote(null)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="heat__legend quiet" aria-hidden="true">
        <span>{spec.least}</span>
        <i className="heat__scale" />
        <span>{spec.most}</span>
        {spec.rows.some(({ cells }) => cells.some(({ isFaint, value }) => isFaint && value !== null)) && (
          <>
            <i className="heat__swatch" data-faint="yes" />
            <span>{t('reports.chart.few')}</span>
          </>
        )}
      </p>
      {note && opened && (
        <div className="chart-note" aria-hidden="true" style={{ left: note.left, top: note.top }}>
          <b>
            {spec.rows[note.place.row]?.name} · {spec.columns[note.place.column]}
          </b>
          {opened.note.map((text) => (
            <span key={text}>{text}</span>
          ))}
        </div>
      )}
    </div>
  );
}

const cellOf = (table: HTMLElement | null, { row, column }: Place): HTMLElement | null =>
  table?.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`) ?? null;

const linkOf = (table: HTMLElement | null, place: Place): HTMLElement | null =>
  cellOf(table, place)?.querySelector<HTMLElement>('a') ?? null;

interface CellProps {
  cell: HeatCell;
  level: number | null;
  id: string;
  isStop: boolean;
  /** Its note is open. */
  isShown: boolean;
  onShow: (element: HTMLElement) => void;
  onFocus: (element: HTMLElement) => void;
  onBlur: () => void;
}

function Cell({ cell, level, id, isStop, isShown, onShow, onFocus, onBlur }: CellProps) {
  const style = level === null ? undefined : ({ '--level': level.toFixed(3) } as CSSProperties);
  return (
    <td
      data-cell={id}
      data-empty={level === null ? 'yes' : undefined}
      data-faint={cell.isFaint ? 'yes' : undefined}
      style={style}
      tabIndex={isStop ? 0 : -1}
      onMouseEnter={(event) => onShow(event.currentTarget)}
      onFocus={(event) => onFocus(event.currentTarget)}
      onBlur={onBlur}
    >
      <CellText cell={cell} isShown={isShown} />
    </td>
  );
}

/** Nobody points with a finger: the first touch shows the note, the next one opens. */
function CellText({ cell, isShown }: Pick<CellProps, 'cell' | 'isShown'>) {
  const isFirstTouch = useRef(false);
  const text = (
    <>
      <span aria-hidden="true">{cell.text}</span>
      {cell.small.map((line) => (
        <small key={line} className="heat__small" aria-hidden="true">
          {line}
        </small>
      ))}
      <span className="sr-only">{cell.note.join(', ')}</span>
    </>
  );
  if (cell.to === null) return text;
  return (
    <Link
      to={cell.to}
      tabIndex={-1}
      onPointerDown={({ pointerType }) => {
        isFirstTouch.current = pointerType === 'touch' && !isShown;
      }}
      onClick={(event) => {
        if (isFirstTouch.current) event.preventDefault();
        isFirstTouch.current = false;
      }}
    >
      {text}
    </Link>
  );
}

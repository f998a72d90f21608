import { memo } from 'react';
import type { KpiValue } from '../../../src/shared/api.js';
import type { FloorAgent } from '../../../src/shared/live.js';
import { useBoardKey } from '../live/index.js';
import { CellContent } from './cells.js';
import { type Column, isKpi } from './columns.js';

interface RowProps {
  id: number;
  /** Place in the whole list, from 0. */
  index: number;
  columns: readonly Column[];
  /** Where the keyboard is. */
  isActive: boolean;
  /** Whose panel is open. */
  isOpen: boolean;
  linksPerson: boolean;
}

export const rowId = (agentId: number): string => `floor-row-${agentId}`;

/** One agent. Renders again only when something of this agent changes. */
export const FloorRow = memo(function FloorRow(props: RowProps) {
  const { id, index, columns, isActive, isOpen, linksPerson } = props;
  const agent = useBoardKey<FloorAgent>(`agent:${id}`);
  if (agent === undefined) return null;
  return (
    <tr
      id={rowId(id)}
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      data-agent={id}
      data-activity={agent.activity}
      data-active={isActive}
      data-stripe={index % 2}
    >
      {columns.map((column) => {
        const Cell = column.id === 'agent' ? 'th' : 'td';
        return (
          <Cell
            key={column.id}
            scope={column.id === 'agent' ? 'row' : undefined}
            data-col={column.id}
            data-kind={column.kind}
            {...(isKpi(column.id) ? { 'data-value': rawValue(agent.values[column.id]) } : {})}
          >
            <CellContent agent={agent} column={column} linksPerson={linksPerson} />
          </Cell>
        );
      })}
    </tr>
  );
});

/** The exact value, beside the rounded one that is read. */
function rawValue(value: KpiValue | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

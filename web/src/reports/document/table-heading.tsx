import type { ReportColumn } from '../../../../src/shared/reports.js';
import { useLanguage } from '../../i18n/index.js';
import type { Sorting } from './table-model.js';
import { isFigure } from './table-rows.js';

interface Props {
  column: ReportColumn;
  /** Null: the table is not sorted by it. */
  sorting: Sorting | null;
  onPress: () => void;
}

/** A heading that sorts; which way it is sorted is said to everybody. */
export function Heading({ column, sorting, onPress }: Props) {
  const language = useLanguage();
  const order = sorting === null ? 'none' : sorting.descending ? 'descending' : 'ascending';
  return (
    <th scope="col" aria-sort={order} data-figure={isFigure(column) ? 'yes' : undefined}>
      <button type="button" onClick={onPress}>
        {column.name[language]}
        <Arrow order={order} />
      </button>
    </th>
  );
}

const ARROWS = { none: '', descending: '\u00a0↓', ascending: '\u00a0↑' } as const;

export function Arrow({ order }: { order: keyof typeof ARROWS }) {
  return <span aria-hidden="true">{ARROWS[order]}</span>;
}

import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../format/index.js';
import { useLanguage } from '../../i18n/index.js';
import { ScrollX } from '../../ui/scroll-x.js';
import { Arrow } from '../document/table-heading.js';
import { Sign } from '../document/table-rows.js';
import { Done, Filling, OutlookMark, periodText, Share, Who } from './standing-parts.js';
import type { GroupView, Order, Standing, StandingGroup, StandingOrder } from './standings.js';
import { gapText, rangeOfEnds, standingText } from './texts.js';

export interface StandingsProps {
  views: GroupView[];
  order: Order;
  /** Targets of several periods stand beside each other: each says which it is of. */
  hasPeriods: boolean;
  onOrder: (order: Order) => void;
  onFold: (group: StandingGroup, isOpen: boolean) => void;
  onWhole: (group: StandingGroup) => void;
}

const COLUMNS = ['who', 'kpi', 'attainment', 'done', 'gap', 'pace', 'ends', 'outlook'] as const;
const SORTED: readonly string[] = ['who', 'kpi', 'attainment', 'gap', 'pace'] satisfies StandingOrder[];
const FIGURES: readonly string[] = ['done', 'gap', 'pace', 'ends'];

export function StandingTable({ views, order, hasPeriods, onOrder, onFold, onWhole }: StandingsProps) {
  const { t } = useTranslation();
  return (
    <ScrollX label={t('reports.attainment.title')}>
      <table className="report-table standings tabular">
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <Heading key={column} column={column} order={order} onOrder={onOrder} />
            ))}
          </tr>
        </thead>
        {views.map((view) => (
          <tbody key={view.group} data-group={view.group}>
            <GroupHead view={view} onFold={onFold} />
            {view.isOpen && view.shown.map((one) => <Row key={one.id} standing={one} hasPeriods={hasPeriods} />)}
            {view.isOpen && view.shown.length < view.standings.length && (
              <tr>
                <td colSpan={COLUMNS.length} className="standings__more">
                  <MoreButton view={view} onWhole={onWhole} />
                </td>
              </tr>
            )}
          </tbody>
        ))}
      </table>
    </ScrollX>
  );
}

function Heading({ column, order, onOrder }: { column: string; order: Order; onOrder: (order: Order) => void }) {
  const { t } = useTranslation();
  const name = t(`reports.attainment.columns.${column}`);
  const by = SORTED.includes(column) ? (column as StandingOrder) : null;
  const isFigure = FIGURES.includes(column) ? 'yes' : undefined;
  if (by === null) {
    return (
      <th scope="col" data-figure={isFigure}>
        {name}
      </th>
    );
  }
  const sorted = order.by !== by ? 'none' : order.descending ? 'descending' : 'ascending';
  return (
    <th scope="col" aria-sort={sorted} data-figure={isFigure}>
      <button type="button" onClick={() => onOrder({ by, descending: order.by === by && !order.descending })}>
        {name}
        <Arrow order={sorted} />
      </button>
    </th>
  );
}

function GroupHead({ view, onFold }: { view: GroupView; onFold: StandingsProps['onFold'] }) {
  return (
    <tr className="standings__group">
      <th scope="rowgroup" colSpan={COLUMNS.length}>
        <FoldButton view={view} onFold={onFold} />
      </th>
    </tr>
  );
}

/** Opens and closes a group; says how many are in it either way. */
export function FoldButton({ view, onFold }: { view: GroupView; onFold: StandingsProps['onFold'] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { group, standings, isOpen } = view;
  return (
    <button type="button" aria-expanded={isOpen} onClick={() => onFold(group, !isOpen)}>
      <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span> {t(`reports.attainment.groups.${group}`)}{' '}
      <span className="quiet">{formatCount(standings.length, language)}</span>
    </button>
  );
}

export function MoreButton({ view, onWhole }: { view: GroupView; onWhole: StandingsProps['onWhole'] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { group, standings } = view;
  return (
    <Button size="small" onClick={() => onWhole(group)}>
      {t('reports.document.allRows', { count: standings.length, total: formatCount(standings.length, language) })}
    </Button>
  );
}

function Row({ standing, hasPeriods }: { standing: Standing; hasPeriods: boolean }) {
  const language = useLanguage();
  return (
    <tr data-emphasis={standing.row.emphasis}>
      <th scope="row">
        <Sign emphasis={standing.row.emphasis} />
        <Who standing={standing} />
      </th>
      <td>
        {standing.name[language]}
        {hasPeriods && <span className="quiet standings__period"> {periodText(standing, language)}</span>}
      </td>
      <td className="standings__share">
        <Filling standing={standing} /> <Share value={standing.attainment} />
      </td>
      <td data-figure="yes">
        <Done standing={standing} />
      </td>
      <td data-figure="yes">
        <Gap standing={standing} />
      </td>
      <td data-figure="yes">
        <Share value={standing.pace} />
      </td>
      <td data-figure="yes">{rangeOfEnds(standing, language)}</td>
      <td>
        <OutlookMark outlook={standing.outlook} />
      </td>
    </tr>
  );
}

function Gap({ standing }: { standing: Standing }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const expected = t('reports.attainment.expected', { value: standingText(standing.expected, standing, language) });
  return (
    <>
      <b>{gapText(standing, language)}</b>
      {standing.expected !== null && <span className="quiet standings__expected">{expected}</span>}
    </>
  );
}

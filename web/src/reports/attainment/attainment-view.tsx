import { Segmented, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.js';
import { useKept } from '../document/use-kept.js';
import { useNarrow } from '../document/use-narrow.js';
import { cellText } from '../document/values.js';
import { StandingList } from './standing-list.js';
import { StandingTable } from './standing-table.js';
import {
  chosenOf,
  type GroupView,
  type Order,
  orderedStandings,
  STANDING_GROUPS,
  type Standing,
  type StandingGroup,
} from './standings.js';
import './attainment.css';

/** As many rows as one takes in; all the others are a press away. */
const ROWS_AT_FIRST: Record<StandingGroup, number> = { behind: 15, onCourse: 8, reached: 15, nothing: 15 };
const ROWS_ON_A_PHONE = 6;
const ROWS_SPARED = 3;

/**
 * The targets of everybody in sight as one list: who is behind first and furthest behind on top, what is reached folded
 * away. Paper and files have the report's tables.
 */
export function AttainmentView({ standings }: { standings: Standing[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const isNarrow = useNarrow();
  const [chosenKind, chooseKind] = useKept<Standing['kind'] | null>('attainment kind', null);
  const [kpi, chooseKpi] = useKept<string>('attainment kpi', '');
  const [order, setOrder] = useKept<Order>('attainment order', { by: 'pace', descending: false });
  const [folded, setFolded] = useKept<Partial<Record<StandingGroup, boolean>>>('attainment folded', {});
  const [whole, setWhole] = useKept<Partial<Record<StandingGroup, boolean>>>('attainment whole', {});
  const {
    ofKpi,
    kind,
    standings: chosen,
  } = useMemo(() => chosenOf(standings, { kpi, kind: chosenKind }), [standings, kpi, chosenKind]);
  const ordered = useMemo(
    () => orderedStandings(chosen, order, (cell) => cellText(cell, 'text', { language, zone: 'UTC' })),
    [chosen, order, language],
  );
  const views = STANDING_GROUPS.flatMap((group): GroupView[] => {
    const own = ordered.filter((one) => one.group === group);
    if (own.length === 0) return [];
    const most = isNarrow ? ROWS_ON_A_PHONE : ROWS_AT_FIRST[group];
    const isCut = !whole[group] && own.length >= most + ROWS_SPARED;
    return [
      {
        group,
        standings: own,
        shown: isCut ? own.slice(0, most) : own,
        isOpen: !(folded[group] ?? (group === 'reached' || group === 'nothing')),
      },
    ];
  });
  const shared = {
    views,
    order,
    hasPeriods: new Set(chosen.map((one) => JSON.stringify([one.period, one.from]))).size > 1,
    onOrder: setOrder,
    onFold: (group: StandingGroup, isOpen: boolean) => setFolded({ ...folded, [group]: !isOpen }),
    onWhole: (group: StandingGroup) => setWhole({ ...whole, [group]: true }),
  };
  return (
    <section className="card report-section" data-section="standings">
      <div className="attainment-head">
        <h2>{t('reports.attainment.title')}</h2>
        {kind !== null && <Kinds standings={ofKpi} value={kind} onChange={chooseKind} />}
        <Kpis standings={standings} value={kpi} onChange={chooseKpi} />
      </div>
      {chosen.length === 0 && <p className="quiet">{t('reports.document.emptyTable')}</p>}
      {chosen.length > 0 && !views.some(({ group }) => group === 'behind') && (
        <p>{t('reports.attainment.nobodyBehind')}</p>
      )}
      {isNarrow ? <StandingList {...shared} /> : <StandingTable {...shared} />}
    </section>
  );
}

function Kinds(props: { standings: Standing[]; value: Standing['kind']; onChange: (kind: Standing['kind']) => void }) {
  const { t } = useTranslation();
  const { standings, value, onChange } = props;
  const behind = (kind: Standing['kind']) =>
    standings.filter((one) => one.kind === kind && one.group === 'behind').length;
  return (
    <Segmented<Standing['kind']>
      className="no-print"
      aria-label={t('reports.attainment.kind')}
      value={value}
      onChange={onChange}
      options={(['teams', 'people'] as const).map((kind) => ({
        value: kind,
        label: t(`reports.attainment.kinds.${kind}`, { count: behind(kind) }),
      }))}
    />
  );
}

function Kpis(props: { standings: Standing[]; value: string; onChange: (kpi: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { standings, value, onChange } = props;
  const names = new Map(standings.map(({ kpi, name }) => [kpi, name[language]]));
  if (names.size < 2) return null;
  return (
    <Select<string>
      className="no-print"
      aria-label={t('reports.attainment.figure')}
      value={names.has(value) ? value : ''}
      onChange={onChange}
      popupMatchSelectWidth={false}
      options={[
        { value: '', label: t('reports.attainment.allFigures') },
        ...[...names].map(([id, label]) => ({ value: id, label })),
      ]}
    />
  );
}

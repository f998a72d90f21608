import { Segmented, Select, TreeSelect } from 'antd';
import { useTranslation } from 'react-i18next';
import type { KpiDefinitionView } from '../../../src/shared/api.js';
import { LEADERBOARD_MODES, type LeaderboardMode, QUADRANT_ACTIVITIES } from '../../../src/shared/comparison.js';
import { useLanguage, useLocalised } from '../i18n/index.js';
import { treeOf } from '../people/ui/choices.js';
import { useTeams } from '../people/ui/data.js';
import { isKpiFound, kpiSearchText } from '../ui/kpi-search.js';
import { PERIODS, type Period, rangeOf, type Shown, TARGET_PERIODS } from './address.js';
import { datesText } from './texts.js';

interface Props {
  shown: Shown;
  change: (key: string, value: string) => void;
  catalog: readonly KpiDefinitionView[];
  today: string;
  /** Whether this person leads people: agents see their own team and nothing to choose. */
  leads: boolean;
}

export function CompareFilters({ shown, change, catalog, today, leads }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const teams = useTeams();
  const isBoard = shown.tab === 'leaderboard';
  const periods = isBoard && shown.mode === 'of_target' ? TARGET_PERIODS : PERIODS;
  return (
    <section className="card">
      {isBoard && (
        <Segmented<LeaderboardMode>
          className="compare-modes"
          aria-label={t('compare.mode')}
          value={shown.mode}
          onChange={(mode) => change('mode', mode)}
          options={LEADERBOARD_MODES.filter((mode) => leads || mode !== 'team').map((value) => ({
            value,
            label: t(`compare.modes.${value}`),
          }))}
        />
      )}
      <div className="compare-filters">
        {isBoard ? (
          <KpiField
            label={t('compare.kpi')}
            value={shown.kpi}
            onChange={(kpi) => change('kpi', kpi)}
            kpis={catalog.filter(
              (kpi) => isComparable(kpi) && (shown.mode !== 'improved' || kpi.goodDirection !== 'neutral'),
            )}
          />
        ) : (
          <>
            <KpiField
              label={t('compare.activity')}
              value={shown.x}
              onChange={(kpi) => change('x', kpi)}
              kpis={catalog.filter(({ id, available }) => available && QUADRANT_ACTIVITIES.some((one) => one === id))}
            />
            <KpiField
              label={t('compare.rate')}
              value={shown.y}
              onChange={(kpi) => change('y', kpi)}
              kpis={catalog.filter((kpi) => isComparable(kpi) && isRate(kpi))}
            />
          </>
        )}
        <div className="compare-field">
          <span>{t('compare.period')}</span>
          <Select<Period>
            aria-label={t('compare.period')}
            value={shown.period}
            onChange={(period) => change('period', period)}
            options={periods.map((value) => ({ value, label: t(`compare.periods.${value}`) }))}
          />
        </div>
        {leads && teams.length > 1 && (isBoard ? shown.mode !== 'team' : true) && (
          <div className="compare-field">
            <span>{t('compare.team')}</span>
            <TreeSelect<number>
              allowClear
              treeData={treeOf(teams)}
              treeDefaultExpandAll
              showSearch={{ treeNodeFilterProp: 'title' }}
              placeholder={t('compare.allTeams')}
              popupMatchSelectWidth={false}
              aria-label={t('compare.team')}
              {...(shown.team === null ? {} : { value: shown.team })}
              onChange={(team: number | undefined) => change('team', team === undefined ? '' : String(team))}
            />
          </div>
        )}
      </div>
      <p className="quiet compare-range">{datesText(rangeOf(shown.period, today), language)}</p>
    </section>
  );
}

interface KpiFieldProps {
  label: string;
  value: string;
  kpis: readonly KpiDefinitionView[];
  onChange: (kpi: string) => void;
}

function KpiField({ label, value, kpis, onChange }: KpiFieldProps) {
  const localised = useLocalised();
  return (
    <div className="compare-field">
      <span>{label}</span>
      <Select
        aria-label={label}
        value={value}
        onChange={onChange}
        popupMatchSelectWidth={false}
        options={kpis.map((kpi) => ({
          value: kpi.id,
          label: localised(kpi.name),
          search: kpiSearchText(kpi),
        }))}
        showSearch={{ filterOption: isKpiFound }}
      />
    </div>
  );
}

function isComparable({ id, available }: KpiDefinitionView): boolean {
  return available && id !== 'attainment' && id !== 'pace';
}

/** Shares of counted things. A share of time has no calls behind it to estimate from, touch rate no counts of its own. */
function isRate({ id, kind, unit, formula }: KpiDefinitionView): boolean {
  return kind === 'ratio' && unit === 'fraction' && id !== 'touch_rate' && !/_s\b/.test(formula);
}

import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { KpiDefinitionView } from '../../../../src/shared/api.js';
import { useLocalised } from '../../i18n/index.js';
import { isKpiFound, kpiSearchText } from '../../ui/kpi-search.js';
import { MAX_KPIS } from './question.js';

const GROUPS = ['count', 'fraction', 'seconds', 'money', 'per_hour', 'customers'] as const;
type Group = (typeof GROUPS)[number];

function groupOf({ unit, kind }: KpiDefinitionView): Group {
  if (kind === 'distinct') return 'customers';
  if (unit === 'money_per_hour') return 'per_hour';
  return unit;
}

/** Evaluated against targets, by reports of their own. */
const OF_TARGETS: ReadonlySet<string> = new Set(['attainment', 'pace']);

interface Props {
  /** Ids, in the order of the columns. */
  value: readonly string[];
  catalog: readonly KpiDefinitionView[];
  onChange: (kpis: string[]) => void;
}

/** KPIs by kind, found by name in either language or by id; each with its formula. */
export function KpiField({ value, catalog, onChange }: Props) {
  const { t } = useTranslation();
  const localised = useLocalised();
  const offered = catalog.filter(({ id, available }) => available && !OF_TARGETS.has(id));
  const isFull = value.length >= MAX_KPIS;
  const options = GROUPS.map((group) => ({
    label: t(`reports.explore.kpiGroups.${group}`),
    options: offered
      .filter((kpi) => groupOf(kpi) === group)
      .map((kpi) => ({
        value: kpi.id,
        label: localised(kpi.name),
        title: `${localised(kpi.name)}: ${kpi.formula}`,
        formula: kpi.formula,
        search: kpiSearchText(kpi),
        disabled: isFull && !value.includes(kpi.id),
      })),
  })).filter(({ options: held }) => held.length > 0);
  return (
    <div className="report-field explore-kpis">
      <span>
        {t('reports.explore.kpis')} {isFull && <b>{t('reports.explore.kpisFull', { max: MAX_KPIS })}</b>}
      </span>
      <Select<string[], (typeof options)[number]['options'][number]>
        mode="multiple"
        aria-label={t('reports.explore.kpis')}
        placeholder={t('reports.explore.chooseKpis')}
        value={[...value]}
        onChange={onChange}
        options={options as never}
        showSearch={{ filterOption: isKpiFound }}
        popupMatchSelectWidth={false}
        listHeight={440}
        notFoundContent={t('people.nothingFound')}
        optionRender={({ data }) => (
          <span className="explore-option">
            {data.label}
            {data.formula !== data.value && <span className="quiet">{data.formula}</span>}
          </span>
        )}
      />
    </div>
  );
}

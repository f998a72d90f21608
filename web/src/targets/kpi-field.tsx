import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocalised } from '../i18n/index.js';
import { isKpiFound, type KpiFound, kpiSearchText } from '../ui/kpi-search.js';
import { groupOf, KPI_GROUPS, useTargetKpis } from './kpis.js';

interface Props {
  id?: string;
  value?: string;
  onChange?: (kpi: string) => void;
  disabled?: boolean;
  'aria-label'?: string;
  allowClear?: boolean;
  placeholder?: string;
}

/** A KPI, by name in either language. A rate always says what it is a rate of: "conversion" alone is five things. */
export function KpiField(props: Props) {
  const { t } = useTranslation();
  const localised = useLocalised();
  const kpis = useTargetKpis();
  return (
    <Select<string>
      {...props}
      popupMatchSelectWidth={false}
      style={{ width: '100%' }}
      showSearch={{ filterOption: (typed, option) => isKpiFound(typed, option as KpiFound | undefined) }}
      options={KPI_GROUPS.map((group) => ({
        label: t(`targets.kpiGroups.${group}`),
        title: group,
        options: kpis
          .filter((kpi) => groupOf(kpi) === group)
          .map((kpi) => ({
            value: kpi.id,
            label: kpi.kind === 'ratio' ? `${localised(kpi.name)} · ${kpi.formula}` : localised(kpi.name),
            search: kpiSearchText(kpi),
          })),
      }))}
    />
  );
}

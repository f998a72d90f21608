import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLocalised } from '../i18n/index.js';
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
      showSearch={{
        filterOption: (typed, option) =>
          (option as Found | undefined)?.search?.includes(typed.trim().toLowerCase()) ?? false,
      }}
      options={KPI_GROUPS.map((group) => ({
        label: t(`targets.kpiGroups.${group}`),
        title: group,
        options: kpis
          .filter((kpi) => groupOf(kpi) === group)
          .map((kpi) => ({
            value: kpi.id,
            label: kpi.kind === 'ratio' ? `${localised(kpi.name)} · ${kpi.formula}` : localised(kpi.name),
            search: `${kpi.name.en} ${kpi.name.zh} ${kpi.id}`.toLowerCase(),
          })),
      }))}
    />
  );
}

interface Found {
  search?: string;
}

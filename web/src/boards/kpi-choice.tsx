import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { KpiDefinitionView } from '../../../src/shared/api.js';
import { getCatalog } from '../api/index.js';
import { useLanguage, useLocalised } from '../i18n/index.js';
import { isKpiFound, kpiSearchText } from '../ui/kpi-search.js';
import { KNOWN_KPIS } from '../wallboard/kpi-forms.js';

interface Props {
  id?: string;
  value: string | null;
  onChange: (kpi: string) => void;
}

/** KPIs that a board can show: those with a value today that sums carry. */
export function useBoardKpis(): KpiDefinitionView[] {
  const catalog = useQuery({ queryKey: ['kpis', 'catalog'], queryFn: getCatalog, staleTime: 600_000 });
  return (catalog.data ?? []).filter(
    ({ available, id }) => available && !id.includes('customer') && id !== 'touch_rate' && KNOWN_KPIS.includes(id),
  );
}

/** A KPI of the catalog, found by its name in either language or by its id, with its definition below. */
export function KpiChoice({ id, value, onChange }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const kpis = useBoardKpis();
  const options = kpis.map((kpi) => ({
    value: kpi.id,
    label: kpi.name[language],
    search: kpiSearchText(kpi),
  }));
  const chosen = kpis.find((kpi) => kpi.id === value);
  return (
    <>
      <Select
        id={id}
        value={value ?? undefined}
        options={options}
        onChange={onChange}
        showSearch={{ filterOption: isKpiFound }}
        notFoundContent={t('boards.editor.noKpi')}
        style={{ width: '100%' }}
      />
      {chosen && <Definition kpi={chosen} />}
    </>
  );
}

function Definition({ kpi }: { kpi: KpiDefinitionView }) {
  const localised = useLocalised();
  return (
    <p className="definition quiet">
      {localised(kpi.explanation)} <code>{kpi.formula}</code>
    </p>
  );
}

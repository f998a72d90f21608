import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { KpiDefinitionView } from '../../../../src/shared/api.js';
import {
  REPORT_COMPARISONS,
  type ReportComparison,
  type ReportResult,
  type ReportSpec,
} from '../../../../src/shared/reports.js';
import { RangeField } from '../ready/range-field.js';
import { FilterFields } from './filter-fields.js';
import { GroupField } from './group-field.js';
import { KpiField } from './kpi-field.js';

interface Props {
  spec: ReportSpec;
  catalog: readonly KpiDefinitionView[];
  result: ReportResult | undefined;
  leads: boolean;
  onChange: (change: Partial<ReportSpec>) => void;
}

/** What is asked: figures, groupings, range, comparison, filters. */
export function QuestionCard({ spec, catalog, result, leads, onChange }: Props) {
  const { t } = useTranslation();
  const offered = REPORT_COMPARISONS.filter((one) => one !== 'team' || (leads && spec.groupBy.includes('agent')));
  return (
    <section className="card explore-question no-print" aria-label={t('reports.explore.question')}>
      <KpiField value={spec.kpis} catalog={catalog} onChange={(kpis) => onChange({ kpis })} />
      <div className="report-fields">
        <GroupField groupBy={spec.groupBy} onChange={(groupBy) => onChange({ groupBy })} />
        <RangeField range={spec.range} dates={result?.dates ?? null} onChange={(range) => onChange({ range })} />
        <div className="report-field explore-compare">
          <span>{t('reports.explore.compare')}</span>
          <Segmented<ReportComparison>
            aria-label={t('reports.explore.compare')}
            value={spec.compare}
            onChange={(compare) => onChange({ compare })}
            options={offered.map((value) => ({ value, label: t(`reports.explore.comparisons.${value}`) }))}
          />
        </div>
        <FilterFields
          filters={spec.filters}
          onChange={(filters) => onChange({ filters })}
          leads={leads}
          result={result}
        />
      </div>
    </section>
  );
}

import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { REPORT_GROUPINGS, type ReportGrouping } from '../../../../src/shared/reports.js';
import { regroup } from './question.js';

interface Props {
  groupBy: readonly ReportGrouping[];
  onChange: (groupBy: ReportGrouping[]) => void;
}

/** One or two groupings, or none: a single row. */
export function GroupField({ groupBy, onChange }: Props) {
  const { t } = useTranslation();
  const field = (place: 0 | 1) => {
    const label = t(place === 0 ? 'reports.explore.groupBy' : 'reports.explore.thenBy');
    return (
      <div className="report-field">
        <span>{label}</span>
        <Select<ReportGrouping | 'none'>
          aria-label={label}
          value={groupBy[place] ?? 'none'}
          popupMatchSelectWidth={false}
          listHeight={420}
          onChange={(chosen) => onChange(regroup(groupBy, place, chosen === 'none' ? null : chosen))}
          options={[
            {
              value: 'none' as const,
              label: t(place === 0 ? 'reports.explore.noGroup' : 'reports.explore.nothingElse'),
            },
            ...REPORT_GROUPINGS.map((value) => ({ value, label: t(`reports.explore.groupings.${value}`) })),
          ]}
        />
      </div>
    );
  };
  return (
    <>
      {field(0)}
      {groupBy.length > 0 && field(1)}
    </>
  );
}

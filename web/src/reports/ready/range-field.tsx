import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { REPORT_RANGES, type ReportRangePreset, type ReportRangeSpec } from '../../../../src/shared/reports.js';
import { DATE, DatesFields } from './dates-fields.js';

interface Props {
  range: ReportRangeSpec;
  /** Business dates of what is shown, `to` exclusive: where a range of one's own begins. */
  dates: { from: string; to: string } | null;
  onChange: (range: ReportRangeSpec) => void;
}

/** One of the usual ranges, or two dates of one's own, both included. */
export function RangeField({ range, dates, onChange }: Props) {
  const { t } = useTranslation();
  const isOwn = !('preset' in range);
  const own = isOwn && DATE.test(range.from) && DATE.test(range.to) ? range : dates;
  const choose = (value: ReportRangePreset | 'own') => {
    if (value !== 'own') onChange({ preset: value });
    else if (own) onChange(own);
  };
  return (
    <>
      <div className="report-field">
        <span>{t('reports.ready.range')}</span>
        <Select<ReportRangePreset | 'own'>
          aria-label={t('reports.ready.range')}
          value={isOwn ? 'own' : range.preset}
          onChange={choose}
          popupMatchSelectWidth={false}
          options={[...REPORT_RANGES, 'own' as const].map((value) => ({
            value,
            label: t(`reports.ready.ranges.${value}`),
            disabled: value === 'own' && own === null,
          }))}
        />
      </div>
      {isOwn && own && (
        <DatesFields
          dates={own}
          labels={{ from: t('reports.ready.from'), to: t('reports.ready.to') }}
          onChange={onChange}
        />
      )}
    </>
  );
}

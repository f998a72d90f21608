import { useTranslation } from 'react-i18next';
import { REPORT_RANGES, type ReportRangeSpec } from '../../../../src/shared/reports.js';
import { PresetOrDates } from './preset-or-dates.js';

interface Props {
  range: ReportRangeSpec;
  /** Business dates of what is shown, `to` exclusive: where a range of one's own begins. */
  dates: { from: string; to: string } | null;
  onChange: (range: ReportRangeSpec) => void;
}

export function RangeField({ range, dates, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <PresetOrDates
      label={t('reports.ready.range')}
      presets={REPORT_RANGES}
      nameOf={(choice) => t(`reports.ready.ranges.${choice}`)}
      value={'preset' in range ? range.preset : range}
      dates={dates}
      dateLabels={{ from: t('reports.ready.from'), to: t('reports.ready.to') }}
      onPreset={(preset) => onChange({ preset })}
      onDates={onChange}
    />
  );
}

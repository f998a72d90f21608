import { useTranslation } from 'react-i18next';
import { READY_COMPARISONS, type ReadyCompareSpec } from '../../../../src/shared/reports.js';
import { PresetOrDates } from './preset-or-dates.js';

interface Props {
  compare: ReadyCompareSpec | undefined;
  /** Business dates of what it is compared with now, `to` exclusive: where dates of one's own begin. */
  dates: { from: string; to: string } | null;
  onChange: (compare: ReadyCompareSpec | undefined) => void;
}

/** The other of two periods: one that follows from the first, or two dates of one's own. */
export function CompareField({ compare = { preset: 'previous' }, dates, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <PresetOrDates
      label={t('reports.ready.compare')}
      className="report-field--wide"
      presets={READY_COMPARISONS}
      nameOf={(choice) => t(`reports.ready.comparisons.${choice}`)}
      value={'preset' in compare ? compare.preset : compare}
      dates={dates}
      dateLabels={{ from: t('reports.ready.compareFrom'), to: t('reports.ready.compareTo') }}
      onPreset={(preset) => onChange(preset === 'previous' ? undefined : { preset })}
      onDates={onChange}
    />
  );
}

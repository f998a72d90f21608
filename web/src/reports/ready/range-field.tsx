import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { REPORT_RANGES, type ReportRangePreset, type ReportRangeSpec } from '../../../../src/shared/reports.js';
import { addDays } from '../../format/index.js';

interface Props {
  range: ReportRangeSpec;
  /** Business dates of what is shown, `to` exclusive: where a range of one's own begins. */
  dates: { from: string; to: string } | null;
  onChange: (range: ReportRangeSpec) => void;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

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
        <>
          <DateField
            label={t('reports.ready.from')}
            value={own.from}
            onChange={(from) => onChange(ordered(from, own.to))}
          />
          <DateField
            label={t('reports.ready.to')}
            value={addDays(own.to, -1)}
            onChange={(last) => onChange(ordered(own.from, addDays(last, 1), 'to'))}
          />
        </>
      )}
    </>
  );
}

/** The end that was not changed moves along when both would cross. */
function ordered(from: string, to: string, changed: 'from' | 'to' = 'from'): { from: string; to: string } {
  if (from < to) return { from, to };
  return changed === 'from' ? { from, to: addDays(from, 1) } : { from: addDays(to, -1), to };
}

function DateField({ label, value, onChange }: { label: string; value: string; onChange: (date: string) => void }) {
  return (
    <div className="report-field report-field--date">
      <span>{label}</span>
      <Input
        aria-label={label}
        type="date"
        value={value}
        onChange={({ target }) => {
          if (DATE.test(target.value)) onChange(target.value);
        }}
      />
    </div>
  );
}

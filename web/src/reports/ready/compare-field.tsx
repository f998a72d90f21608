import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { READY_COMPARISONS, type ReadyCompareSpec, type ReadyComparison } from '../../../../src/shared/reports.js';
import { DATE, DatesFields } from './dates-fields.js';

interface Props {
  compare: ReadyCompareSpec | undefined;
  /** Business dates of what it is compared with now, `to` exclusive: where dates of one's own begin. */
  dates: { from: string; to: string } | null;
  onChange: (compare: ReadyCompareSpec | undefined) => void;
}

/** The other of two periods: one that follows from the first, or two dates of one's own, both included. */
export function CompareField({ compare, dates, onChange }: Props) {
  const { t } = useTranslation();
  const isOwn = compare !== undefined && !('preset' in compare);
  const own = isOwn && DATE.test(compare.from) && DATE.test(compare.to) ? compare : dates;
  const choose = (value: ReadyComparison | 'own') => {
    if (value !== 'own') onChange(value === 'previous' ? undefined : { preset: value });
    else if (own) onChange(own);
  };
  return (
    <>
      <div className="report-field report-field--wide">
        <span>{t('reports.ready.compare')}</span>
        <Select<ReadyComparison | 'own'>
          aria-label={t('reports.ready.compare')}
          value={isOwn ? 'own' : (compare?.preset ?? 'previous')}
          onChange={choose}
          popupMatchSelectWidth={false}
          options={[...READY_COMPARISONS, 'own' as const].map((value) => ({
            value,
            label: t(`reports.ready.comparisons.${value}`),
            disabled: value === 'own' && own === null,
          }))}
        />
      </div>
      {isOwn && own && (
        <DatesFields
          dates={own}
          labels={{ from: t('reports.ready.compareFrom'), to: t('reports.ready.compareTo') }}
          onChange={onChange}
        />
      )}
    </>
  );
}

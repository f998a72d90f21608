import { Select, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CallingSpan } from '../../../../src/shared/organisation.js';
import { clockText, QUARTERS } from '../ui/clock-text.js';

interface Props {
  /** Of the form: the field of the beginning. */
  id?: string;
  value?: CallingSpan;
  onChange?: (span: CallingSpan) => void;
  label: string;
}

const DAY_MINUTES = 1_440;
const optionsOf = (minutes: readonly number[]) => minutes.map((value) => ({ value, label: clockText(value) }));
const STARTS = optionsOf(QUARTERS);
const ENDS = optionsOf([...QUARTERS.filter((minutes) => minutes > 0), DAY_MINUTES]);

/** From when to when, on quarter hours of one day. */
export function SpanField({ id, value, onChange, label }: Props) {
  const { t } = useTranslation();
  if (value === undefined) return null;
  const from = t('people.organisation.callingFrom');
  const to = t('people.organisation.callingTo');
  return (
    <Space wrap>
      <Select<number>
        {...(id === undefined ? {} : { id })}
        showSearch
        aria-label={`${label}: ${from}`}
        prefix={from}
        style={{ width: 140 }}
        value={value.startMinutes}
        onChange={(startMinutes) => onChange?.({ ...value, startMinutes })}
        options={STARTS}
      />
      <Select<number>
        showSearch
        aria-label={`${label}: ${to}`}
        prefix={to}
        style={{ width: 140 }}
        value={value.endMinutes}
        onChange={(endMinutes) => onChange?.({ ...value, endMinutes })}
        options={ENDS}
      />
    </Space>
  );
}

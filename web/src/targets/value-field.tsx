import { InputNumber, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import type { KpiUnit } from '../../../src/shared/api.js';
import { keptOf, typedOf } from './values.js';

interface Props {
  id?: string;
  /** As kept: seconds, fractions, minor units. */
  value?: number | null;
  onChange?: (value: number | null) => void;
  unit: KpiUnit;
  currency: string | null;
  disabled?: boolean;
  size?: 'small' | 'middle';
  'aria-label'?: string;
}

/** A value in the unit people use: per cent, minutes, whole units of money. */
export function ValueField({ unit, currency, value, onChange, ...props }: Props) {
  const { t } = useTranslation();
  const money = unit === 'money' || unit === 'money_per_hour';
  const suffix = { fraction: '%', seconds: t('targets.minutes'), per_hour: t('targets.perHour') }[unit as string];
  return (
    <Space.Compact block>
      {money && <Space.Addon>{currency}</Space.Addon>}
      <InputNumber<number>
        {...props}
        min={0}
        style={{ width: '100%' }}
        value={value === null || value === undefined ? null : typedOf(value, unit, currency)}
        onChange={(typed) => onChange?.(typed === null ? null : keptOf(typed, unit, currency))}
      />
      {suffix !== undefined && <Space.Addon>{suffix}</Space.Addon>}
    </Space.Compact>
  );
}

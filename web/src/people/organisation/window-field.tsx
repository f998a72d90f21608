import { InputNumber, Select, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { minutesOf, WINDOW_UNITS, type WindowUnit, windowTimeOf } from './window-time.js';

interface Props {
  /** Of the form: the field of the number. */
  id?: string;
  /** Minutes; null: nothing is typed. */
  value?: number | null;
  onChange?: (minutes: number | null) => void;
  label: string;
}

/** How long a window is, in the unit one thinks of it in. */
export function WindowField({ id, value = null, onChange, label }: Props) {
  const { t } = useTranslation();
  const [unit, setUnit] = useState<WindowUnit>(() => windowTimeOf(value ?? 1).unit);
  const one = minutesOf({ amount: 1, unit });
  return (
    <Space.Compact>
      <InputNumber<number>
        {...(id === undefined ? {} : { id })}
        min={1}
        precision={0}
        aria-label={label}
        value={value === null ? null : value / one}
        onChange={(amount) => onChange?.(amount === null ? null : amount * one)}
      />
      <Select<WindowUnit>
        aria-label={`${label}: ${t('people.organisation.windowUnit')}`}
        style={{ width: 110 }}
        value={unit}
        onChange={(next) => {
          // The number typed stays and means the new unit.
          if (value !== null) onChange?.(minutesOf({ amount: value / one, unit: next }));
          setUnit(next);
        }}
        options={WINDOW_UNITS.map((choice) => ({
          value: choice,
          label: t(`people.organisation.windowUnits.${choice}`),
        }))}
      />
    </Space.Compact>
  );
}

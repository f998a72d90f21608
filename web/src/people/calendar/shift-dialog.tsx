import { Button, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ShiftPatternView, ShiftView } from '../../../../src/shared/organisation.js';
import { putShifts, type ShiftOwner } from '../../api/index.js';
import { useLanguage } from '../../i18n/index.js';
import { AppliesTo } from '../ui/applies-to.js';
import { clockText, QUARTERS } from '../ui/clock-text.js';
import { weekdayName } from '../ui/days.js';
import { FormDialog } from '../ui/form-dialog.js';
import { rowsOf, type ShiftRow, shiftsOf } from './shift-rows.js';

interface Values {
  validFrom: string;
  shifts?: ShiftRow[];
}

interface Props {
  owner: ShiftOwner;
  id: number;
  today: string;
  /** The pattern that is changed; a new one without. */
  pattern?: ShiftPatternView;
  /** What to begin with. */
  shifts: ShiftView[];
  onClose: () => void;
}

const OFFICE: ShiftRow = { weekdays: [1, 2, 3, 4, 5], start: '09:00', end: '18:00', breakMinutes: 60 };

const CLOCKS = QUARTERS.map((minutes) => ({ value: clockText(minutes), label: clockText(minutes) }));

/** A week of shifts: one row for the weekdays that share their hours. */
export function ShiftDialog({ owner, id, today, pattern, shifts, onClose }: Props) {
  const { t } = useTranslation();
  const rows = rowsOf(shifts);
  return (
    <FormDialog<Values, ShiftPatternView[]>
      title={t(pattern ? 'people.shifts.edit' : 'people.shifts.add')}
      save={t('people.save')}
      width={680}
      initial={{ validFrom: pattern?.validFrom ?? today, shifts: rows.length > 0 || pattern ? rows : [OFFICE] }}
      submit={(values) => putShifts(owner, id, values.validFrom, shiftsOf(values.shifts ?? []))}
      onClose={onClose}
    >
      <Form.Item
        name="validFrom"
        label={t('people.shifts.validFrom')}
        rules={[{ required: true, message: t('people.required') }]}
      >
        <Input type="date" disabled={pattern !== undefined} />
      </Form.Item>
      <Form.Item name="shifts" label={t('people.shifts.week')} extra={t('people.shifts.weekHelp')}>
        <Rows />
      </Form.Item>
      <AppliesTo to="nothing" text={t('people.calendarApplies')} />
    </FormDialog>
  );
}

function Rows() {
  const { t } = useTranslation();
  const language = useLanguage();
  const required = [{ required: true, message: t('people.required') }];
  return (
    <Form.List name="shifts">
      {(rows, { add, remove }) => (
        <div className="rows">
          {rows.map(({ key, name }) => (
            <div key={key} className="rows__row shift-row">
              <Form.Item name={[name, 'weekdays']} rules={required}>
                <Select
                  mode="multiple"
                  aria-label={t('people.shifts.weekdays')}
                  options={[1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: day, label: weekdayName(day, language) }))}
                />
              </Form.Item>
              <Form.Item name={[name, 'start']} rules={required}>
                <Select showSearch aria-label={t('people.shifts.start')} options={CLOCKS} />
              </Form.Item>
              <Form.Item name={[name, 'end']} rules={required}>
                <Select showSearch aria-label={t('people.shifts.end')} options={CLOCKS} />
              </Form.Item>
              <Form.Item name={[name, 'breakMinutes']}>
                <InputNumber
                  min={0}
                  max={720}
                  precision={0}
                  aria-label={t('people.shifts.breakMinutes')}
                  suffix={t('people.shifts.minutes')}
                />
              </Form.Item>
              <Button onClick={() => remove(name)}>{t('people.remove')}</Button>
            </div>
          ))}
          <Button onClick={() => add(OFFICE)}>{t('people.shifts.another')}</Button>
        </div>
      )}
    </Form.List>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HolidayKind, HolidayView } from '../../../../src/shared/organisation.js';
import { dropHoliday, getHolidays, putHoliday } from '../../api/index.js';
import { dateInZone, formatWeekday } from '../../format/index.js';
import { useLanguage } from '../../i18n/index.js';
import { browserNow } from '../../live/clock.js';
import { ErrorView } from '../../ui/error-view.js';
import { Mark } from '../../ui/mark.js';
import { AppliesTo } from '../ui/applies-to.js';
import { useChange } from '../ui/data.js';
import { formatDay, weekdayName } from '../ui/days.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Section } from '../ui/section.js';
import { TakeBack } from '../ui/take-back.js';

interface Props {
  siteId: number;
  zone: string;
  mayWrite: boolean;
}

/** Public holidays and the days worked in their place, a year at a time. */
export function Holidays({ siteId, zone, mayWrite }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const change = useChange();
  const thisYear = Number(dateInZone(browserNow(), zone).slice(0, 4));
  const [year, setYear] = useState(thisYear);
  const [editing, setEditing] = useState<HolidayView | 'new'>();
  const holidays = useQuery({
    queryKey: ['organisation', 'holidays', siteId, year],
    queryFn: () => getHolidays(siteId, `${year}-01-01`, `${year + 1}-01-01`),
  });
  return (
    <Section
      title={t('people.holidays.title')}
      text={t('people.holidays.text')}
      actions={
        <>
          <Select
            aria-label={t('people.holidays.year')}
            value={year}
            onChange={setYear}
            options={[-1, 0, 1, 2].map((ahead) => ({ value: thisYear + ahead, label: String(thisYear + ahead) }))}
          />
          {mayWrite && <Button onClick={() => setEditing('new')}>{t('people.holidays.add')}</Button>}
        </>
      }
    >
      {holidays.isError && <ErrorView error={holidays.error} onRetry={() => void holidays.refetch()} />}
      {holidays.data?.length === 0 && <p className="quiet">{t('people.holidays.empty', { year })}</p>}
      <ul className="plain-list">
        {holidays.data?.map((holiday) => (
          <li key={holiday.date}>
            <span>
              <b className="tabular">{formatDay(holiday.date, language)}</b>{' '}
              <span className="quiet">{formatWeekday(holiday.date, language)}</span> {holiday.name}{' '}
              <Kind of={holiday} />
            </span>
            {mayWrite && (
              <span className="history__actions">
                <Button
                  size="small"
                  aria-label={`${t('people.edit')}: ${formatDay(holiday.date, language)}`}
                  onClick={() => setEditing(holiday)}
                >
                  {t('people.edit')}
                </Button>
                <TakeBack
                  label={t('people.remove')}
                  of={formatDay(holiday.date, language)}
                  ask={t('people.holidays.ask')}
                  onConfirm={() => change(() => dropHoliday(siteId, holiday.date))}
                />
              </span>
            )}
          </li>
        ))}
      </ul>
      {editing && (
        <HolidayDialog
          siteId={siteId}
          {...(editing === 'new' ? {} : { holiday: editing })}
          onClose={() => setEditing(undefined)}
        />
      )}
    </Section>
  );
}

function Kind({ of: { kind, asWeekday } }: { of: HolidayView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (kind === 'holiday' || asWeekday === null) return <Mark>{t('people.holidays.kinds.holiday')}</Mark>;
  return <Mark tone="live">{t('people.holidays.worksAs', { weekday: weekdayName(asWeekday, language) })}</Mark>;
}

interface Values {
  date: string;
  kind: HolidayKind;
  name: string;
  asWeekday?: number;
}

function HolidayDialog({ siteId, holiday, onClose }: { siteId: number; holiday?: HolidayView; onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const required = [{ required: true, message: t('people.required') }];
  return (
    <FormDialog<Values, HolidayView>
      title={t(holiday ? 'people.holidays.edit' : 'people.holidays.add')}
      save={t('people.save')}
      initial={{
        kind: holiday?.kind ?? 'holiday',
        asWeekday: holiday?.asWeekday ?? 1,
        ...(holiday ? { date: holiday.date, name: holiday.name } : {}),
      }}
      submit={({ date, kind, name, asWeekday }) =>
        putHoliday(siteId, date, {
          kind,
          name: name.trim(),
          ...(kind === 'workday' ? { asWeekday: asWeekday ?? 1 } : {}),
        })
      }
      onClose={onClose}
    >
      <Form.Item name="date" label={t('people.holidays.date')} rules={required}>
        <Input type="date" disabled={holiday !== undefined} />
      </Form.Item>
      <Form.Item name="name" label={t('people.name')} rules={[{ ...required[0], whitespace: true }]}>
        <Input maxLength={80} placeholder={t('people.holidays.nameExample')} />
      </Form.Item>
      <Form.Item name="kind" label={t('people.holidays.kind')}>
        <Radio.Group
          options={(['holiday', 'workday'] as const).map((value) => ({
            value,
            label: t(`people.holidays.kinds.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={['kind']}>
        {({ getFieldValue }) =>
          getFieldValue('kind') === 'workday' && (
            <Form.Item name="asWeekday" label={t('people.holidays.asWeekday')}>
              <Select
                options={[1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: day, label: weekdayName(day, language) }))}
              />
            </Form.Item>
          )
        }
      </Form.Item>
      <AppliesTo to="nothing" text={t('people.calendarApplies')} />
    </FormDialog>
  );
}

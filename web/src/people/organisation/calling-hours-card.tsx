import { Button, Form, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CallingHours, isSameSpan, type OrganisationView, spanText } from '../../../../src/shared/organisation.js';
import { patchOrganisation } from '../../api/index.js';
import { AppliesTo } from '../ui/applies-to.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Section } from '../ui/section.js';
import { type CallingForm, callingForm, callingHoursOf, spanProblem, type Weekends } from './calling-form.js';
import { SpanField } from './span-field.js';

interface Props {
  organisation: OrganisationView;
  mayWrite: boolean;
}

const WEEKENDS: readonly Weekends[] = ['same', 'own', 'none'];

/** When customers may be called: what reports advise. */
export function CallingHoursCard({ organisation: { callingHours }, mayWrite }: Props) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const { weekdays, weekends } = callingHours;
  return (
    <Section
      title={t('people.organisation.calling')}
      text={t('people.organisation.callingText')}
      actions={mayWrite && <Button onClick={() => setEditing(true)}>{t('people.edit')}</Button>}
    >
      <dl className="facts">
        <div>
          <dt>{t(`people.organisation.${isSameSpan(weekdays, weekends) ? 'callingEveryDay' : 'callingWeekdays'}`)}</dt>
          <dd>
            {spanText(weekdays)}
            <div className="quiet">{t('people.organisation.callingZone')}</div>
          </dd>
        </div>
        {!isSameSpan(weekdays, weekends) && (
          <div>
            <dt>{t('people.organisation.callingWeekends')}</dt>
            <dd>{weekends === null ? t('people.organisation.callingNone') : spanText(weekends)}</dd>
          </div>
        )}
      </dl>
      {editing && <EditCallingHours hours={callingHours} onClose={() => setEditing(false)} />}
    </Section>
  );
}

function EditCallingHours({ hours, onClose }: { hours: CallingHours; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <FormDialog<CallingForm, OrganisationView>
      title={t('people.organisation.calling')}
      save={t('people.save')}
      initial={callingForm(hours)}
      submit={(values) => patchOrganisation({ callingHours: callingHoursOf(values) })}
      onClose={onClose}
    >
      <SpanItem name="weekdays" />
      <Form.Item name="rule" label={t('people.organisation.callingWeekends')}>
        <Radio.Group
          options={WEEKENDS.map((value) => ({ value, label: t(`people.organisation.callingRules.${value}`) }))}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={['rule']}>
        {({ getFieldValue }) => getFieldValue('rule') === 'own' && <SpanItem name="weekends" />}
      </Form.Item>
      <AppliesTo to="past and future" text={t('people.organisation.callingApplies')} />
    </FormDialog>
  );
}

function SpanItem({ name }: { name: 'weekdays' | 'weekends' }) {
  const { t } = useTranslation();
  const label = t(`people.organisation.${name === 'weekdays' ? 'callingWeekdays' : 'callingWeekends'}`);
  return (
    <Form.Item
      name={name}
      label={label}
      extra={t('people.organisation.callingHelp')}
      rules={[
        {
          validator: async (_, span) => {
            if (spanProblem(span)) throw new Error(t('people.organisation.callingWrong'));
          },
        },
      ]}
    >
      <SpanField label={label} />
    </Form.Item>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeaveCreate, LeaveView } from '../../../../src/shared/organisation.js';
import { addLeave, dropLeave, getLeave } from '../../api/index.js';
import { useLanguage } from '../../i18n/index.js';
import { ErrorView } from '../../ui/error-view.js';
import { AppliesTo } from '../ui/applies-to.js';
import { useChange } from '../ui/data.js';
import { formatDay } from '../ui/days.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Section } from '../ui/section.js';
import { TakeBack } from '../ui/take-back.js';
import { LEAVE_KINDS } from './statuses.js';

/** Days on which nothing is expected of this agent. */
export function Leave({ agentId, mayWrite }: { agentId: number; mayWrite: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const change = useChange();
  const [adding, setAdding] = useState(false);
  const leave = useQuery({ queryKey: ['organisation', 'leave', agentId], queryFn: () => getLeave(agentId) });
  const days = ({ from, until }: LeaveView) =>
    from === until ? formatDay(from, language) : `${formatDay(from, language)} – ${formatDay(until, language)}`;
  return (
    <Section
      title={t('people.leave.title')}
      text={leave.data?.length === 0 ? t('people.leave.empty') : t('people.leave.text')}
      actions={mayWrite && <Button onClick={() => setAdding(true)}>{t('people.leave.add')}</Button>}
    >
      {leave.isError && <ErrorView error={leave.error} onRetry={() => void leave.refetch()} />}
      <ul className="plain-list">
        {leave.data?.map((one) => (
          <li key={one.id}>
            <span>
              <b>{days(one)}</b> <span className="quiet">{t(`people.leave.kinds.${one.kind}`)}</span>
            </span>
            {mayWrite && (
              <TakeBack
                label={t('people.remove')}
                of={days(one)}
                ask={t('people.leave.ask')}
                onConfirm={() => change(() => dropLeave(agentId, one.id))}
              />
            )}
          </li>
        ))}
      </ul>
      {adding && (
        <FormDialog<LeaveCreate, LeaveView>
          title={t('people.leave.add')}
          save={t('people.leave.add')}
          initial={{ kind: 'leave' }}
          submit={(values) => addLeave(agentId, values)}
          onClose={() => setAdding(false)}
        >
          <Form.Item name="kind" label={t('people.leave.kind')}>
            <Select options={LEAVE_KINDS.map((value) => ({ value, label: t(`people.leave.kinds.${value}`) }))} />
          </Form.Item>
          <div className="side-by-side">
            <Form.Item
              name="from"
              label={t('people.leave.from')}
              rules={[{ required: true, message: t('people.required') }]}
            >
              <Input type="date" />
            </Form.Item>
            <Form.Item
              name="until"
              label={t('people.leave.until')}
              rules={[{ required: true, message: t('people.required') }]}
            >
              <Input type="date" />
            </Form.Item>
          </div>
          <AppliesTo to="nothing" text={t('people.calendarApplies')} />
        </FormDialog>
      )}
    </Section>
  );
}

import { Button, Checkbox, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AddressKind, AgentDetail } from '../../../../src/shared/organisation.js';
import { addAddress, dropAddress } from '../../api/index.js';
import { AppliesTo } from '../ui/applies-to.js';
import { useChange } from '../ui/data.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Section } from '../ui/section.js';
import { TakeBack } from '../ui/take-back.js';
import { ADDRESS_KINDS } from './statuses.js';

interface Values {
  kind: AddressKind;
  value: string;
  move?: boolean;
}

/** The names and numbers by which the phone system knows this agent. */
export function Addresses({ agent, mayWrite }: { agent: AgentDetail; mayWrite: boolean }) {
  const { t } = useTranslation();
  const change = useChange();
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title={t('people.addresses.title')}
      text={agent.addresses.length === 0 ? t('people.addresses.empty') : t('people.addresses.text')}
      actions={mayWrite && <Button onClick={() => setAdding(true)}>{t('people.addresses.add')}</Button>}
    >
      <ul className="plain-list">
        {agent.addresses.map((address) => (
          <li key={address.id}>
            <span>
              <b className="tabular">{address.value}</b>{' '}
              <span className="quiet">{t(`people.kind.${address.kind}`)}</span>
            </span>
            {mayWrite && (
              <TakeBack
                label={t('people.remove')}
                of={address.value}
                ask={t(address.kind === 'number' ? 'people.addresses.askNumber' : 'people.addresses.askName')}
                onConfirm={() => change(() => dropAddress(agent.id, address.id))}
              />
            )}
          </li>
        ))}
      </ul>
      {adding && (
        <FormDialog<Values, AgentDetail>
          title={t('people.addresses.addTo', { name: agent.name })}
          save={t('people.addresses.add')}
          initial={{ kind: 'client' }}
          submit={({ kind, value, move = false }) =>
            addAddress(agent.id, { kind, value: value.trim(), ...(move ? { move } : {}) })
          }
          onClose={() => setAdding(false)}
        >
          <Form.Item name="kind" label={t('people.addresses.kind')}>
            <Select options={ADDRESS_KINDS.map((value) => ({ value, label: t(`people.kind.${value}`) }))} />
          </Form.Item>
          <Form.Item
            name="value"
            label={t('people.addresses.value')}
            extra={t('people.addresses.help')}
            rules={[{ required: true, whitespace: true, message: t('people.required') }]}
          >
            <Input maxLength={200} autoFocus />
          </Form.Item>
          <Form.Item name="move" valuePropName="checked">
            <Checkbox>{t('people.addresses.move')}</Checkbox>
          </Form.Item>
          <AppliesTo to="past and future" text={t('people.addresses.applies')} />
        </FormDialog>
      )}
    </Section>
  );
}

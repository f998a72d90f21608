import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AddressKind, AgentCreate, AgentDetail } from '../../../../src/shared/organisation.js';
import { createAgent } from '../../api/index.js';
import { AppliesTo } from '../ui/applies-to.js';
import { TeamChoice } from '../ui/choices.js';
import { FormDialog } from '../ui/form-dialog.js';
import { ADDRESS_KINDS } from './statuses.js';

interface Values {
  name: string;
  teamId: number;
  employedFrom?: string;
  addresses?: { kind: AddressKind; value: string }[];
}

interface Props {
  teamId?: number;
  onClose: () => void;
  onCreated?: (agent: AgentDetail) => void;
}

/** A new agent, before its first call or for addresses that call already. */
export function CreateAgent({ teamId, onClose, onCreated }: Props) {
  const { t } = useTranslation();
  const required = { required: true, message: t('people.required') };
  return (
    <FormDialog<Values, AgentDetail>
      title={t('people.agents.create')}
      save={t('people.create')}
      initial={{ addresses: [{ kind: 'client', value: '' }], ...(teamId === undefined ? {} : { teamId }) }}
      submit={(values) => createAgent(bodyOf(values))}
      onClose={onClose}
      {...(onCreated ? { onDone: onCreated } : {})}
    >
      <Form.Item name="name" label={t('people.name')} rules={[{ ...required, whitespace: true }]}>
        <Input maxLength={80} autoFocus />
      </Form.Item>
      <Form.Item name="teamId" label={t('people.team')} rules={[required]}>
        <TeamChoice />
      </Form.Item>
      <Form.Item name="employedFrom" label={t('people.employedFrom')} extra={t('people.optional')}>
        <Input type="date" />
      </Form.Item>
      <AddressRows />
      <AppliesTo to="past and future" text={t('people.addresses.applies')} />
    </FormDialog>
  );
}

function AddressRows() {
  const { t } = useTranslation();
  return (
    <Form.Item name="addresses" label={t('people.addresses.title')} extra={t('people.addresses.help')}>
      <Form.List name="addresses">
        {(rows, { add, remove }) => (
          <div className="rows">
            {rows.map(({ key, name }) => (
              <div key={key} className="rows__row">
                <Form.Item name={[name, 'kind']} noStyle>
                  <Select
                    aria-label={t('people.addresses.kind')}
                    options={ADDRESS_KINDS.map((value) => ({ value, label: t(`people.kind.${value}`) }))}
                  />
                </Form.Item>
                <Form.Item name={[name, 'value']} noStyle>
                  <Input aria-label={t('people.addresses.value')} />
                </Form.Item>
                <Button onClick={() => remove(name)}>{t('people.remove')}</Button>
              </div>
            ))}
            <Button onClick={() => add({ kind: 'client', value: '' })}>{t('people.addresses.another')}</Button>
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}

function bodyOf({ name, teamId, employedFrom, addresses = [] }: Values): AgentCreate {
  const given = addresses.map(({ kind, value }) => ({ kind, value: value.trim() })).filter(({ value }) => value !== '');
  return {
    name: name.trim(),
    teamId,
    ...(employedFrom ? { employedFrom } : {}),
    ...(given.length > 0 ? { addresses: given } : {}),
  };
}

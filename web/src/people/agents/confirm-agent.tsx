import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AgentConfirm, AgentDetail } from '../../../../src/shared/organisation.js';
import { confirmAgent } from '../../api/index.js';
import { AppliesTo } from '../ui/applies-to.js';
import { TeamChoice } from '../ui/choices.js';
import { FormDialog } from '../ui/form-dialog.js';

/** Who an agent is that a webhook made, and where it belonged from its first call on. */
export function ConfirmAgent({ agent, onClose }: { agent: AgentDetail; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <FormDialog<AgentConfirm, AgentDetail>
      title={t('people.newAgents.confirmOne', { name: agent.name })}
      save={t('people.newAgents.confirm')}
      initial={{ name: agent.name }}
      submit={({ name, teamId }) => confirmAgent(agent.id, { name: name.trim(), teamId })}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t('people.name')}
        rules={[{ required: true, whitespace: true, message: t('people.required') }]}
      >
        <Input maxLength={80} autoFocus />
      </Form.Item>
      <Form.Item name="teamId" label={t('people.team')} rules={[{ required: true, message: t('people.required') }]}>
        <TeamChoice />
      </Form.Item>
      <AppliesTo to="past and future" text={t('people.newAgents.applies')} />
    </FormDialog>
  );
}

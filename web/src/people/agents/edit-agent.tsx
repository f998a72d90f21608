import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AgentDetail, AgentDisplay } from '../../../../src/shared/organisation.js';
import { patchAgent } from '../../api/index.js';
import { AppliesTo } from '../ui/applies-to.js';
import { FormDialog } from '../ui/form-dialog.js';

interface Values {
  name: string;
  employedFrom: string;
  employedUntil: string;
  display: AgentDisplay;
}

export function EditAgent({ agent, onClose }: { agent: AgentDetail; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <FormDialog<Values, AgentDetail>
      title={t('people.editOf', { name: agent.name })}
      save={t('people.save')}
      initial={{
        name: agent.name,
        employedFrom: agent.employedFrom ?? '',
        employedUntil: agent.employedUntil ?? '',
        display: agent.display,
      }}
      submit={({ name, employedFrom, employedUntil, display }) =>
        patchAgent(agent.id, {
          name: name.trim(),
          employedFrom: employedFrom || null,
          employedUntil: employedUntil || null,
          display,
        })
      }
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t('people.name')}
        rules={[{ required: true, whitespace: true, message: t('people.required') }]}
      >
        <Input maxLength={80} autoFocus />
      </Form.Item>
      <div className="side-by-side">
        <Form.Item name="employedFrom" label={t('people.employedFrom')}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="employedUntil" label={t('people.employedUntil')}>
          <Input type="date" />
        </Form.Item>
      </div>
      <Form.Item name="display" label={t('people.display.title')} extra={t('people.display.help')}>
        <Radio.Group
          options={(['public', 'hidden'] as const).map((value) => ({ value, label: t(`people.display.${value}`) }))}
        />
      </Form.Item>
      <AppliesTo to="nothing" text={t('people.editApplies')} />
    </FormDialog>
  );
}

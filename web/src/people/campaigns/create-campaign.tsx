import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CampaignCreate, CampaignView } from '../../../../src/shared/organisation.js';
import { createCampaign } from '../../api/index.js';
import { AppliesTo } from '../ui/applies-to.js';
import { FormDialog } from '../ui/form-dialog.js';
import { RuleFields } from './rule-fields.js';

/** A campaign before its first call. One that a webhook names for the first time is made by itself. */
export function CreateCampaign(props: { onClose: () => void; onCreated: (campaign: CampaignView) => void }) {
  const { t } = useTranslation();
  return (
    <FormDialog<CampaignCreate, CampaignView>
      title={t('people.campaigns.create')}
      save={t('people.create')}
      initial={{ effectiveSeconds: 300, assumeHuman: true }}
      submit={({ title = '', ...values }) =>
        createCampaign({ ...values, key: values.key.trim(), ...(title.trim() === '' ? {} : { title: title.trim() }) })
      }
      onClose={props.onClose}
      onDone={props.onCreated}
    >
      <Form.Item
        name="key"
        label={t('people.campaigns.key')}
        extra={t('people.campaigns.keyHelp')}
        rules={[{ required: true, whitespace: true, message: t('people.required') }]}
      >
        <Input maxLength={80} autoFocus />
      </Form.Item>
      <Form.Item name="title" label={t('people.campaigns.titleField')} extra={t('people.optional')}>
        <Input maxLength={80} />
      </Form.Item>
      <RuleFields />
      <AppliesTo to="nothing" text={t('people.campaigns.createApplies')} />
    </FormDialog>
  );
}

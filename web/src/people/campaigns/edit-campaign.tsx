import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CampaignPatch, CampaignView } from '../../../../src/shared/organisation.js';
import { patchCampaign } from '../../api/index.js';
import { AppliesTo } from '../ui/applies-to.js';
import { FormDialog } from '../ui/form-dialog.js';

interface Values {
  title: string;
  status: 'active' | 'ended';
  currency?: string;
}

export function EditCampaign({ campaign, onClose }: { campaign: CampaignView; onClose: () => void }) {
  const { t } = useTranslation();
  const { currencyEditable } = campaign;
  return (
    <FormDialog<Values, CampaignView>
      title={t('people.editOf', { name: campaign.title || campaign.key })}
      save={t('people.save')}
      initial={{
        title: campaign.title,
        status: campaign.status === 'ended' ? 'ended' : 'active',
        currency: campaign.currency,
      }}
      submit={(values) => patchCampaign(campaign.id, patchOf(values, currencyEditable))}
      onClose={onClose}
    >
      <Form.Item name="title" label={t('people.campaigns.titleField')} extra={t('people.campaigns.titleHelp')}>
        <Input maxLength={80} autoFocus />
      </Form.Item>
      <Form.Item name="status" label={t('people.status')} extra={t('people.campaigns.statusHelp')}>
        <Radio.Group
          options={(['active', 'ended'] as const).map((value) => ({
            value,
            label: t(`people.campaigns.statuses.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="currency"
        label={t('people.campaigns.currency')}
        extra={t(currencyEditable ? 'people.campaigns.currencyHelp' : 'people.campaigns.currencyFixed')}
      >
        <Input maxLength={3} disabled={!currencyEditable} />
      </Form.Item>
      <AppliesTo to="nothing" text={t('people.renameApplies')} />
    </FormDialog>
  );
}

function patchOf({ title, status, currency }: Values, currencyEditable: boolean): CampaignPatch {
  const patch: CampaignPatch = { title: title.trim(), status };
  if (currencyEditable && currency) patch.currency = currency.trim().toUpperCase();
  return patch;
}

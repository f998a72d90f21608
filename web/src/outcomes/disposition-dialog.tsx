import { Alert, Checkbox, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  DISPOSITION_FLAGS,
  type DispositionFlag,
  type DispositionView,
  OUTCOME_FIELDS,
  type OutcomeField,
} from '../../../src/shared/outcomes.js';
import { createDisposition, patchDisposition } from '../api/index.js';
import { FormDialog } from '../people/ui/form-dialog.js';

interface Values {
  key: string;
  campaignId: number;
  en: string;
  zh: string;
  flags: DispositionFlag[];
  required: OutcomeField[];
}

interface Props {
  /** Null: a new one. */
  disposition: DispositionView | null;
  campaigns: readonly { id: number; name: string }[];
  onClose: () => void;
}

/** Makes or changes what can be said about a call. Flags of one in use stay, and the form says why. */
export function DispositionDialog({ disposition, campaigns, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <FormDialog<Values, DispositionView>
      title={t(disposition === null ? 'outcomes.dispositions.create' : 'outcomes.dispositions.changeTitle')}
      save={t(disposition === null ? 'people.create' : 'people.save')}
      initial={initialOf(disposition)}
      submit={(values) => submit(disposition, values)}
      onClose={onClose}
    >
      {disposition === null && <KeyAndCampaign campaigns={campaigns} />}
      <div className="side-by-side">
        <Form.Item name="en" label={t('outcomes.dispositions.nameEn')} rules={[required(t('people.required'))]}>
          <Input maxLength={80} autoFocus={disposition !== null} />
        </Form.Item>
        <Form.Item name="zh" label={t('outcomes.dispositions.nameZh')} rules={[required(t('people.required'))]}>
          <Input maxLength={80} />
        </Form.Item>
      </div>
      {disposition?.used && <Alert type="info" showIcon title={t('outcomes.dispositions.flagsFixed')} />}
      <Form.Item name="flags" label={t('outcomes.dispositions.flags')} extra={t('outcomes.dispositions.flagsHelp')}>
        <Checkbox.Group
          disabled={disposition?.used ?? false}
          options={DISPOSITION_FLAGS.map((value) => ({ value, label: t(`outcomes.flags.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="required"
        label={t('outcomes.dispositions.required')}
        extra={t('outcomes.dispositions.requiredHelp')}
      >
        <Checkbox.Group options={OUTCOME_FIELDS.map((value) => ({ value, label: t(`outcomes.${value}`) }))} />
      </Form.Item>
    </FormDialog>
  );
}

function KeyAndCampaign({ campaigns }: Pick<Props, 'campaigns'>) {
  const { t } = useTranslation();
  return (
    <div className="side-by-side">
      <Form.Item
        name="key"
        label={t('outcomes.dispositions.key')}
        extra={t('outcomes.dispositions.keyHelp')}
        rules={[
          required(t('people.required')),
          { pattern: /^[a-z0-9_-]{1,64}$/, message: t('outcomes.dispositions.keyRule') },
        ]}
      >
        <Input maxLength={64} autoFocus />
      </Form.Item>
      <Form.Item name="campaignId" label={t('outcomes.dispositions.campaign')}>
        <Select
          options={[
            { value: 0, label: t('outcomes.dispositions.every') },
            ...campaigns.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </Form.Item>
    </div>
  );
}

const required = (message: string) => ({ required: true, whitespace: true, message });

function initialOf(disposition: DispositionView | null): Partial<Values> {
  if (disposition === null) return { campaignId: 0, flags: ['human', 'contact'], required: [] };
  const { name, flags, required: fields } = disposition;
  return { en: name.en, zh: name.zh, flags, required: fields };
}

function submit(disposition: DispositionView | null, values: Values) {
  const name = { en: values.en.trim(), zh: values.zh.trim() };
  const { flags, required: fields } = values;
  if (disposition === null) {
    const campaignId = values.campaignId === 0 ? null : values.campaignId;
    return createDisposition({ key: values.key.trim(), campaignId, name, flags, required: fields });
  }
  return patchDisposition(disposition.id, { name, required: fields, ...(disposition.used ? {} : { flags }) });
}

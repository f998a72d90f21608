import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Language, NewUser } from '../../../src/shared/accounts.js';
import { inviteUser } from '../api/index.js';
import { useLanguage } from '../i18n/index.js';
import { FormDialog } from '../people/ui/form-dialog.js';
import { RightsFields, type RightsValues } from './rights-fields.js';

interface Values extends RightsValues {
  email: string;
  name: string;
  language: Language;
}

export function InviteUser({ onClose, onInvited }: { onClose: () => void; onInvited: (made: NewUser) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <FormDialog<Values, NewUser>
      title={t('access.users.invite')}
      save={t('access.users.makeInvitation')}
      initial={{ role: 'agent', teams: [], agentId: null, seesNumbers: false, language }}
      submit={async ({ role, teams, agentId, ...rest }) => ({
        result: await inviteUser({
          ...rest,
          email: rest.email.trim(),
          name: rest.name.trim(),
          role,
          teams: role === 'supervisor' ? (teams ?? []) : [],
          agentId: agentId ?? null,
        }),
      })}
      onClose={onClose}
      onDone={onInvited}
    >
      <div className="side-by-side">
        <Form.Item
          name="name"
          label={t('access.name')}
          rules={[{ required: true, whitespace: true, message: t('access.required') }]}
        >
          <Input maxLength={100} autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="email"
          label={t('access.email')}
          rules={[{ required: true, whitespace: true, message: t('access.required') }]}
        >
          <Input type="email" maxLength={254} autoComplete="off" />
        </Form.Item>
      </div>
      <RightsFields />
      <Form.Item name="language" label={t('access.language')}>
        <Select
          options={[
            { value: 'zh', label: t('access.languages.zh') },
            { value: 'en', label: t('access.languages.en') },
          ]}
        />
      </Form.Item>
    </FormDialog>
  );
}

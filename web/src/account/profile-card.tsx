import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AccountView, Language } from '../../../src/shared/accounts.js';
import { patchAccount } from '../api/index.js';
import { switchLanguage } from '../i18n/index.js';
import { ErrorView } from '../ui/error-view.js';
import { reachOf } from '../users/reach.js';
import { useSaving } from './use-saving.js';

interface Values {
  name: string;
  language: Language | '';
}

export function ProfileCard({ account }: { account: AccountView }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const saving = useSaving(
    form,
    ({ name, language }) => patchAccount({ name: name.trim(), language: language === '' ? null : language }),
    async (_, { language }) => {
      if (language !== '') await switchLanguage(language);
    },
  );
  return (
    <section className="card">
      <h2>{t('access.account.profile')}</h2>
      <Rights account={account} />
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: account.name, language: account.language ?? '' }}
        onFinish={saving.run}
      >
        <Form.Item
          name="name"
          label={t('access.name')}
          rules={[{ required: true, whitespace: true, message: t('access.required') }]}
        >
          <Input maxLength={100} autoComplete="name" />
        </Form.Item>
        <Form.Item name="language" label={t('access.language')} extra={t('access.account.languageHelp')}>
          <Select
            options={[
              { value: '', label: t('access.languages.none') },
              { value: 'zh', label: t('access.languages.zh') },
              { value: 'en', label: t('access.languages.en') },
            ]}
          />
        </Form.Item>
        {saving.general && <ErrorView error={saving.general} />}
        <Button type="primary" htmlType="submit" loading={saving.isPending}>
          {t('access.save')}
        </Button>
      </Form>
    </section>
  );
}

/** What one may do here is not one's own to change; it should still be plain to see. */
function Rights({ account }: { account: AccountView }) {
  const { t } = useTranslation();
  return (
    <dl className="facts account__facts">
      <div>
        <dt>{t('access.email')}</dt>
        <dd>{account.email}</dd>
      </div>
      <div>
        <dt>{t('access.role')}</dt>
        <dd>{t(`access.roles.${account.role}`)}</dd>
      </div>
      <div>
        <dt>{t('access.account.reach')}</dt>
        <dd>{reachOf(account, t)}</dd>
      </div>
      <div>
        <dt>{t('access.seesNumbers')}</dt>
        <dd>{t(account.seesNumbers ? 'common.yes' : 'common.no')}</dd>
      </div>
    </dl>
  );
}

import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../../src/shared/accounts.js';
import { changePassword } from '../api/index.js';
import { NewPasswordFields } from '../sign-in/new-password-fields.js';
import { ErrorView } from '../ui/error-view.js';
import { useSaving } from './use-saving.js';

interface Values {
  current: string;
  password: string;
}

export function PasswordCard({ account }: { account: AccountView }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const saving = useSaving(
    form,
    ({ current, password }) => changePassword({ current, password }),
    () => form.resetFields(),
    t('access.account.passwordChanged'),
  );
  return (
    <section className="card">
      <h2>{t('access.account.password')}</h2>
      {account.hasPassword ? (
        <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={saving.run}>
          {/* Lets a password manager know whose password this is. */}
          <input type="email" autoComplete="username" value={account.email} readOnly hidden />
          <Form.Item
            name="current"
            label={t('access.account.current')}
            rules={[{ required: true, message: t('access.required') }]}
          >
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <NewPasswordFields />
          {saving.general && <ErrorView error={saving.general} />}
          <Button type="primary" htmlType="submit" loading={saving.isPending}>
            {t('access.account.changePassword')}
          </Button>
          <p className="quiet account__note">{t('access.account.passwordNote')}</p>
        </Form>
      ) : (
        <p>{t('access.account.noPassword')}</p>
      )}
    </section>
  );
}

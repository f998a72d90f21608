import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { UserView } from '../../../src/shared/accounts.js';
import { useSaving } from '../account/use-saving.js';
import { patchUser } from '../api/index.js';
import { ErrorView } from '../ui/error-view.js';
import { useReadAgain } from './read-again.js';
import { RightsFields, type RightsValues } from './rights-fields.js';

interface Values extends RightsValues {
  name: string;
}

/** Name and rights. One's own rights are somebody else's to change. */
export function UserForm({ user, isSelf }: { user: UserView; isSelf: boolean }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const readAgain = useReadAgain();
  const saving = useSaving(
    form,
    ({ name, role, teams, agentId, seesNumbers }) =>
      patchUser(
        user.id,
        isSelf
          ? { name: name.trim() }
          : {
              name: name.trim(),
              role,
              teams: role === 'supervisor' ? (teams ?? []) : [],
              agentId: agentId ?? null,
              seesNumbers,
            },
      ),
    readAgain,
  );
  return (
    <section className="card">
      <h2>{t('access.users.edit')}</h2>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        className="user-form"
        initialValues={{
          name: user.name,
          role: user.role,
          teams: user.teams.map(({ id }) => id),
          agentId: user.agent?.id ?? null,
          seesNumbers: user.seesNumbers,
        }}
        onFinish={saving.run}
      >
        <Form.Item
          name="name"
          label={t('access.name')}
          rules={[{ required: true, whitespace: true, message: t('access.required') }]}
        >
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        {isSelf ? (
          <Alert
            className="account__note"
            type="info"
            showIcon
            title={
              <>
                {t('access.users.self')} <Link to="/account">{t('access.account.title')}</Link>
              </>
            }
          />
        ) : (
          <>
            <RightsFields agent={user.agent} />
            <p className="quiet">{t('access.users.rightsNote')}</p>
          </>
        )}
        {saving.general && <ErrorView error={saving.general} />}
        <Button type="primary" htmlType="submit" loading={saving.isPending}>
          {t('access.save')}
        </Button>
      </Form>
    </section>
  );
}

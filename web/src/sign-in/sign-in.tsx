import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { pathAfterSignIn, signIn } from '../api/index.js';
import { LanguageButton } from '../ui/desk-shell.js';
import { ErrorView } from '../ui/error-view.js';
import { useTitle } from '../ui/use-title.js';

interface Credentials {
  email: string;
  password: string;
}

export function SignIn() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  useTitle(t('signIn.title'));
  const attempt = useMutation({
    mutationFn: ({ email, password }: Credentials) => signIn(email, password),
    onSuccess: (session) => {
      queryClient.clear();
      queryClient.setQueryData(['session'], session);
      void navigate(pathAfterSignIn(search.get('next')), { replace: true });
    },
  });
  return (
    <main className="sign">
      <section className="card sign__box">
        <header className="sign__head">
          <span className="sign__brand">
            <img src="/icon.svg" alt="" width="34" height="34" />
            {t('app.name')}
          </span>
          <LanguageButton />
        </header>
        <h1>{t('signIn.title')}</h1>
        <Form<Credentials> layout="vertical" requiredMark={false} onFinish={(values) => attempt.mutate(values)}>
          <Form.Item
            name="email"
            label={t('signIn.email')}
            rules={[{ required: true, message: t('signIn.emailMissing') }]}
          >
            <Input type="email" autoComplete="username" size="large" autoFocus />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('signIn.password')}
            rules={[{ required: true, message: t('signIn.passwordMissing') }]}
          >
            <Input.Password autoComplete="current-password" size="large" />
          </Form.Item>
          {attempt.isError && (
            <Form.Item>
              <ErrorView error={attempt.error} />
            </Form.Item>
          )}
          <Button type="primary" htmlType="submit" size="large" block loading={attempt.isPending}>
            {t('signIn.submit')}
          </Button>
        </Form>
        <p className="sign__hint quiet">{t('signIn.firstRun')}</p>
      </section>
    </main>
  );
}

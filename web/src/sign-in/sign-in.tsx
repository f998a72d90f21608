import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'react-router';
import { ApiError, pathAfterSignIn, signIn } from '../api/index.js';
import { ErrorView } from '../ui/error-view.js';
import { useTitle } from '../ui/use-title.js';
import { CodeStep } from './code-step.js';
import { OidcButton, OidcFailure } from './oidc-button.js';
import { SignFrame } from './sign-frame.js';
import { useArrive } from './use-arrive.js';

interface Credentials {
  email: string;
  password: string;
}

/** Password first; whoever has a second factor is asked for its code on a page of its own. */
export function SignIn() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const { state } = useLocation() as { state: { email?: string } | null };
  const arrive = useArrive(pathAfterSignIn(search.get('next')));
  const [waiting, setWaiting] = useState<Credentials | null>(null);
  useTitle(t('signIn.title'));
  const attempt = useMutation({
    mutationFn: signIn,
    onSuccess: arrive,
    onError: (error, { email, password }) => {
      if (error instanceof ApiError && error.code === 'totp_required') setWaiting({ email, password });
    },
  });
  if (waiting !== null) {
    return <CodeStep credentials={waiting} onBack={() => setWaiting(null)} onSignedIn={arrive} />;
  }
  const failed = attempt.isError && !(attempt.error instanceof ApiError && attempt.error.code === 'totp_required');
  return (
    <SignFrame title={t('signIn.title')}>
      <OidcFailure />
      <Form<Credentials>
        layout="vertical"
        requiredMark={false}
        initialValues={{ email: state?.email ?? '' }}
        onFinish={({ email, password }) => attempt.mutate({ email: email.trim(), password })}
      >
        <Form.Item
          name="email"
          label={t('signIn.email')}
          rules={[{ required: true, message: t('signIn.emailMissing') }]}
        >
          <Input type="email" autoComplete="username" size="large" autoFocus={!state?.email} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('signIn.password')}
          rules={[{ required: true, message: t('signIn.passwordMissing') }]}
        >
          <Input.Password autoComplete="current-password" size="large" autoFocus={Boolean(state?.email)} />
        </Form.Item>
        {failed && (
          <Form.Item>
            <ErrorView error={attempt.error} />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" size="large" block loading={attempt.isPending}>
          {t('signIn.submit')}
        </Button>
      </Form>
      <OidcButton next={pathAfterSignIn(search.get('next'))} />
      <p className="sign__hint quiet">{t('access.signIn.forgotten')}</p>
      <p className="sign__hint quiet">{t('signIn.firstRun')}</p>
    </SignFrame>
  );
}

import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import type { LinkView } from '../../../src/shared/accounts.js';
import { ApiError, inspectLink, redeemLink, signIn } from '../api/index.js';
import { switchLanguage } from '../i18n/index.js';
import { ErrorView } from '../ui/error-view.js';
import { useTitle } from '../ui/use-title.js';
import { NewPasswordFields } from './new-password-fields.js';
import { SignFrame } from './sign-frame.js';
import { useArrive } from './use-arrive.js';
import { useFieldError } from './use-field-error.js';

/** `/welcome#<token>`: an invitation or a reset. The token is in the fragment, which no server sees. */
export function Welcome() {
  const { t } = useTranslation();
  const token = useLocation().hash.slice(1);
  const link = useQuery({
    queryKey: ['link', token],
    queryFn: () => inspectLink(token),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: token !== '',
  });
  const language = link.data?.language;
  useEffect(() => {
    if (language) void switchLanguage(language);
  }, [language]);
  const title = t(link.data?.kind === 'reset' ? 'access.welcome.resetTitle' : 'access.welcome.title');
  useTitle(title);
  if (link.data) {
    return (
      <SignFrame title={title}>
        <Redeem token={token} link={link.data} />
      </SignFrame>
    );
  }
  return (
    <SignFrame title={title}>
      {token === '' && <p>{t('access.welcome.incomplete')}</p>}
      {link.isError && <ErrorView error={link.error} />}
      {!link.isLoading && (
        <p className="sign__hint">
          <Link to="/sign-in">{t('access.welcome.toSignIn')}</Link>
        </p>
      )}
    </SignFrame>
  );
}

interface Values {
  name?: string;
  password: string;
}

function Redeem({ token, link }: { token: string; link: LinkView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const arrive = useArrive('/');
  const [form] = Form.useForm<Values>();
  const atField = useFieldError(form);
  const redeem = useMutation({
    mutationFn: async ({ name, password }: Values) => {
      const { email } = await redeemLink({ token, password, ...(name ? { name: name.trim() } : {}) });
      return signIn({ email, password }).catch((error: unknown) => {
        // The password is set; whoever has a second factor goes on with it at the sign-in.
        if (error instanceof ApiError && error.status === 401) return null;
        throw error;
      });
    },
    onSuccess: (session) =>
      session === null ? navigate('/sign-in', { replace: true, state: { email: link.email } }) : arrive(session),
    onError: atField,
  });
  return (
    <>
      <p>{t(link.kind === 'reset' ? 'access.welcome.resetText' : 'access.welcome.text', { name: link.name })}</p>
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: link.name }}
        onFinish={(values) => redeem.mutate(values)}
      >
        <Form.Item label={t('signIn.email')} htmlFor="welcome-email">
          <Input id="welcome-email" type="email" value={link.email} readOnly autoComplete="username" size="large" />
        </Form.Item>
        {link.kind === 'invitation' && (
          <Form.Item
            name="name"
            label={t('access.welcome.name')}
            rules={[{ required: true, whitespace: true, message: t('access.required') }]}
          >
            <Input size="large" maxLength={100} autoComplete="name" />
          </Form.Item>
        )}
        <NewPasswordFields size="large" />
        {redeem.isError && !(redeem.error instanceof ApiError && redeem.error.field === 'password') && (
          <Form.Item>
            <ErrorView error={redeem.error} />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" size="large" block loading={redeem.isPending}>
          {t('access.welcome.submit')}
        </Button>
      </Form>
    </>
  );
}

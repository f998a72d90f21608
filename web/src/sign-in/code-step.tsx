import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionView } from '../../../src/shared/api.js';
import { signIn } from '../api/index.js';
import { ErrorView } from '../ui/error-view.js';
import { SignFrame } from './sign-frame.js';
import './sign-in.css';

interface Props {
  credentials: { email: string; password: string };
  onBack: () => void;
  onSignedIn: (session: SessionView) => Promise<void>;
}

/** The second step: a code of the authenticator app, or one of the recovery codes. */
export function CodeStep({ credentials, onBack, onSignedIn }: Props) {
  const { t } = useTranslation();
  const [recovery, setRecovery] = useState(false);
  const [form] = Form.useForm<{ totp: string }>();
  const attempt = useMutation({
    mutationFn: (totp: string) => signIn({ ...credentials, totp }),
    onSuccess: onSignedIn,
    onError: () => form.setFieldValue('totp', ''),
  });
  const switchKind = () => {
    attempt.reset();
    form.resetFields();
    setRecovery(!recovery);
  };
  return (
    <SignFrame title={t('access.signIn.codeTitle')}>
      <p className="quiet">{t(recovery ? 'access.signIn.recoveryHelp' : 'access.signIn.codeHelp')}</p>
      <Form<{ totp: string }>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ totp }) => attempt.mutate(totp)}
      >
        <Form.Item
          name="totp"
          label={t(recovery ? 'access.signIn.recoveryCode' : 'access.signIn.code')}
          rules={[{ required: true, whitespace: true, message: t('access.signIn.codeMissing') }]}
        >
          <Input
            key={String(recovery)}
            size="large"
            autoFocus
            className="code-input"
            inputMode={recovery ? 'text' : 'numeric'}
            autoComplete={recovery ? 'off' : 'one-time-code'}
            spellCheck={false}
            maxLength={recovery ? 20 : 7}
          />
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
      <p className="sign__more">
        <Button type="link" onClick={switchKind}>
          {t(recovery ? 'access.signIn.useCode' : 'access.signIn.useRecovery')}
        </Button>
        <Button type="link" onClick={onBack}>
          {t('access.signIn.back')}
        </Button>
      </p>
    </SignFrame>
  );
}

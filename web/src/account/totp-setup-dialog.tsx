import { Form, Input, Modal, QRCode } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RecoveryCodes, TotpSetup } from '../../../src/shared/accounts.js';
import { confirmTotp } from '../api/index.js';
import { CopyField } from '../ui/copy-field.js';
import { ErrorView } from '../ui/error-view.js';
import { useFocusBack } from '../ui/use-focus-back.js';
import { useSaving } from './use-saving.js';
import '../sign-in/sign-in.css';

interface Props {
  setup: TotpSetup;
  onDone: (codes: RecoveryCodes) => void;
  onClose: () => void;
}

/** The QR code for the app, and the first code back from it. */
export function TotpSetupDialog({ setup, onDone, onClose }: Props) {
  useFocusBack();
  const { t } = useTranslation();
  const [form] = Form.useForm<{ code: string }>();
  const saving = useSaving(form, ({ code }) => confirmTotp(code), onDone, t('access.totp.enabled'));
  return (
    <Modal
      open
      title={t('access.totp.begin')}
      getContainer=".desk"
      mask={{ closable: false }}
      onCancel={onClose}
      okText={t('access.totp.confirm')}
      cancelText={t('access.cancel')}
      confirmLoading={saving.isPending}
      okButtonProps={{ htmlType: 'submit' }}
      modalRender={(dialog) => (
        <Form<{ code: string }> form={form} layout="vertical" requiredMark={false} onFinish={saving.run}>
          {dialog}
        </Form>
      )}
    >
      <p>{t('access.totp.scan')}</p>
      {/* Black on white in either theme: some cameras do not read it the other way round. */}
      <div className="account__qr">
        <QRCode type="svg" value={setup.uri} size={200} bordered={false} color="#000000" bgColor="#ffffff" />
      </div>
      <CopyField label={t('access.totp.secret')} value={setup.secret.replace(/(.{4})(?=.)/g, '$1 ')} />
      <Form.Item
        name="code"
        label={t('access.signIn.code')}
        extra={t('access.totp.codeHelp')}
        rules={[{ required: true, whitespace: true, message: t('access.signIn.codeMissing') }]}
      >
        <Input
          className="code-input"
          size="large"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={7}
          autoFocus
        />
      </Form.Item>
      {saving.general && <ErrorView error={saving.general} />}
    </Modal>
  );
}

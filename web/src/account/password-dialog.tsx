import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorView } from '../ui/error-view.js';
import { useFocusBack } from '../ui/use-focus-back.js';
import { useSaving } from './use-saving.js';

interface Props<Result> {
  title: string;
  text: string;
  /** Names the button. */
  action: string;
  danger?: boolean;
  submit: (password: string) => Promise<Result>;
  onDone: (result: Result) => void;
  onClose: () => void;
}

/** Asks for the password before something only the person themself may do. Mounted while it is open. */
export function PasswordDialog<Result>({ title, text, action, danger, submit, onDone, onClose }: Props<Result>) {
  useFocusBack();
  const { t } = useTranslation();
  const [form] = Form.useForm<{ password: string }>();
  const saving = useSaving(form, ({ password }) => submit(password), onDone, '');
  return (
    <Modal
      open
      title={title}
      getContainer=".desk"
      mask={{ closable: false }}
      onCancel={onClose}
      okText={action}
      cancelText={t('access.cancel')}
      confirmLoading={saving.isPending}
      okButtonProps={{ htmlType: 'submit', danger: danger ?? false }}
      modalRender={(dialog) => (
        <Form<{ password: string }> form={form} layout="vertical" requiredMark={false} onFinish={saving.run}>
          {dialog}
        </Form>
      )}
    >
      <p>{text}</p>
      <Form.Item
        name="password"
        label={t('access.account.current')}
        rules={[{ required: true, message: t('access.required') }]}
      >
        <Input.Password autoComplete="current-password" autoFocus />
      </Form.Item>
      {saving.general && <ErrorView error={saving.general} />}
    </Modal>
  );
}

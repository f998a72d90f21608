import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { PASSWORD_MIN } from '../../../src/shared/accounts.js';

/** A new password and the same again. What else it must be, the server says at the field. */
export function NewPasswordFields({ size = 'middle' }: { size?: 'middle' | 'large' }) {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name="password"
        label={t('access.newPassword')}
        extra={t('access.passwordHelp', { min: PASSWORD_MIN })}
        rules={[
          { required: true, message: t('access.required') },
          {
            validator: (_, value: string | undefined) =>
              !value || [...value].length >= PASSWORD_MIN
                ? Promise.resolve()
                : Promise.reject(new Error(t('access.passwordShort', { min: PASSWORD_MIN }))),
            validateTrigger: 'onBlur',
          },
        ]}
        validateTrigger={['onBlur', 'onSubmit']}
      >
        <Input.Password autoComplete="new-password" size={size} />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('access.passwordAgain')}
        dependencies={['password']}
        validateTrigger={['onBlur', 'onSubmit']}
        rules={[
          { required: true, message: t('access.required') },
          ({ getFieldValue }) => ({
            validator: (_, value: string | undefined) =>
              !value || value === getFieldValue('password')
                ? Promise.resolve()
                : Promise.reject(new Error(t('access.passwordDiffers'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" size={size} />
      </Form.Item>
    </>
  );
}

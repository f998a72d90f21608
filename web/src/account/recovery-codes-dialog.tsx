import { Alert, App, Button, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from '../ui/use-focus-back.js';

/** Shown once. Closing needs a tick, because what is not kept now is gone. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  useFocusBack();
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [kept, setKept] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(codes.join('\n')).then(
      () => void message.success(t('common.copied')),
      () => void message.warning(t('common.copyFailed')),
    );
  return (
    <Modal
      open
      title={t('access.totp.codes')}
      getContainer=".desk"
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" disabled={!kept} onClick={onClose}>
          {t('access.done')}
        </Button>
      }
    >
      <p>{t('access.totp.codesText')}</p>
      <ol className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="account__actions">
        <Button onClick={() => void copy()}>{t('access.totp.copyCodes')}</Button>
        <Button
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(codes.join('\n'))}`}
          download="tallyboard.txt"
        >
          {t('access.totp.saveCodes')}
        </Button>
      </div>
      <Alert className="account__note" type="warning" showIcon title={t('access.once')} />
      <Checkbox checked={kept} onChange={(event) => setKept(event.target.checked)}>
        {t('access.totp.codesKept')}
      </Checkbox>
    </Modal>
  );
}

import { Alert, Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MadeKey } from '../../../src/shared/keys.js';
import { CopyField } from '../ui/copy-field.js';
import { useFocusBack } from '../ui/use-focus-back.js';

/** The key itself, shown once: whoever has it may do what it may. */
export function KeyDialog({ made: { key, secret }, onClose }: { made: MadeKey; onClose: () => void }) {
  useFocusBack();
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={t('keys.madeTitle', { name: key.name })}
      width={680}
      getContainer=".desk"
      mask={{ closable: false }}
      onCancel={onClose}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('keys.done')}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={t('keys.once')} />
      <div className="key-secret">
        <CopyField label={t('keys.secret')} value={secret} />
        <p className="quiet">{t('keys.howTo')}</p>
        <code className="wrap">{`curl -H 'Authorization: Bearer ${key.prefix}_…' ${location.origin}/api/v1/kpis`}</code>
      </div>
    </Modal>
  );
}

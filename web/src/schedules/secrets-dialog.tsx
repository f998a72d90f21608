import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { MadeSchedule } from '../../../src/shared/schedules.js';
import { CopyField } from '../ui/copy-field.js';
import { useFocusBack } from '../ui/use-focus-back.js';

/** Signing secrets of new webhooks: the only time they are shown. */
export function SecretsDialog({ made, onClose }: { made: MadeSchedule; onClose: () => void }) {
  useFocusBack();
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={t('schedules.secretTitle')}
      getContainer=".desk"
      mask={{ closable: false }}
      onCancel={onClose}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('schedules.secretKept')}
        </Button>
      }
    >
      <p>{t('schedules.secretNote')}</p>
      {made.secrets.map(({ destinationId, secret }) => (
        <CopyField
          key={destinationId}
          label={made.schedule.destinations.find(({ id }) => id === destinationId)?.host ?? ''}
          value={secret}
        />
      ))}
    </Modal>
  );
}

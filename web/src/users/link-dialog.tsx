import { Alert, Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AccessLink } from '../../../src/shared/accounts.js';
import { browserZone } from '../account/browser-zone.js';
import { formatInstant } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { CopyField } from '../ui/copy-field.js';
import { useFocusBack } from '../ui/use-focus-back.js';

interface Props {
  user: { name: string };
  link: AccessLink;
  onClose: () => void;
}

/** The link that lets somebody in, shown once: whoever has it becomes that person. */
export function LinkDialog({ user, link, onClose }: Props) {
  useFocusBack();
  const { t } = useTranslation();
  const language = useLanguage();
  const until = formatInstant(link.expiresAt, browserZone(), language);
  return (
    <Modal
      open
      title={t(link.kind === 'reset' ? 'access.link.resetTitle' : 'access.link.title', { name: user.name })}
      getContainer=".desk"
      mask={{ closable: false }}
      onCancel={onClose}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('access.done')}
        </Button>
      }
    >
      <p>{t('access.link.text', { name: user.name, until })}</p>
      <div className="link-box">
        <CopyField label={t('access.link.label')} value={`${location.origin}/welcome#${link.token}`} />
      </div>
      <Alert type="warning" showIcon title={t('access.once')} />
    </Modal>
  );
}

import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';

/** A value to paste elsewhere, with a button that copies it. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      void message.success(t('common.copied'));
    } catch {
      // The clipboard is closed to pages that are not served securely.
      void message.warning(t('common.copyFailed'));
    }
  };
  return (
    <div className="copy">
      <span className="copy__label">{label}</span>
      <code className="copy__value">{value}</code>
      <Button onClick={() => void copy()} aria-label={`${t('common.copy')}: ${label}`}>
        {t('common.copy')}
      </Button>
    </div>
  );
}

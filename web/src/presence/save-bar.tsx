import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorView } from '../ui/error-view.js';

interface Props {
  changed: boolean;
  usable: boolean;
  saving: boolean;
  error: Error | null;
  onSave: () => void;
  onReset: () => void;
}

/** Appears with the first change; what the server refuses is said here, and nothing typed is lost. */
export function SaveBar({ changed, usable, saving, error, onSave, onReset }: Props) {
  const { t } = useTranslation();
  if (!changed) return null;
  return (
    <>
      <div className="save-bar">
        <Button type="primary" disabled={!usable} loading={saving} onClick={onSave}>
          {t('people.save')}
        </Button>
        <Button disabled={saving} onClick={onReset}>
          {t('presence.settings.discard')}
        </Button>
      </div>
      {error && <ErrorView error={error} />}
    </>
  );
}

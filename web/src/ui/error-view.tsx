import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/index.js';
import { useLocalised } from '../i18n/index.js';

/** A coded error in the reader's language: what happened, what to do, the code to quote. */
export function ErrorView({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const { t } = useTranslation();
  const localised = useLocalised();
  const isKnown = error instanceof ApiError;
  const fix = isKnown && error.fix ? localised(error.fix) : null;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={isKnown ? localised(error.text) : t('failure.text')}
      description={
        <>
          {fix && <div>{fix}</div>}
          {isKnown && <div className="quiet">{t('common.errorCode', { code: error.code })}</div>}
        </>
      }
      action={onRetry && <Button onClick={onRetry}>{t('common.retry')}</Button>}
    />
  );
}

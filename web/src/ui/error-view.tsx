import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/index.js';
import { useErrorWords } from './use-error-words.js';

/** A coded error in the reader's language: what happened, what to do, the code to quote. */
export function ErrorView({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const { t } = useTranslation();
  const { text, fix } = useErrorWords()(error);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={text}
      description={
        <>
          {fix && <div>{fix}</div>}
          {error instanceof ApiError && <div className="quiet">{t('common.errorCode', { code: error.code })}</div>}
        </>
      }
      action={onRetry && <Button onClick={onRetry}>{t('common.retry')}</Button>}
    />
  );
}

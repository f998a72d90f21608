import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorView } from '../ui/error-view.js';
import { useOutbox } from './outbox-provider.js';

/** Says what of one's entries has not arrived: kept for lack of a connection, or refused and why. */
export function OutboxNotice() {
  const { t } = useTranslation();
  const { outbox, pending, refused, offline } = useOutbox();
  return (
    <div className="me-notice" aria-live="polite">
      {offline && pending.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('me.outbox.kept', { count: pending.length })}
          description={t('me.outbox.keptHow')}
          action={<Button onClick={outbox.now}>{t('common.retry')}</Button>}
        />
      )}
      {refused.map(({ entry, error }) => (
        <div key={entry.input.externalId} className="me-notice__refused">
          <ErrorView error={error} onRetry={() => outbox.add(entry)} />
          <p>
            {t('me.outbox.refused')}{' '}
            <Button size="small" onClick={() => outbox.dismiss(entry.input.externalId)}>
              {t('me.outbox.discard')}
            </Button>
          </p>
        </div>
      ))}
    </div>
  );
}

import { useTranslation } from 'react-i18next';

/** Says that something is on its way, a moment later: what is there at once does not flicker. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <p className="loading" role="status">
      {t('common.loading')}
    </p>
  );
}

/** While an answer is replaced by the next: what stands below is still the one before. Takes no room on the page. */
export function Renewing({ is }: { is: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="renewing no-print" role="status">
      {is && <span>{t('common.renewing')}</span>}
    </div>
  );
}

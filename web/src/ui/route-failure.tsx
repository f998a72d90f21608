import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';

const RELOADED = 'tallyboard.reloaded';

/** After an upgrade an open page asks for chunks that are gone: load the new page, but only once. */
function reloadOnce(): void {
  try {
    if (sessionStorage.getItem(RELOADED)) return;
    sessionStorage.setItem(RELOADED, '1');
    location.reload();
  } catch {
    // Without storage there is no way to know that it was tried already.
  }
}

export function RouteFailure() {
  const { t } = useTranslation();
  const error = useRouteError();
  const isChunk = error instanceof TypeError && /import|module/i.test(error.message);
  useEffect(() => {
    if (isChunk) reloadOnce();
  }, [isChunk]);
  return (
    <main className="plain-page">
      <h1>{t('failure.title')}</h1>
      <p>{t('failure.text')}</p>
      <p>
        <a href="/">{t('failure.home')}</a>
      </p>
    </main>
  );
}

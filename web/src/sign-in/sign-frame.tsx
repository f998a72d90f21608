import type { PropsWithChildren } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageButton } from '../ui/desk-shell.js';

/** The one card of a page before the sign-in: the product's name, the language, and what there is to do. */
export function SignFrame({ title, children }: PropsWithChildren<{ title: string }>) {
  const { t } = useTranslation();
  return (
    <main className="sign">
      <section className="card sign__box">
        <header className="sign__head">
          <span className="sign__brand">
            <img src="/icon.svg" alt="" width="34" height="34" />
            {t('app.name')}
          </span>
          <LanguageButton />
        </header>
        <h1>{title}</h1>
        {children}
      </section>
    </main>
  );
}

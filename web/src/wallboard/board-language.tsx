import type { i18n } from 'i18next';
import { type PropsWithChildren, useEffect, useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import type { BoardLanguage as Wish } from '../../../src/shared/boards.js';
import { instanceIn } from '../i18n/index.js';

/** A board can have a language of its own; `auto` leaves it to whoever looks. Until its texts are there nothing is shown. */
export function BoardLanguage({ language, children }: PropsWithChildren<{ language: Wish }>) {
  const [instance, setInstance] = useState<{ language: Wish; i18n: i18n } | null>(null);
  useEffect(() => {
    if (language === 'auto') return;
    let isWanted = true;
    instanceIn(language).then(
      (made) => isWanted && setInstance({ language, i18n: made }),
      // Without the texts of that language the board is still worth more in another one.
      () => isWanted && setInstance(null),
    );
    return () => {
      isWanted = false;
    };
  }, [language]);
  if (language === 'auto' || instance?.language !== language) return children;
  return <I18nextProvider i18n={instance.i18n}>{children}</I18nextProvider>;
}

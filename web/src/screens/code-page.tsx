import type { i18n } from 'i18next';
import { type CSSProperties, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../format/index.js';
import { instanceIn, useLanguage } from '../i18n/index.js';
import type { TvState } from './tv-session.js';
import './tv.css';

/** Where an administrator types the code. */
export const SCREENS_PATH = '/settings/screens';

/** The code, as large as the room is deep, and what to do with it: in both languages, because nobody asked the TV. */
export function CodePage({ state }: { state: Exclude<TvState, { phase: 'board' }> }) {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  const second = useOther(language === 'zh' ? 'en' : 'zh');
  useEffect(() => {
    document.title = t('tv.title');
    document.documentElement.style.background = '#0b1020';
  }, [t]);
  const code = state.phase === 'code' ? state.pairing.code : null;
  return (
    <main className="tv">
      <p className="tv__brand">
        <img src="/icon.svg" alt="" /> Tallyboard
      </p>
      <h1 className="sr-only">{t('tv.title')}</h1>
      <Code code={code} />
      <div className="tv__words" data-quiet={!state.isReachable || code === null}>
        <Steps i18n={i18n} lang={language} />
        {second && <Steps i18n={second} lang={language === 'zh' ? 'en' : 'zh'} />}
      </div>
      <p className="tv__state" role="status">
        {!state.isReachable ? (
          <>
            {t('tv.unreachable')}
            {second && <span lang={second.language}> · {second.t('tv.unreachable')}</span>}
          </>
        ) : (
          state.phase === 'code' && <Remaining expiresAt={state.pairing.expiresAt} />
        )}
      </p>
    </main>
  );
}

function Code({ code }: { code: string | null }) {
  const { t } = useTranslation();
  if (code === null) {
    return (
      <p className="tv__code tv__code--none">
        <span className="sr-only">{t('tv.starting')}</span>
      </p>
    );
  }
  return (
    <p className="tv__code" data-code={code}>
      <span>{code.slice(0, 3)}</span>
      <span>{code.slice(3)}</span>
    </p>
  );
}

function Steps({ i18n, lang }: { i18n: i18n; lang: 'en' | 'zh' }) {
  const address = `${location.host}${SCREENS_PATH}`;
  return (
    <section lang={localeOf(lang)}>
      <h2>{i18n.t('tv.pair')}</h2>
      <ol>
        <li>
          {i18n.t('tv.step1')} <b>{address}</b>
        </li>
        <li>{i18n.t('tv.step2')}</li>
        <li>{i18n.t('tv.step3')}</li>
      </ol>
    </section>
  );
}

function useOther(language: 'en' | 'zh'): i18n | null {
  const [instance, setInstance] = useState<i18n | null>(null);
  useEffect(() => {
    // Without the other language the page still says everything once.
    instanceIn(language).then(setInstance, () => undefined);
  }, [language]);
  return instance;
}

const LIFE_MS = 600_000;

/** How long this code is still good: a bar that runs out; another code follows by itself. */
function Remaining({ expiresAt }: { expiresAt: string }) {
  const left = Math.max(0, Date.parse(expiresAt) - Date.now());
  const style = { '--from': Math.min(1, left / LIFE_MS), '--left': `${left}ms` } as CSSProperties;
  return <span key={expiresAt} className="tv__left" style={style} aria-hidden="true" />;
}

import { useTranslation } from 'react-i18next';
import type { OwnSession } from '../../../src/shared/accounts.js';
import { endOtherSessions, endOwnSession } from '../api/index.js';
import { formatInstant } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useChange } from '../people/ui/data.js';
import { TakeBack } from '../people/ui/take-back.js';
import { Mark } from '../ui/mark.js';
import { browserName } from './browser-name.js';
import { browserZone } from './browser-zone.js';

/** From where one is signed in; what one does not know, one ends. */
export function SessionsCard({ sessions }: { sessions: readonly OwnSession[] }) {
  const { t } = useTranslation();
  const change = useChange();
  const others = sessions.filter(({ current }) => !current).length;
  return (
    <section className="card">
      <div className="section__head">
        <h2>{t('access.sessions.title')}</h2>
        {others > 0 && (
          <TakeBack
            size="middle"
            label={t('access.sessions.endOthers')}
            of={t('access.sessions.title')}
            ask={t('access.sessions.endOthersAsk', { count: others })}
            onConfirm={() => change(async () => ({ result: await endOtherSessions() }))}
          />
        )}
      </div>
      <p className="quiet">{t('access.sessions.text')}</p>
      <ul className="sessions">
        {sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            onEnd={() => change(async () => ({ result: await endOwnSession(session.id) }))}
          />
        ))}
      </ul>
    </section>
  );
}

function SessionRow({ session, onEnd }: { session: OwnSession; onEnd: () => Promise<void> }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const time = (instant: string) => formatInstant(instant, browserZone(), language);
  const { browser, system } = browserName(session.userAgent);
  const name = t('access.sessions.browserOn', {
    browser: browser ?? t('access.sessions.unknownBrowser'),
    system: system ?? t('access.sessions.unknownSystem'),
  });
  return (
    <li>
      <div className="sessions__what">
        <strong>{name}</strong> {session.current && <Mark tone="good">{t('access.sessions.current')}</Mark>}
        <div className="quiet">
          {t('access.sessions.from', { address: session.address ?? t('access.sessions.unknownAddress') })} ·{' '}
          {t(`access.sessions.methods.${session.method}`)}
        </div>
        <div className="quiet tabular">
          {t('access.sessions.times', { begun: time(session.createdAt), seen: time(session.lastSeenAt) })}
        </div>
      </div>
      {!session.current && (
        <TakeBack label={t('access.sessions.end')} of={name} ask={t('access.sessions.endAsk')} onConfirm={onEnd} />
      )}
    </li>
  );
}

import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SetupView } from '../../../src/shared/api.js';
import { CopyField } from '../ui/copy-field.js';

/** The addresses to paste into the phone system, and what is still missing for them to work. */
export function SetupCard({ setup }: { setup: SetupView }) {
  const { t } = useTranslation();
  return (
    <section className="card">
      <h2>{t('home.setup.title')}</h2>
      {setup.demo && <p className="quiet">{t('home.setup.demo')}</p>}
      {!setup.twilioConfigured && (
        <Alert type="warning" showIcon title={t('home.setup.noToken')} description={t('home.setup.noTokenFix')} />
      )}
      {!setup.publicUrlConfigured && (
        <Alert
          type="info"
          showIcon
          style={{ marginTop: 8 }}
          title={t('home.setup.guessed', { url: setup.publicUrl })}
          description={t('home.setup.guessedFix')}
        />
      )}
      <ol className="steps" style={{ marginTop: 16 }}>
        <li>{t('home.setup.step1')}</li>
        <li>{t('home.setup.step2')}</li>
        <li>{t('home.setup.step3')}</li>
      </ol>
      <CopyField label={t('home.setup.voice')} value={setup.webhooks.voice} />
      <CopyField label={t('home.setup.amd')} value={setup.webhooks.amd} />
      <CopyField label={t('home.setup.recording')} value={setup.webhooks.recording} />
      <CopyField label={t('home.setup.taskrouter')} value={setup.webhooks.taskrouter} />
      <p className="quiet" style={{ marginTop: 12, marginBottom: 0 }}>
        {t('home.setup.agentHint')} <code>?agent=alice&amp;campaign=spring</code>
      </p>
    </section>
  );
}

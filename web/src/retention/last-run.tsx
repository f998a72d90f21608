import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { RETENTION_CLASSES, type RetentionView } from '../../../src/shared/retention.js';
import { browserZone } from '../account/browser-zone.js';
import { formatCount, formatInstant } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { Section } from '../people/ui/section.js';

/** When retention last ran, what it removed, and when it is due again. */
export function LastRun({ view: { lastRun, nextRunAt } }: { view: RetentionView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const at = (time: string): string => formatInstant(time, browserZone(), language);
  return (
    <Section title={t('audit.retention.runs')} text={t('audit.retention.runsText')}>
      {lastRun === null ? (
        <p className="quiet">{t('audit.retention.neverRan')}</p>
      ) : (
        <dl className="facts">
          <div>
            <dt>{t('audit.retention.lastRun')}</dt>
            <dd>{at(lastRun.startedAt)}</dd>
          </div>
          <div>
            <dt>{t('audit.retention.startedBy')}</dt>
            <dd>{t(`audit.retention.starters.${lastRun.startedBy}`)}</dd>
          </div>
          {lastRun.finishedAt === null
            ? null
            : RETENTION_CLASSES.map((id) => (
                <div key={id}>
                  <dt>{t(`audit.retention.classes.${id}`)}</dt>
                  <dd>{t('audit.retention.removed', { total: formatCount(lastRun.removed[id] ?? 0, language) })}</dd>
                </div>
              ))}
        </dl>
      )}
      {lastRun !== null && lastRun.finishedAt === null && (
        <p className="quiet retention-preview">{t('audit.retention.unfinished')}</p>
      )}
      {lastRun?.failure && (
        <Alert
          className="retention-preview"
          type="warning"
          showIcon
          title={t('audit.retention.failed')}
          description={lastRun.failure}
        />
      )}
      <p className="quiet retention-preview">{t('audit.retention.next', { at: at(nextRunAt) })}</p>
    </Section>
  );
}

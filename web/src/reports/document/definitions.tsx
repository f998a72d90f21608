import { useTranslation } from 'react-i18next';
import type { KpiDefinitionView } from '../../../../src/shared/api.js';
import { useLanguage } from '../../i18n/index.js';

/** What every figure of a report means: the formula and the version that were used. */
export function Definitions({ definitions }: { definitions: readonly KpiDefinitionView[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <section className="card report-section report-definitions">
      <h2>{t('reports.document.definitions')}</h2>
      <dl>
        {definitions.map(({ id, name, explanation, formula, version }) => (
          <div key={id}>
            <dt>{name[language]}</dt>
            <dd>
              <code>{formula}</code> <span className="quiet">{t('reports.document.version', { version })}</span>
              <span className="report-definitions__text quiet">{explanation[language]}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

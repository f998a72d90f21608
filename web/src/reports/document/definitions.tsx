import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
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
        {definitions.map(({ id, name, formula, version }) => (
          <div key={id}>
            <dt>{name[language]}</dt>
            <dd>
              <code>{formula}</code> <span className="quiet">{t('reports.document.version', { version })}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="report-note no-print">
        <Link to="/kpis">{t('reports.document.catalog')}</Link>
      </p>
    </section>
  );
}

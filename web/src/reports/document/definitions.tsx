import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { KpiDefinitionView } from '../../../../src/shared/api.js';
import { useLanguage } from '../../i18n/index.js';

/** What every figure of a report means: in a sentence, the formula and the version that were used. A count has no formula. */
export function Definitions({ definitions }: { definitions: readonly KpiDefinitionView[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <section className="card report-section report-definitions">
      <h2>{t('reports.document.definitions')}</h2>
      <dl>
        {definitions.map(({ id, name, explanation, formula, version }) => (
          <div key={id}>
            <dt>
              <Link to={`/kpis#${id}`}>{name[language]}</Link>{' '}
              <span className="quiet">{t('reports.document.version', { version })}</span>
            </dt>
            <dd>{firstSentence(explanation[language])}</dd>
            {formula !== id && (
              <dd>
                <code>{formula}</code>
              </dd>
            )}
          </div>
        ))}
      </dl>
      <p className="report-note no-print">
        <Link to="/kpis">{t('reports.document.catalog')}</Link>
      </p>
    </section>
  );
}

/** The rest, with all its cases, is in the catalog. */
function firstSentence(text: string): string {
  return /^.*?(?:[.](?=\s)|。)/.exec(text)?.[0] ?? text;
}

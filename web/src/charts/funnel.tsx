import { useTranslation } from 'react-i18next';
import type { FunnelStep } from './funnel-step.js';
import './report.css';

interface Props {
  steps: readonly FunnelStep[];
  /** The step (index) where most is lost against what is usual. */
  leak: number | null;
  label: string;
}

/** Steps one below the other, each a part of the one before, with the place where it leaks. A table with bars in it. */
export function Funnel({ steps, leak, label }: Props) {
  const { t } = useTranslation();
  const hasUsual = steps.some(({ usual }) => usual !== null);
  return (
    <table className="funnel tabular">
      <caption className="sr-only">{label}</caption>
      <thead>
        <tr>
          <th scope="col">{t('reports.chart.step')}</th>
          <th scope="col">{t('reports.chart.count')}</th>
          <th scope="col">{t('reports.chart.passed')}</th>
          {hasUsual && <th scope="col">{t('reports.chart.usual')}</th>}
        </tr>
      </thead>
      <tbody>
        {steps.map((step, index) => (
          <tr key={step.name} data-leak={index === leak ? 'yes' : undefined}>
            <th scope="row">
              <span className="funnel__name">
                {step.name}
                {index === leak && <span className="funnel__leak">▼ {t('reports.chart.leak')}</span>}
              </span>
              <span className="funnel__track" aria-hidden="true">
                <i style={{ inlineSize: `${100 * (step.share ?? 0)}%` }} />
              </span>
            </th>
            <td>{step.text}</td>
            <td>{step.passed}</td>
            {hasUsual && <td className="quiet">{step.usual}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

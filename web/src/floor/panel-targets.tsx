import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { TargetProgress } from '../../../src/shared/targets.js';
import { formatFraction } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useKpiName } from '../wallboard/kpi-name.js';
import { Pace } from './cells.js';
import { PanelSection } from './panel-section.js';
import { useKpiText } from './use-kpi-text.js';

interface TargetsProps {
  targets: UseQueryResult<TargetProgress[]>;
  currency: string;
}

/** The agent's own targets: how far, against where one should be by now. */
export function PanelTargets({ targets, currency }: TargetsProps) {
  const { t } = useTranslation();
  return (
    <PanelSection title={t('floor.panel.targets')} query={targets}>
      {(all) =>
        all.length === 0 ? (
          <p className="quiet">{t('floor.panel.noTargets')}</p>
        ) : (
          <ul className="panel-targets">
            {all.map((target) => (
              <Target key={target.targetId} target={target} currency={currency} />
            ))}
          </ul>
        )
      }
    </PanelSection>
  );
}

function Target({ target, currency }: { target: TargetProgress; currency: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const kpiName = useKpiName();
  const kpiText = useKpiText(currency);
  const { kpi, actual, expectedNow, expectedShare, attainment, pace, projection } = target;
  const text = (value: number | null) => kpiText(kpi, value);
  return (
    <li className="panel-target" data-kpi={kpi}>
      <span className="panel-target__name">
        {kpiName(kpi)} <span className="quiet">{t(`floor.period.${target.period}`)}</span>
      </span>
      <span className="panel-target__value">
        {t('floor.panel.ofTarget', { actual: kpiText(kpi, actual), target: text(target.target) })}
      </span>
      <span className="panel-target__pace">
        <Pace value={pace} />
      </span>
      <span className="meter" aria-hidden="true">
        <span className="meter__fill" style={{ inlineSize: `${Math.min(1, attainment ?? 0) * 100}%` }} />
        {expectedShare !== null && (
          <span className="meter__mark" style={{ insetInlineStart: `${expectedShare * 100}%` }} />
        )}
      </span>
      <span className="quiet panel-target__note">
        {t('floor.panel.attained', { value: formatFraction(attainment, language) })}
        {expectedNow !== null && ` · ${t('floor.panel.expected', { value: text(expectedNow) })}`}
        {projection !== null &&
          ` · ${t('floor.panel.projection', { low: text(projection.low), high: text(projection.high) })}`}
      </span>
    </li>
  );
}

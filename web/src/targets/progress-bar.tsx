import { useTranslation } from 'react-i18next';
import type { TargetProgress } from '../../../src/shared/targets.js';
import { formatFraction } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useKpi } from './use-kpi.js';
import { actualText, standingOf, targetText } from './values.js';

const SHAPES = { ahead: '▲', near: '●', behind: '▼', unknown: '' } as const;

/** How far, where one should be by now (the thin line), and how that is going: by shape and word, not by colour alone. */
export function ProgressBar({ progress }: { progress: TargetProgress }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const kpi = useKpi(progress.kpi);
  const { attainment, expectedShare, pace, actual, target, currency } = progress;
  const standing = standingOf(pace);
  const unit = kpi?.unit ?? 'count';
  const said = t('targets.reached', {
    actual: actualText(actual, unit, currency, language),
    target: targetText(target, unit, currency, language),
  });
  return (
    <div className="target-progress" data-standing={standing}>
      <div className="target-progress__bar" aria-hidden="true">
        <span style={{ inlineSize: `${Math.min(100, (attainment ?? 0) * 100)}%` }} />
        {expectedShare !== null && <i style={{ insetInlineStart: `${Math.min(1, expectedShare) * 100}%` }} />}
      </div>
      <span className="target-progress__text">
        {said} · {formatFraction(attainment, language)}{' '}
        {standing !== 'unknown' && (
          <span className="target-progress__standing">
            {SHAPES[standing]} {t(`targets.standing.${standing}`)}
          </span>
        )}
      </span>
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TargetPreviewRequest } from '../../../src/shared/targets.js';
import { previewTargets } from '../api/index.js';
import { formatDecimal, formatDuration, formatFraction } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { useKpiName } from './use-kpi.js';

/** What a set of targets of one person and period comes to: the arithmetic nobody does in their head. */
export function Implied({ set }: { set: TargetPreviewRequest['targets'] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = useKpiName();
  const preview = useQuery({
    queryKey: ['targets', 'preview', set],
    queryFn: () => previewTargets({ targets: set }),
    enabled: set.length > 0,
    placeholderData: (before) => before,
  }).data;
  if (set.length === 0 || preview === undefined) return <p className="quiet">{t('targets.implied.nothing')}</p>;
  const { dials, connects, talkSeconds, sales } = preview;
  const count = (value: number | null) => formatDecimal(value, language, 1);
  const facts = [
    [t('targets.implied.dials'), dials === null ? null : count(dials)],
    [t('targets.implied.connects'), connects === null ? null : count(connects)],
    [t('targets.implied.talk'), talkSeconds === null ? null : formatDuration(talkSeconds, language)],
    [t('targets.implied.sales'), sales === null ? null : count(sales)],
  ] as const;
  const known = facts.filter(([, value]) => value !== null);
  return (
    <div className="implied" aria-live="polite">
      <h3>{t('targets.implied.title')}</h3>
      {known.length === 0 ? (
        <p className="quiet">{t('targets.implied.nothing')}</p>
      ) : (
        <dl className="implied__facts tabular">
          {known.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {preview.conversions.length > 0 && (
        <ul className="plain-list implied__rates">
          {preview.conversions.map(({ kpi, sales: wanted }) => (
            <li key={kpi}>{t('targets.implied.perRate', { rate: name(kpi), sales: count(wanted) })}</li>
          ))}
        </ul>
      )}
      {preview.conflicts.map(({ kpi, given, implied }) => (
        <Alert
          key={kpi}
          type="warning"
          showIcon
          title={t('targets.implied.conflict', { kpi: name(kpi), given: count(given), implied: count(implied) })}
        />
      ))}
      <p className="quiet small-print">
        {t(`targets.implied.from.${preview.connectRateFrom}`, { rate: formatFraction(preview.connectRate, language) })}{' '}
        {t('targets.implied.effective', { time: formatDuration(preview.effectiveSeconds, language) })}
      </p>
    </div>
  );
}

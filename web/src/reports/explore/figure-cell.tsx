import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { KpiDefinitionView, KpiValue } from '../../../../src/shared/api.js';
import { formatFraction, formatKpi } from '../../format/index.js';
import { useLanguage } from '../../i18n/index.js';
import { changeOf, changeText, numberOf, trendOf } from '../document/values.js';
import type { Drill } from './drill.js';

interface Props {
  kpi: KpiDefinitionView;
  value: KpiValue | undefined;
  /** Undefined: nothing is compared. */
  compared: KpiValue | undefined;
  /** What it is compared with is a whole this is a part of: the share is told, not a change. */
  isPart?: boolean;
  drill: Drill;
}

/** A figure that opens what it counts, below it what it is compared with and the change. */
export function FigureCell({ kpi, value, compared, isPart = false, drill }: Props) {
  const language = useLanguage();
  return (
    <>
      <Figure text={formatKpi(value, kpi.unit, language)} drill={drill} />
      {compared !== undefined &&
        (isPart ? (
          <Share kpi={kpi} value={value ?? null} compared={compared} />
        ) : (
          <Compared kpi={kpi} value={value ?? null} compared={compared} />
        ))}
    </>
  );
}

function Figure({ text, drill }: { text: string; drill: Drill }) {
  const { t } = useTranslation();
  if (drill === null) return <>{text}</>;
  if ('to' in drill) return <Link to={drill.to}>{text}</Link>;
  return (
    <Tooltip title={t(`reports.explore.closed.${drill.closed}`)}>
      <span className="explore-closed">{text}</span>
    </Tooltip>
  );
}

function Compared({ kpi, value, compared }: { kpi: KpiDefinitionView; value: KpiValue; compared: KpiValue }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const change = changeOf(value, compared, kpi.unit);
  const text = change && changeText(change, language);
  const trend = change && trendOf(change, kpi.goodDirection);
  return (
    <span className="explore-compared">
      <span className="quiet">{formatKpi(compared, kpi.unit, language)}</span>
      {text && trend && (
        <span data-tone={trend.tone}>
          <span aria-hidden="true">{trend.arrow} </span>
          {change.kind === 'points' ? t('reports.document.points', { value: text }) : text}
          {trend.tone !== 'plain' && (
            <>
              {' '}
              <span className="explore-tone">{t(`reports.document.tone.${trend.tone}`)}</span>
            </>
          )}
        </span>
      )}
    </span>
  );
}

function Share({ kpi, value, compared }: { kpi: KpiDefinitionView; value: KpiValue; compared: KpiValue }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [part, whole] = [numberOf(value), numberOf(compared)];
  return (
    <span className="explore-compared quiet">
      {part === null || !whole
        ? formatKpi(compared, kpi.unit, language)
        : t('reports.explore.share', {
            share: formatFraction(part / whole, language),
            whole: formatKpi(compared, kpi.unit, language),
          })}
    </span>
  );
}

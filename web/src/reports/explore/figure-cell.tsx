import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { KpiDefinitionView, KpiValue } from '../../../../src/shared/api.js';
import { formatFraction, formatKpi } from '../../format/index.js';
import { useLanguage } from '../../i18n/index.js';
import { changeOf, changeText, numberOf } from '../document/values.js';
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

const SIGNS = { good: '▲', bad: '▼', plain: '' } as const;

function Compared({ kpi, value, compared }: { kpi: KpiDefinitionView; value: KpiValue; compared: KpiValue }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const change = changeOf(value, compared, kpi.unit);
  const tone = toneOf(change?.by ?? 0, kpi.goodDirection);
  const text = change && changeText(change, language);
  return (
    <span className="explore-compared">
      <span className="quiet">{formatKpi(compared, kpi.unit, language)}</span>
      {text && (
        <span data-tone={tone}>
          {tone !== 'plain' && <span aria-hidden="true">{SIGNS[tone]}</span>}
          {change.kind === 'points' ? t('reports.explore.points', { value: text }) : text}
          {tone !== 'plain' && <span className="sr-only">{t(`reports.document.tone.${tone}`)}</span>}
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

/** ▲ better, ▼ worse: which way that is the catalog says; the sign of the change is written beside it. */
function toneOf(by: number, good: KpiDefinitionView['goodDirection']): keyof typeof SIGNS {
  if (by === 0 || good === 'neutral') return 'plain';
  return by > 0 === (good === 'up') ? 'good' : 'bad';
}

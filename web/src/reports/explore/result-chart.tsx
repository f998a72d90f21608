import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { KpiDefinitionView } from '../../../../src/shared/api.js';
import { cellQuery } from '../../../../src/shared/cell-query.js';
import type { ReportResult, ReportRow } from '../../../../src/shared/reports.js';
import { formatCount } from '../../format/index.js';
import { useLanguage, useLocalised } from '../../i18n/index.js';
import { ReportChart } from '../document/index.js';
import { drawnOf } from './chart-section.js';

interface Props {
  result: ReportResult;
  /** In the order of the table. */
  rows: readonly ReportRow[];
  kpis: readonly KpiDefinitionView[];
  drawn: string | null;
  onDraw: (kpi: string) => void;
}

/** One KPI of the answer as the picture that suits its groupings. */
export function ResultChart({ result, rows, kpis, drawn, onDraw }: Props) {
  const { t } = useTranslation();
  const localised = useLocalised();
  const language = useLanguage();
  const kpi = kpis.find(({ id }) => id === drawn) ?? kpis[0];
  if (kpi === undefined) return null;
  const key = result.spec.compare === 'team' ? 'reports.explore.ofTeam' : 'reports.explore.before';
  // Only the language of the page is shown.
  const compared = t(key);
  const picture = drawnOf(result, rows, kpi, { compared: { en: compared, zh: compared } });
  return (
    <>
      <div className="explore-picture-head">
        <h2>{localised(kpi.name)}</h2>
        <KpiChoice kpis={kpis} value={kpi.id} onChange={onDraw} />
      </div>
      {picture === null ? (
        <p className="quiet">{t('reports.explore.noPicture')}</p>
      ) : (
        <ReportChart section={picture.section} calls={String(cellQuery(result))} />
      )}
      {picture?.left && (
        <p className="quiet explore-left">
          {t(`reports.explore.left.${picture.left.kind}`, {
            shown: picture.left.shown,
            of: formatCount(picture.left.of, language),
          })}
        </p>
      )}
    </>
  );
}

interface ChoiceProps {
  kpis: readonly KpiDefinitionView[];
  value: string;
  onChange: (kpi: string) => void;
}

function KpiChoice({ kpis, value, onChange }: ChoiceProps) {
  const { t } = useTranslation();
  const localised = useLocalised();
  if (kpis.length < 2) return null;
  return (
    <Select
      className="no-print"
      aria-label={t('reports.explore.drawn')}
      value={value}
      onChange={onChange}
      popupMatchSelectWidth={false}
      options={kpis.map((kpi) => ({ value: kpi.id, label: localised(kpi.name) }))}
    />
  );
}

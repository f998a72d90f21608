import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DayNorm } from '../../../src/shared/floor.js';
import { FLOOR_KPIS, type FloorAgent } from '../../../src/shared/live.js';
import { query } from '../api/index.js';
import { addDays, listText } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { formatShortDay } from '../people/ui/days.js';
import { listOf } from '../wallboard/drill.js';
import { formOf } from '../wallboard/kpi-forms.js';
import { useKpiName } from '../wallboard/kpi-name.js';
import { useFloorMeta } from './floor-meta.js';
import { PanelSection } from './panel-section.js';
import { useKpiText } from './use-kpi-text.js';

interface CompareProps {
  /** The live row: today so far. */
  row: FloorAgent | undefined;
  norm: UseQueryResult<DayNorm>;
  date: string;
}

/** Today beside what is usual for this agent; each figure opens its calls or outcomes. */
export function DayCompare({ row, norm, date }: CompareProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <PanelSection title={t('floor.panel.compare')} query={norm}>
      {(usual) => (
        <>
          <table className="compare tabular">
            <thead>
              <tr>
                <th scope="col">{t('floor.panel.kpi')}</th>
                <th scope="col">{t('floor.panel.today')}</th>
                <th scope="col">{t('floor.panel.usualByNow')}</th>
                <th scope="col">{t('floor.panel.usualDay')}</th>
              </tr>
            </thead>
            <tbody>
              {FLOOR_KPIS.map((kpi) => (
                <CompareRow key={kpi} kpi={kpi} row={row} usual={usual} date={date} />
              ))}
            </tbody>
          </table>
          <p className="quiet">
            {usual.dates.length === 0
              ? t('floor.panel.noUsual')
              : t('floor.panel.usualOf', {
                  dates: listText(
                    usual.dates.map((one) => formatShortDay(one, language)),
                    language,
                  ),
                })}
          </p>
        </>
      )}
    </PanelSection>
  );
}

interface RowProps {
  kpi: (typeof FLOOR_KPIS)[number];
  row: FloorAgent | undefined;
  usual: DayNorm;
  date: string;
}

function CompareRow({ kpi, row, usual, date }: RowProps) {
  const kpiName = useKpiName();
  const kpiText = useKpiText(useFloorMeta()?.currency);
  const { opens } = formOf(kpi);
  const today = kpiText(kpi, row?.values[kpi]);
  const range = { from: date, to: addDays(date, 1) };
  return (
    <tr data-kpi={kpi}>
      <th scope="row">{kpiName(kpi)}</th>
      <td>
        {opens !== null && row !== undefined ? (
          <Link to={`${listOf(opens)}${query({ ...range, agent: row.id, measure: opens })}`}>{today}</Link>
        ) : (
          today
        )}
      </td>
      <td>{kpiText(kpi, usual.kpis[kpi]?.byNow)}</td>
      <td>{kpiText(kpi, usual.kpis[kpi]?.wholeDay)}</td>
    </tr>
  );
}

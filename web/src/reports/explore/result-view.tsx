import { useQuery } from '@tanstack/react-query';
import { Empty } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { KpiDefinitionView } from '../../../../src/shared/api.js';
import { reportParameters } from '../../../../src/shared/report-parameters.js';
import type { ReportResult, ReportSpec } from '../../../../src/shared/reports.js';
import { exploreDocument } from '../../api/index.js';
import { dateInZone, formatInstant, formatMinute, listText } from '../../format/index.js';
import { useLanguage } from '../../i18n/index.js';
import { Definitions, rangeText } from '../document/index.js';
import { isHeatMap } from './chart-section.js';
import { isRunning, type Shown } from './question.js';
import { ResultChart } from './result-chart.js';
import { ResultTable } from './result-table.js';
import { sortRows } from './sort-rows.js';

interface Props {
  result: ReportResult;
  catalog: readonly KpiDefinitionView[];
  shown: Shown;
  onLook: (change: Partial<Shown>) => void;
}

/** What was asked about and as of when; the table beside the picture. */
export function ResultView({ result, catalog, shown, onLook }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  // Of the answer, which may still be that to the question before.
  const { groupBy, kpis: ids } = result.spec;
  const kpis = useMemo(() => ids.flatMap((id) => catalog.find((one) => one.id === id) ?? []), [ids, catalog]);
  const { sorting } = shown;
  const rows = useMemo(
    () => sortRows(result.rows, sorting, groupBy, language),
    [result.rows, sorting, groupBy, language],
  );
  const isEmpty = result.rows.length === 0;
  return (
    <>
      <Facts result={result} />
      {isEmpty ? (
        <section className="card">
          <Empty description={t(isRunning(result) ? 'reports.explore.emptyYet' : 'reports.explore.empty')} />
        </section>
      ) : (
        <div
          className="explore-beside"
          data-alone={groupBy.length === 0 ? 'yes' : undefined}
          data-wide={isHeatMap(groupBy) ? 'yes' : undefined}
        >
          <section className="card explore-table-card">
            <ResultTable
              result={result}
              rows={rows}
              kpis={kpis}
              sorting={sorting}
              onSort={(next) => onLook({ sorting: next })}
            />
          </section>
          {groupBy.length > 0 && (
            <section className="card explore-chart-card" aria-label={t('reports.explore.picture')}>
              <ResultChart
                result={result}
                rows={rows}
                kpis={kpis}
                drawn={shown.drawn}
                onDraw={(drawn) => onLook({ drawn })}
              />
            </section>
          )}
        </div>
      )}
      <Definitions definitions={kpis} />
    </>
  );
}

function Facts({ result }: { result: ReportResult }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { compared, asOf, timeZone, timeZones, spec, gaps } = result;
  return (
    <div className="report-facts">
      <p>
        <b>{rangeText(result, language)}</b>
        {compared && (
          <span className="quiet">
            {' · '}
            {t('reports.document.compared', {
              range: rangeText({ ...compared, timeZone, dates: comparedDates(result) }, language),
            })}
          </span>
        )}
        {spec.compare === 'team' && <span className="quiet"> · {t('reports.explore.comparedTeam')}</span>}
      </p>
      <FilterLines spec={spec} />
      <p className="quiet">
        {t('reports.document.asOf', { time: formatInstant(asOf, timeZone, language), zone: timeZone })}
        {timeZones && ` · ${t('reports.document.zones', { zones: listText(timeZones, language) })}`}
      </p>
      {gaps?.map(({ code, text }) => (
        <p key={code} className="quiet">
          {text[language]}
        </p>
      ))}
    </div>
  );
}

/** The filters in words, as documents say them: asked for with the smallest answer there is. */
function FilterLines({ spec }: Pick<ReportResult, 'spec'>) {
  const language = useLanguage();
  const [kpi] = spec.kpis;
  const hasFilters = Object.values(spec.filters).some((values) => values !== undefined && values.length > 0);
  const asked: ReportSpec = { ...spec, kpis: kpi === undefined ? [] : [kpi], groupBy: [], compare: 'none' };
  const said = useQuery({
    queryKey: ['reports', 'explore', 'filters', String(reportParameters(asked))],
    queryFn: () => exploreDocument(asked),
    enabled: hasFilters && kpi !== undefined,
    staleTime: 600_000,
  });
  if (!hasFilters) return null;
  return said.data?.filters.map((filter) => <p key={filter.en}>{filter[language]}</p>) ?? null;
}

/** Business dates of the range before, when it is whole days, too: both ends stand at the same time of day. */
function comparedDates({ dates, compared, timeZone }: ReportResult): { from: string; to: string } | null {
  if (dates === null || compared === null) return null;
  const [from, to] = [Date.parse(compared.from), Date.parse(compared.to)];
  if (formatMinute(from, timeZone, 'en') !== formatMinute(to, timeZone, 'en')) return null;
  return { from: dateInZone(from, timeZone), to: dateInZone(to, timeZone) };
}

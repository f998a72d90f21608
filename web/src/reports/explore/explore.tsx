import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Empty } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { KpiDefinitionView, SessionView } from '../../../../src/shared/api.js';
import { reportParameters } from '../../../../src/shared/report-parameters.js';
import type { ReportSpec } from '../../../../src/shared/reports.js';
import { exploreReport, getCatalog } from '../../api/index.js';
import { ExportButton } from '../../exports/index.js';
import { listText } from '../../format/index.js';
import { useLanguage } from '../../i18n/index.js';
import { ScheduleButton } from '../../schedules/index.js';
import { PageHead } from '../../settings/page-head.js';
import { ErrorView } from '../../ui/error-view.js';
import { Loading, Renewing } from '../../ui/loading.js';
import { useSession } from '../../ui/use-session.js';
import { SavedBar } from '../saved/saved-bar.js';
import { useSavedReport } from '../saved/use-saved.js';
import { addressOf, columnsOf, isRunning, type Shown, shownFrom, withQuestion } from './question.js';
import { QuestionCard } from './question-card.js';
import { ResultView } from './result-view.js';
import '../../settings/settings.css';
import '../document/document.css';
import '../ready/ready.css';
import './explore.css';

const STALE_MS = 15_000;
/** An empty page of a range that has not ended looks again. */
const EMPTY_AGAIN_MS = 30_000;

/** Any KPIs by any groupings: a question of one's own, its table and picture, and the way to everything behind a figure. */
export function Explore() {
  const session = useSession();
  const catalog = useQuery({ queryKey: ['kpis', 'catalog'], queryFn: getCatalog, staleTime: 600_000 });
  if (catalog.isError) return <ErrorView error={catalog.error} onRetry={() => void catalog.refetch()} />;
  if (!session.data || !catalog.data) return <Loading />;
  return <Question user={session.data.user} catalog={catalog.data} />;
}

function Question({ user, catalog }: { user: SessionView['user']; catalog: KpiDefinitionView[] }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const shown = useMemo(() => shownFrom(search), [search]);
  const { kpis, unknown } = useMemo(() => columnsOf(shown.spec, catalog), [shown.spec, catalog]);
  const asked = useMemo(() => ({ ...shown.spec, kpis: kpis.map(({ id }) => id) }), [shown.spec, kpis]);
  const report = useReport(asked);
  const opened = useSavedReport(shown.saved);
  // Each question is a step back; how its answer is shown is not.
  const ask = (change: Partial<ReportSpec>) => setSearch(addressOf(withQuestion({ ...shown, spec: asked }, change)));
  const look = (change: Partial<Shown>) => setSearch(addressOf({ ...shown, ...change }), { replace: true });
  return (
    <div className="explore">
      <PageHead
        title={opened?.name ?? t('reports.explore.title')}
        lead={t('reports.explore.lead')}
        parent={{ to: '/reports', label: t('reports.title') }}
      >
        <SavedBar spec={asked} opened={opened} onKept={(saved) => look({ saved })} />
        <div className="report-actions" inert={report.data === undefined}>
          <ExportButton source={{ kind: 'explore', spec: asked }} />
          <ScheduleButton source={{ kind: 'explore', spec: asked }} />
          <Button onClick={() => window.print()}>{t('reports.ready.print')}</Button>
        </div>
      </PageHead>
      {unknown.length > 0 && <Unknown ids={unknown} />}
      <QuestionCard spec={asked} catalog={catalog} result={report.data} leads={user.role !== 'agent'} onChange={ask} />
      {report.isError && (
        <section className="card">
          <ErrorView error={report.error} onRetry={() => void report.refetch()} />
        </section>
      )}
      {asked.kpis.length === 0 && (
        <section className="card">
          <Empty description={t('reports.explore.noKpi')} />
        </section>
      )}
      {asked.kpis.length > 0 && report.isPending && (
        <section className="card report-waiting">
          <Loading />
        </section>
      )}
      <Renewing is={report.isPlaceholderData && report.isFetching} />
      {report.data && asked.kpis.length > 0 && (
        <div className="explore-answer" aria-busy={report.isPlaceholderData}>
          <ResultView result={report.data} catalog={catalog} shown={shown} onLook={look} />
        </div>
      )}
    </div>
  );
}

/** The old answer stays, greyed, until the new one is there; one that could not be asked again stays, too. */
function useReport(spec: ReportSpec) {
  return useQuery({
    queryKey: ['reports', 'explore', String(reportParameters(spec))],
    queryFn: ({ signal }) => exploreReport(spec, signal),
    enabled: spec.kpis.length > 0,
    staleTime: STALE_MS,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && data.rows.length === 0 && isRunning(data) ? EMPTY_AGAIN_MS : false,
  });
}

function Unknown({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return <Alert type="warning" showIcon title={t('reports.explore.unknownKpis', { ids: listText(ids, language) })} />;
}

import { useQuery } from '@tanstack/react-query';
import { Button, Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import type { SessionView } from '../../../../src/shared/api.js';
import { readyParameters } from '../../../../src/shared/report-parameters.js';
import {
  READY_REPORTS,
  type ReadyQuery,
  type ReadyReportId,
  type ReadyReportView,
} from '../../../../src/shared/reports.js';
import { getReadyReport, getReadyReports } from '../../api/index.js';
import { ExportButton } from '../../exports/index.js';
import { useLocalised } from '../../i18n/index.js';
import { ScheduleButton } from '../../schedules/index.js';
import { PageHead } from '../../settings/page-head.js';
import { ErrorView } from '../../ui/error-view.js';
import { Loading, Renewing } from '../../ui/loading.js';
import { NotFound } from '../../ui/not-found.js';
import { useSession } from '../../ui/use-session.js';
import { DocumentView } from '../document/index.js';
import { addressOf, callsOf, comparedDates, queryFrom } from './address.js';
import { ReadyFilters } from './ready-filters.js';
import { SaveButton } from './save-button.js';
import '../../settings/settings.css';
import './ready.css';

const STALE_MS = 30_000;

/** A ready-made report: its question, filters that live in the address, and the document. */
export function ReadyReport() {
  const { id } = useParams();
  const session = useSession();
  const views = useQuery({ queryKey: ['reports', 'ready'], queryFn: getReadyReports, staleTime: 600_000 });
  if (views.isError) return <ErrorView error={views.error} onRetry={() => void views.refetch()} />;
  if (!views.data || !session.data) return <Loading />;
  const view = views.data.find((one) => one.id === id);
  if (view) return <Report key={view.id} view={view} user={session.data.user} />;
  const closed = READY_REPORTS.find((one) => one === id);
  return closed ? <Closed id={closed} /> : <NotFound />;
}

/** A report that exists and is not for whoever followed the link: the server says why. */
function Closed({ id }: { id: ReadyReportId }) {
  const { t } = useTranslation();
  const answer = useQuery({
    queryKey: ['reports', 'ready', id, 'closed'],
    queryFn: () => getReadyReport(id, { range: { preset: 'today' }, filters: {} }),
  });
  return (
    <>
      <PageHead title={t('reports.title')} parent={{ to: '/reports', label: t('reports.title') }} />
      {answer.isError && <ErrorView error={answer.error} />}
    </>
  );
}

function Report({ view, user }: { view: ReadyReportView; user: SessionView['user'] }) {
  const { t } = useTranslation();
  const localised = useLocalised();
  const [search, setSearch] = useSearchParams();
  const needsAgent = view.takes.includes('agent_required');
  const query = withOwnAgent(queryFrom(search, view), needsAgent ? user.agentId : null);
  const lacksAgent = needsAgent && !query.filters.agents?.length;
  const report = useQuery({
    queryKey: ['reports', 'ready', view.id, readyParameters(query).toString()],
    queryFn: ({ signal }) => getReadyReport(view.id, query, signal),
    enabled: !lacksAgent,
    staleTime: STALE_MS,
    placeholderData: (before) => before,
  });
  const document = lacksAgent ? undefined : report.data;
  return (
    <>
      <PageHead
        title={localised(document?.title ?? view.name)}
        lead={localised(view.explanation)}
        parent={{ to: '/reports', label: t('reports.title') }}
      >
        {!lacksAgent && (
          <div className="report-actions" inert={document === undefined}>
            <SaveButton source={{ kind: 'ready', report: view.id, query }} />
            <ExportButton source={{ kind: 'ready', report: view.id, query }} />
            <ScheduleButton source={{ kind: 'ready', report: view.id, query }} />
            <Button onClick={() => window.print()}>{t('reports.ready.print')}</Button>
          </div>
        )}
      </PageHead>
      <ReadyFilters
        view={view}
        query={query}
        dates={document?.dates ?? null}
        compared={document ? comparedDates(document) : null}
        leads={user.role !== 'agent'}
        onChange={(next) => setSearch(addressOf(search, next))}
      />
      {lacksAgent && (
        <section className="card">
          <Empty description={t('reports.ready.chooseAgent')} />
        </section>
      )}
      {report.isError && (
        <section className="card">
          <ErrorView error={report.error} onRetry={() => void report.refetch()} />
        </section>
      )}
      {!lacksAgent && report.isPending && (
        <section className="card report-waiting">
          <Loading />
        </section>
      )}
      <Renewing is={report.isPlaceholderData && report.isFetching} />
      {document && (
        <div className="ready-report" aria-busy={report.isPlaceholderData}>
          {/* Dates of the old answer and filters of the new one would open calls that nobody counted. */}
          <DocumentView document={document} calls={report.isPlaceholderData ? undefined : callsOf(document, query)} />
        </div>
      )}
    </>
  );
}

/** Whoever calls and opens a report of one agent means themselves. */
function withOwnAgent(query: ReadyQuery, own: number | null): ReadyQuery {
  if (own === null || query.filters.agents?.length) return query;
  return { ...query, filters: { ...query.filters, agents: [own] } };
}

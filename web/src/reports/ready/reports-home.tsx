import { useQuery } from '@tanstack/react-query';
import { Button, Empty } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useLinkClickHandler } from 'react-router';
import { getReadyReports } from '../../api/index.js';
import { useLocalised } from '../../i18n/index.js';
import { PageHead } from '../../settings/page-head.js';
import { ErrorView } from '../../ui/error-view.js';
import { Loading } from '../../ui/loading.js';
import { useMay } from '../../ui/use-session.js';
import { SavedReports } from '../saved/saved-reports.js';
import { readyPath } from './address.js';
import { groupsOf } from './groups.js';
import '../../settings/settings.css';
import './ready.css';

/** Where reports begin: the ready-made ones by their question, those kept by people, and the way to one's own. */
export function ReportsHome() {
  const { t } = useTranslation();
  const maySchedule = useMay('exports:make');
  const toSchedules = useLinkClickHandler<HTMLElement>('/schedules');
  const toExplore = useLinkClickHandler<HTMLElement>('/reports/explore');
  return (
    <>
      <PageHead title={t('reports.title')} lead={t('reports.ready.lead')}>
        {maySchedule && (
          <Button href="/schedules" onClick={toSchedules}>
            {t('schedules.title')}
          </Button>
        )}
        <Button type="primary" href="/reports/explore" onClick={toExplore}>
          {t('reports.explore.title')}
        </Button>
      </PageHead>
      <ReadyList />
      <SavedReports />
    </>
  );
}

function ReadyList() {
  const { t } = useTranslation();
  const localised = useLocalised();
  const views = useQuery({ queryKey: ['reports', 'ready'], queryFn: getReadyReports, staleTime: 600_000 });
  if (views.isError) {
    return (
      <section className="card">
        <ErrorView error={views.error} onRetry={() => void views.refetch()} />
      </section>
    );
  }
  if (views.isPending) return <Loading />;
  if (views.data.length === 0) {
    return (
      <section className="card">
        <Empty description={t('reports.ready.none')} />
      </section>
    );
  }
  return groupsOf(views.data).map(({ group, views: held }) => (
    <section key={group} className="card">
      <h2>{t(`reports.ready.groups.${group}`)}</h2>
      <ul className="ready-list">
        {held.map(({ id, name, explanation }) => (
          <li key={id}>
            <Link to={readyPath(id)}>{localised(name)}</Link>
            <span className="quiet">{localised(explanation)}</span>
          </li>
        ))}
      </ul>
    </section>
  ));
}

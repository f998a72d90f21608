import { useQueryClient } from '@tanstack/react-query';
import { Button, Empty } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SavedReportList, SavedReportView } from '../../../../src/shared/saved-reports.js';
import { changeSavedReport, copySavedReport, deleteSavedReport } from '../../api/index.js';
import { listText } from '../../format/index.js';
import { useLanguage } from '../../i18n/index.js';
import { formatMoment } from '../../people/ui/days.js';
import { TakeBack } from '../../people/ui/take-back.js';
import { useReport } from '../../screens/use-report.js';
import { ErrorView } from '../../ui/error-view.js';
import { Mark } from '../../ui/mark.js';
import { ScrollX } from '../../ui/scroll-x.js';
import { useOrganisationZone } from '../../ui/use-session.js';
import { savedPath } from './address.js';
import { SAVED_KEY } from './keys.js';
import { SaveDialog } from './save-dialog.js';
import { useSavedReports } from './use-saved.js';
import './saved.css';

/** Reports somebody has kept: one's own and those shared with whoever looks. */
export function SavedReports() {
  const { t } = useTranslation();
  const saved = useSavedReports();
  return (
    <section className="card">
      <h2>{t('reports.saved.title')}</h2>
      {saved.isError && <ErrorView error={saved.error} onRetry={() => void saved.refetch()} />}
      {saved.isPending && <p className="quiet">{t('common.loading')}</p>}
      {saved.data && <Listed list={saved.data} />}
    </section>
  );
}

function Listed({ list }: { list: SavedReportList }) {
  const { t } = useTranslation();
  const [changing, setChanging] = useState<{ report: SavedReportView; kind: 'change' | 'copy' } | null>(null);
  const close = () => setChanging(null);
  if (list.reports.length === 0) {
    return (
      <Empty description={t('reports.saved.empty')}>
        <Link to="/reports/explore">{t('reports.explore.title')}</Link>
      </Empty>
    );
  }
  return (
    <>
      <ScrollX label={t('reports.saved.title')}>
        <table className="saved-table">
          <thead>
            <tr>
              <th scope="col">{t('reports.saved.name')}</th>
              <th scope="col">{t('reports.saved.visibility')}</th>
              <th scope="col">{t('reports.saved.owner')}</th>
              <th scope="col">{t('reports.saved.lastChange')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {list.reports.map((report) => (
              <SavedRow
                key={report.id}
                report={report}
                mayCopy={list.maySave.length > 0}
                onChange={() => setChanging({ report, kind: 'change' })}
                onCopy={() => setChanging({ report, kind: 'copy' })}
              />
            ))}
          </tbody>
        </table>
      </ScrollX>
      {changing?.kind === 'change' && <ChangeDialog report={changing.report} list={list} onClose={close} />}
      {changing?.kind === 'copy' && <CopyDialog report={changing.report} onClose={close} />}
    </>
  );
}

interface RowProps {
  report: SavedReportView;
  mayCopy: boolean;
  onChange: () => void;
  onCopy: () => void;
}

function SavedRow({ report, mayCopy, onChange, onCopy }: RowProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const zone = useOrganisationZone() ?? 'UTC';
  const queryClient = useQueryClient();
  const tell = useReport();
  const { name, owner, own, visibility, team, updatedAt, mayChange } = report;
  const path = savedPath(report);
  const remove = () =>
    deleteSavedReport(report.id)
      .catch(tell)
      .finally(() => queryClient.invalidateQueries({ queryKey: SAVED_KEY }));
  return (
    <tr>
      <th scope="row">
        {path === null ? name : <Link to={path}>{name}</Link>}
        <Problems report={report} />
      </th>
      <td className="saved-reach">
        {t(`reports.saved.shared.${visibility}`)}
        {team && ` · ${team.name}`}
      </td>
      <td className="saved-owner">
        {own ? t('reports.saved.you') : (owner?.name ?? <i>{t('reports.saved.gone')}</i>)}
      </td>
      <td className="tabular">{formatMoment(updatedAt, zone, language)}</td>
      <td className="saved-tools">
        {mayChange && (
          <Button size="small" aria-label={`${t('reports.saved.change')}: ${name}`} onClick={onChange}>
            {t('reports.saved.change')}
          </Button>
        )}
        {mayCopy && path !== null && (
          <Button size="small" aria-label={`${t('reports.saved.copy')}: ${name}`} onClick={onCopy}>
            {t('reports.saved.copy')}
          </Button>
        )}
        {mayChange && (
          <TakeBack
            label={t('reports.saved.delete')}
            ask={t('reports.saved.ask', { name })}
            of={name}
            onConfirm={remove}
          />
        )}
      </td>
    </tr>
  );
}

/** What this version does not have, by name. */
function Problems({ report: { problems } }: { report: SavedReportView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const unknown = problems.flatMap((one) => (one.kind === 'kpi_unknown' ? [one.id] : []));
  const isUnreadable = problems.some(({ kind }) => kind === 'unreadable');
  return (
    <>
      {isUnreadable && <Mark tone="bad">{t('reports.saved.unreadable')}</Mark>}
      {unknown.length > 0 && (
        <Mark tone="warn">{t('reports.saved.unknownKpis', { ids: listText(unknown, language) })}</Mark>
      )}
    </>
  );
}

function ChangeDialog({
  report,
  list,
  onClose,
}: {
  report: SavedReportView;
  list: SavedReportList;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { name, visibility, team } = report;
  return (
    <SaveDialog
      title={t('reports.saved.changeTitle', { name })}
      save={t('reports.saved.save')}
      initial={{ name, visibility, ...(team ? { teamId: team.id } : {}) }}
      offered={list.maySave}
      submit={(values) => changeSavedReport(report.id, values)}
      onClose={onClose}
    />
  );
}

function CopyDialog({ report, onClose }: { report: SavedReportView; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <SaveDialog
      title={t('reports.saved.copyTitle', { name: report.name })}
      save={t('reports.saved.copy')}
      initial={{ name: t('reports.saved.copyName', { name: report.name }).slice(0, 80) }}
      offered={['private']}
      submit={({ name }) => copySavedReport(report.id, name)}
      onClose={onClose}
    />
  );
}

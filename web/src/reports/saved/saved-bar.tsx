import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ReportSpec } from '../../../../src/shared/reports.js';
import type { SavedReportView } from '../../../../src/shared/saved-reports.js';
import { changeSavedReport, createSavedReport } from '../../api/index.js';
import { useReport } from '../../screens/use-report.js';
import { Mark } from '../../ui/mark.js';
import { isSameQuestion } from '../explore/question.js';
import { savedPath } from './address.js';
import { SAVED_KEY } from './keys.js';
import { SaveDialog } from './save-dialog.js';
import { useSavedReports } from './use-saved.js';

interface Props {
  spec: ReportSpec;
  /** The saved report this was opened from. */
  opened: SavedReportView | undefined;
  onKept: (id: number) => void;
}

/** Opening a saved report, keeping changes to it, keeping the question as a new one. */
export function SavedBar({ spec, opened, onKept }: Props) {
  const { t } = useTranslation();
  const [saving, setSaving] = useState(false);
  const list = useSavedReports();
  const reports = list.data?.reports ?? [];
  const offered = list.data?.maySave ?? [];
  const isChanged = opened?.source?.kind === 'explore' && !isSameQuestion(opened.source.spec, spec);
  const source = { kind: 'explore', spec } as const;
  return (
    <>
      {isChanged && <Mark tone="warn">{t('reports.saved.changed')}</Mark>}
      {opened && isChanged && opened.mayChange && spec.kpis.length > 0 && <KeepButton report={opened} spec={spec} />}
      <OpenMenu reports={reports} />
      {(list.isPending || offered.length > 0) && (
        <Button disabled={spec.kpis.length === 0 || offered.length === 0} onClick={() => setSaving(true)}>
          {t('reports.saved.saveAs')}
        </Button>
      )}
      {saving && (
        <SaveDialog
          title={t('reports.saved.saveTitle')}
          save={t('reports.saved.save')}
          offered={offered}
          submit={(values) => createSavedReport({ ...values, source })}
          onClose={() => setSaving(false)}
          onDone={({ id }) => onKept(id)}
        />
      )}
    </>
  );
}

function KeepButton({ report, spec }: { report: SavedReportView; spec: ReportSpec }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const tell = useReport();
  const [isBusy, setBusy] = useState(false);
  const keep = async () => {
    setBusy(true);
    try {
      await changeSavedReport(report.id, { source: { kind: 'explore', spec } });
      void message.success(t('reports.saved.kept', { name: report.name }));
      await queryClient.invalidateQueries({ queryKey: SAVED_KEY });
    } catch (error) {
      tell(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button type="primary" loading={isBusy} onClick={() => void keep()}>
      {t('reports.saved.save')}
    </Button>
  );
}

/** Those that open here and those that open elsewhere; all of them with their owners are on the page of reports. */
function OpenMenu({ reports }: { reports: readonly SavedReportView[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const items = reports.flatMap((report) => {
    const path = savedPath(report);
    return path === null ? [] : [{ key: path, label: report.name }];
  });
  const all = { key: '/reports', label: t('reports.saved.all') };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: items.length > 0 ? [...items, { type: 'divider' as const }, all] : [all],
        onClick: ({ key }) => void navigate(key),
        className: 'saved-menu',
      }}
    >
      <Button>{t('reports.saved.open')}</Button>
    </Dropdown>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { Empty, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cancelExport, deleteExport } from '../api/index.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { Loading } from '../ui/loading.js';
import { useMay } from '../ui/use-session.js';
import { ExportTable } from './export-table.js';
import { useDownload, useSayError } from './use-download.js';
import { EXPORTS_KEY, useExports } from './use-exports.js';
import '../settings/settings.css';
import './exports.css';

/** What was exported: how far it is, the file while it is kept, and for auditors everybody's. */
export function Exports() {
  const { t } = useTranslation();
  const [of, setOf] = useState<'own' | 'all'>('own');
  const seesAll = useMay('audit:read');
  const list = useExports(of);
  const queryClient = useQueryClient();
  const sayError = useSayError();
  const download = useDownload();
  const change = async (work: Promise<unknown>) => {
    await work.catch(sayError);
    await queryClient.invalidateQueries({ queryKey: EXPORTS_KEY });
  };
  const exports = list.data?.exports ?? [];
  return (
    <>
      <PageHead title={t('exports.title')} lead={t('exports.lead', { count: list.data?.keepDays ?? 7 })}>
        {seesAll && (
          <Segmented
            value={of}
            onChange={setOf}
            options={[
              { value: 'own', label: t('exports.own') },
              { value: 'all', label: t('exports.everybody') },
            ]}
          />
        )}
      </PageHead>
      <section className="card">
        {list.isError && <ErrorView error={list.error} onRetry={() => void list.refetch()} />}
        {list.isPending && <Loading />}
        {!list.isError && !list.isPending && exports.length === 0 && <Empty description={t('exports.empty')} />}
        {exports.length > 0 && (
          <ExportTable
            exports={exports}
            showsMaker={of === 'all'}
            onDownload={download}
            onCancel={(id) => change(cancelExport(id))}
            onDelete={(id) => change(deleteExport(id))}
          />
        )}
      </section>
    </>
  );
}

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportSource } from '../../../../src/shared/reports.js';
import { createSavedReport, getSavedReports } from '../../api/index.js';
import { SAVED_KEY } from '../saved/keys.js';
import { SaveDialog } from '../saved/save-dialog.js';

/** Keeps a ready-made report with the filters it has now; nothing for those who may keep none. */
export function SaveButton({ source }: { source: ReportSource }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const [saving, setSaving] = useState(false);
  const list = useQuery({ queryKey: SAVED_KEY, queryFn: getSavedReports, staleTime: 30_000 });
  const offered = list.data?.maySave ?? [];
  // Until it is known who may see it the button has its place.
  if (!list.isPending && offered.length === 0) return null;
  return (
    <>
      <Button disabled={offered.length === 0} onClick={() => setSaving(true)}>
        {t('reports.saved.saveAs')}
      </Button>
      {saving && (
        <SaveDialog
          title={t('reports.saved.saveTitle')}
          save={t('reports.saved.save')}
          offered={offered}
          submit={(values) => createSavedReport({ ...values, source })}
          onClose={() => setSaving(false)}
          onDone={({ name }) => {
            setSaving(false);
            void message.success(t('reports.saved.kept', { name }));
            void queryClient.invalidateQueries({ queryKey: SAVED_KEY });
          }}
        />
      )}
    </>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  RETENTION_CLASSES,
  RETENTION_LIMITS,
  type RetentionDays,
  type RetentionPreview,
  type RetentionView,
} from '../../../src/shared/retention.js';
import { getRetention, keepAnswer, previewRetention, putRetention } from '../api/index.js';
import { Section } from '../people/ui/section.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { useMay } from '../ui/use-session.js';
import { LastRun } from './last-run.js';
import { LimitsList } from './limits-list.js';
import { PreviewDialog } from './preview-dialog.js';
import '../audit/audit.css';
import '../people/people.css';

const KEY = ['retention'];

/** How long what is kept. Nothing is saved before its consequence was shown. */
export default function Retention() {
  const { t } = useTranslation();
  const view = useQuery({ queryKey: KEY, queryFn: getRetention });
  return (
    <>
      <PageHead title={t('audit.retention.title')} lead={t('audit.retention.lead')} />
      {view.isError && <ErrorView error={view.error} onRetry={() => void view.refetch()} />}
      {view.data && (
        <>
          <Limits view={view.data} />
          <LastRun view={view.data} />
        </>
      )}
    </>
  );
}

function Limits({ view }: { view: RetentionView }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const mayWrite = useMay('settings:write');
  const [edited, setEdited] = useState<Partial<RetentionDays>>({});
  const [shown, setShown] = useState<RetentionPreview | null>(null);
  const stored = Object.fromEntries(view.classes.map(({ id, days }) => [id, days])) as RetentionDays;
  const changed = Object.fromEntries(
    RETENTION_CLASSES.filter((id) => edited[id] !== undefined && edited[id] !== stored[id]).map((id) => [
      id,
      edited[id],
    ]),
  ) as Partial<RetentionDays>;
  const usable = RETENTION_CLASSES.every((id) => {
    const { minDays, maxDays } = RETENTION_LIMITS[id];
    const days = edited[id] ?? stored[id];
    return Number.isInteger(days) && days >= minDays && days <= maxDays;
  });
  const preview = useMutation({ mutationFn: () => previewRetention(changed), onSuccess: setShown });
  const save = useMutation({
    mutationFn: () => putRetention(changed),
    onSuccess: (now) => {
      keepAnswer(queryClient, KEY, now);
      setEdited({});
      setShown(null);
    },
  });
  return (
    <Section title={t('audit.retention.limits')} text={t('audit.retention.limitsText')}>
      <LimitsList
        view={view}
        days={{ ...stored, ...edited }}
        editable={mayWrite}
        onChange={(id, days) => setEdited({ ...edited, [id]: days })}
      />
      <PreviewDialog
        shown={shown}
        changed={changed}
        usable={usable}
        mayWrite={mayWrite}
        asking={preview.isPending}
        saving={save.isPending}
        onAsk={() => preview.mutate()}
        onReset={() => setEdited({})}
        onSave={() => save.mutate()}
        onClose={() => setShown(null)}
      />
      {(preview.error ?? save.error) && <ErrorView error={(preview.error ?? save.error) as Error} />}
    </Section>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CallDetail } from '../../../src/shared/api.js';
import type { OutcomeView } from '../../../src/shared/outcomes.js';
import { getOutcomes } from '../api/index.js';
import { formatInstant } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { ErrorView } from '../ui/error-view.js';
import { useMay } from '../ui/use-session.js';
import { OutcomeDialog } from './outcome-dialog.js';
import { OutcomeMarks } from './outcome-marks.js';
import { correctOutcomeNow } from './save-outcome.js';
import './outcomes.css';

/** What was entered about a call, and entering it. */
export function CallOutcomes({ call }: { call: CallDetail }) {
  const { t } = useTranslation();
  const mayRead = useMay('outcomes:read');
  const mayWrite = useMay('outcomes:write');
  const [open, setOpen] = useState<OutcomeView | 'new' | null>(null);
  const list = useQuery({
    queryKey: ['outcomes', 'call', call.id],
    queryFn: () => getOutcomes({ call: call.id }, null),
    enabled: mayRead,
  });
  if (!mayRead) return null;
  const outcomes = list.data?.outcomes ?? [];
  return (
    <section className="card" data-part="outcomes">
      <div className="outcomes__head">
        <h2>{t('outcomes.title')}</h2>
        {mayWrite && (
          <Button type={outcomes.length === 0 ? 'primary' : 'default'} onClick={() => setOpen('new')}>
            {t(outcomes.length === 0 ? 'outcomes.enterOne' : 'outcomes.enterAnother')}
          </Button>
        )}
      </div>
      {list.isError && <ErrorView error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && outcomes.length === 0 && (
        <p className="quiet">{t(mayWrite ? 'outcomes.noneYet' : 'outcomes.noneYetReader')}</p>
      )}
      <ul className="outcomes__list">
        {outcomes.map((outcome) => (
          <Entered
            key={outcome.id}
            outcome={outcome}
            zone={call.timeZone}
            onCorrect={mayWrite ? () => setOpen(outcome) : null}
          />
        ))}
      </ul>
      {open !== null && (
        <OutcomeDialog
          about={{ callId: call.id, ...(call.agent ? { agentId: call.agent.id } : {}) }}
          campaignId={call.campaign.id}
          outcome={open === 'new' ? null : open}
          zone={call.timeZone}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}

interface EnteredProps {
  outcome: OutcomeView;
  zone: string;
  /** Null: for reading only. */
  onCorrect: (() => void) | null;
}

function Entered({ outcome, zone, onCorrect }: EnteredProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <li className="outcomes__one" data-cancelled={outcome.cancelled}>
      <div>
        <OutcomeMarks outcome={outcome} />
        {outcome.callbackAt && (
          <p>
            {t('outcomes.callbackAt')}: {formatInstant(outcome.callbackAt, zone, language)}
          </p>
        )}
        {outcome.note && <p className="outcomes__note">{outcome.note}</p>}
        <p className="quiet">
          <Link to={`/outcomes/${encodeURIComponent(outcome.id)}`}>{formatInstant(outcome.at, zone, language)}</Link>
          {outcome.agent && ` · ${outcome.agent.name}`}
        </p>
      </div>
      {onCorrect && (
        <div className="outcomes__actions">
          <Button onClick={onCorrect}>{t('outcomes.correctIt')}</Button>
          <TakeBack outcome={outcome} />
        </div>
      )}
    </li>
  );
}

/** Takes an outcome back, or counts it again: nothing is ever deleted. */
export function TakeBack({ outcome }: { outcome: OutcomeView }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: () => correctOutcomeNow(outcome, { cancelled: !outcome.cancelled }),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  if (outcome.cancelled) {
    return (
      <Button loading={change.isPending} onClick={() => change.mutate()}>
        {t('outcomes.countAgain')}
      </Button>
    );
  }
  return (
    <>
      <Popconfirm
        title={t('outcomes.takeBackTitle')}
        description={<div className="ask">{t('outcomes.takeBackText')}</div>}
        okText={t('outcomes.takeBack')}
        cancelText={t('people.cancel')}
        onConfirm={() => change.mutateAsync()}
      >
        <Button danger loading={change.isPending}>
          {t('outcomes.takeBack')}
        </Button>
      </Popconfirm>
      {change.isError && <ErrorView error={change.error} />}
    </>
  );
}

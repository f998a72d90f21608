import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AuditStatus } from '../../../src/shared/audit.js';
import { browserZone } from '../account/browser-zone.js';
import { getAuditStatus, keepAnswer, verifyAudit } from '../api/index.js';
import { formatCount, formatInstant } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { Section } from '../people/ui/section.js';
import { ErrorView } from '../ui/error-view.js';

const KEY = ['audit', 'status'];

/** Whether the log can be trusted: how long the chain is, where it was anchored, and its last proof. */
export function ChainCard() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const status = useQuery({ queryKey: KEY, queryFn: getAuditStatus });
  const proof = useMutation({
    mutationFn: verifyAudit,
    onSuccess: (proved) => keepAnswer(queryClient, KEY, proved),
  });
  const error = status.error ?? proof.error;
  return (
    <Section
      title={t('audit.chain.title')}
      text={t('audit.chain.text')}
      actions={
        <Button loading={proof.isPending} onClick={() => proof.mutate()}>
          {t('audit.chain.verify')}
        </Button>
      }
    >
      {error && <ErrorView error={error} onRetry={() => void status.refetch()} />}
      {status.data && (
        <>
          <Proof status={status.data} />
          <Facts status={status.data} />
        </>
      )}
    </Section>
  );
}

function Proof({ status: { verification } }: { status: AuditStatus }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (verification === null) return <p className="quiet">{t('audit.chain.notYet')}</p>;
  const at = formatInstant(verification.at, browserZone(), language);
  if (verification.ok) {
    return <Alert type="success" showIcon title={t('audit.chain.whole', { count: verification.entries, at })} />;
  }
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t('audit.chain.broken', { count: verification.problemCount, at })}
      description={
        <>
          <ul className="audit-problems">
            {verification.problems.slice(0, 10).map(({ kind, seq }) => (
              <li key={`${kind} ${seq}`}>{t(`audit.chain.problems.${kind}`, { seq })}</li>
            ))}
          </ul>
          {t('audit.chain.whatNow')}
        </>
      }
    />
  );
}

function Facts({ status }: { status: AuditStatus }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const at = (end: { seq: string; at: string } | null): string =>
    end === null ? '—' : t('audit.chain.end', { seq: end.seq, at: formatInstant(end.at, browserZone(), language) });
  return (
    <dl className="facts audit-facts">
      <div>
        <dt>{t('audit.chain.entries')}</dt>
        <dd className="tabular">{formatCount(status.entries, language)}</dd>
      </div>
      <div>
        <dt>{status.origin === null ? t('audit.chain.first') : t('audit.chain.origin')}</dt>
        <dd>{at(status.origin ?? status.first)}</dd>
      </div>
      <div>
        <dt>{t('audit.chain.last')}</dt>
        <dd>{at(status.last)}</dd>
      </div>
      <div>
        <dt>{t('audit.chain.anchored')}</dt>
        <dd>{status.anchored === null ? t('audit.chain.noAnchor') : at(status.anchored)}</dd>
      </div>
    </dl>
  );
}

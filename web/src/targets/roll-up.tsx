import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RollupProposal, TargetView } from '../../../src/shared/targets.js';
import { patchTarget, proposeRollup } from '../api/index.js';
import { listText } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { Section } from '../people/ui/section.js';
import { ErrorView } from '../ui/error-view.js';
import { useKpi } from './use-kpi.js';
import { targetText } from './values.js';

const FROM = ['children', 'agents'] as const;

/** From the bottom up: what the targets below come to, and who has none. */
export function RollUp({ target, today }: { target: TargetView; today: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const [proposal, setProposal] = useState<RollupProposal>();
  const asking = useMutation({
    mutationFn: (from: (typeof FROM)[number]) =>
      proposeRollup({ scope: target.scope, kpi: target.kpi, period: target.period, from, at: today }),
    onSuccess: setProposal,
  });
  const taking = useMutation({
    mutationFn: (value: number) => patchTarget(target.id, { revision: target.revision, value }),
    onSuccess: async () => {
      void message.success(t('people.done'));
      setProposal(undefined);
      await queryClient.invalidateQueries();
    },
  });
  return (
    <Section
      title={t('targets.rollUp.title')}
      text={t('targets.rollUp.text')}
      actions={FROM.map((from) => (
        <Button key={from} loading={asking.isPending} onClick={() => asking.mutate(from)}>
          {t(`targets.rollUp.from.${from}`)}
        </Button>
      ))}
    >
      {asking.isError && <ErrorView error={asking.error} />}
      {proposal && <Proposed target={target} proposal={proposal} onTake={(value) => taking.mutate(value)} />}
      {taking.isError && <ErrorView error={taking.error} />}
    </Section>
  );
}

interface ProposedProps {
  target: TargetView;
  proposal: RollupProposal;
  onTake: (value: number) => void;
}

function Proposed({ target, proposal, onTake }: ProposedProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const unit = useKpi(target.kpi)?.unit ?? 'count';
  const text = (value: number) => targetText(value, unit, target.currency, language);
  const { value, parts, missing } = proposal;
  return (
    <>
      <p aria-live="polite">
        {value === null
          ? t('targets.rollUp.rate', { count: parts.length })
          : t('targets.rollUp.sum', { count: parts.length, sum: text(value), now: text(target.value) })}
      </p>
      {missing.length > 0 && (
        <p className="quiet">
          {t('targets.rollUp.missing', {
            names: listText(
              missing.map(({ label }) => label),
              language,
            ),
          })}
        </p>
      )}
      {value !== null && value > 0 && value !== target.value && (
        <Button type="primary" onClick={() => onTake(value)}>
          {t('targets.rollUp.take', { value: text(value) })}
        </Button>
      )}
    </>
  );
}

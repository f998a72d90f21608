import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Checkbox, InputNumber, Select, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  CASCADE_BY,
  type CascadeBy,
  type CascadePart,
  type CascadeProposal,
  type CascadeTo,
  type TargetView,
} from '../../../src/shared/targets.js';
import { applyCascade, previewCascade } from '../api/index.js';
import { formatFraction } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { formatDay } from '../people/ui/days.js';
import { Section } from '../people/ui/section.js';
import { ErrorView } from '../ui/error-view.js';
import { Mark } from '../ui/mark.js';
import { ScrollX } from '../ui/scroll-x.js';
import { useKpi } from './use-kpi.js';
import { ValueField } from './value-field.js';
import { targetText } from './values.js';

/** Whom or what a target can be shared out to. */
function choicesFor({ scope, period }: TargetView): CascadeTo[] {
  const below = {
    year: ['quarter', 'month', 'week'],
    quarter: ['month', 'week'],
    month: ['week', 'day'],
    week: ['day'],
    day: [],
  };
  const people: CascadeTo[] = scope.kind === 'agent' ? [] : ['children', 'agents'];
  return [...people, ...(below[period] as CascadeTo[])];
}

const OF_TIME: readonly CascadeBy[] = ['equal', 'working_days', 'seasonality', 'history', 'weights'];

/** From the top down: the server proposes parts whose sum is the target; values set by hand stay, the rest is shared again. */
export function Cascade({ target }: { target: TargetView }) {
  const { t } = useTranslation();
  const choices = choicesFor(target);
  const [to, setTo] = useState<CascadeTo | undefined>(choices[0]);
  const [by, setBy] = useState<CascadeBy>('working_days');
  const [weights, setWeights] = useState<Record<string, number>>({});
  const [fixed, setFixed] = useState<Record<string, number>>({});
  const [asked, setAsked] = useState(false);
  const request = { targetId: target.id, to: to ?? 'agents', by, fixed, ...(by === 'weights' ? { weights } : {}) };
  const proposal = useQuery({
    queryKey: ['targets', 'cascade', target.revision, request],
    queryFn: () => previewCascade(request),
    enabled: asked,
    placeholderData: (before) => before,
    retry: false,
  });
  if (to === undefined) return null;
  const isTime = to !== 'children' && to !== 'agents';
  const restart = () => {
    setFixed({});
    setWeights({});
  };
  return (
    <Section title={t('targets.cascade.title')} text={t('targets.cascade.text')}>
      <div className="cascade-choices">
        <div>
          <span className="quiet">{t('targets.cascade.to')}</span>
          <Select<CascadeTo>
            value={to}
            aria-label={t('targets.cascade.to')}
            onChange={(value) => {
              restart();
              setTo(value);
            }}
            options={choices.map((value) => ({ value, label: t(`targets.cascade.tos.${value}`) }))}
          />
        </div>
        <div>
          <span className="quiet">{t('targets.cascade.by')}</span>
          <Select<CascadeBy>
            value={by}
            aria-label={t('targets.cascade.by')}
            onChange={setBy}
            options={CASCADE_BY.filter((one) => !isTime || OF_TIME.includes(one)).map((value) => ({
              value,
              label: t(`targets.cascade.bys.${value}`),
            }))}
          />
        </div>
      </div>
      {!asked && (
        <Button type="primary" onClick={() => setAsked(true)}>
          {t('targets.cascade.propose')}
        </Button>
      )}
      {asked && proposal.isError && <ErrorView error={proposal.error} onRetry={() => void proposal.refetch()} />}
      {asked && proposal.data !== undefined && (
        <Proposal
          proposal={proposal.data}
          weighted={by === 'weights'}
          weights={weights}
          onWeight={(key, value) => setWeights({ ...weights, [key]: value })}
          onFix={(key, value) => setFixed(value === null ? without(fixed, key) : { ...fixed, [key]: value })}
          stale={proposal.isFetching}
        />
      )}
    </Section>
  );
}

function without(values: Record<string, number>, key: string): Record<string, number> {
  return Object.fromEntries(Object.entries(values).filter(([one]) => one !== key));
}

interface ProposalProps {
  proposal: CascadeProposal;
  weighted: boolean;
  weights: Record<string, number>;
  onWeight: (key: string, value: number) => void;
  /** Null: shared again with the rest. */
  onFix: (key: string, value: number | null) => void;
  stale: boolean;
}

function Proposal({ proposal, weighted, weights, onWeight, onFix, stale }: ProposalProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const [locked, setLocked] = useState<ReadonlySet<string>>(new Set());
  const { parent, parts } = proposal;
  const unit = useKpi(parent.kpi)?.unit ?? 'count';
  const text = (value: number) => targetText(value, unit, parent.currency, language);
  const applying = useMutation({
    mutationFn: () =>
      applyCascade({
        targetId: parent.id,
        revision: parent.revision,
        parts: parts.map(({ key, scope, period, validFrom, validUntil, value, locked: kept }) => ({
          scope,
          period,
          validFrom,
          validUntil,
          value,
          locked: kept || locked.has(key),
        })),
      }),
    onSuccess: async ({ targets }) => {
      void message.success(t('targets.cascade.applied', { count: targets.length }));
      await queryClient.invalidateQueries();
    },
  });
  const toggle = (key: string, on: boolean) => {
    const next = new Set(locked);
    if (on) next.add(key);
    else next.delete(key);
    setLocked(next);
  };
  if (parts.length === 0) return <p>{t('targets.cascade.nobody')}</p>;
  return (
    <>
      {proposal.evenly && <Alert type="info" showIcon title={t('targets.cascade.evenly')} />}
      <ScrollX label={t('targets.cascade.title')}>
        <Table<CascadePart>
          rowKey="key"
          size="small"
          className="tabular"
          pagination={false}
          loading={stale}
          dataSource={parts}
          columns={[
            {
              title: t('targets.cascade.part'),
              render: (_, { label, scope, validFrom, key }) =>
                key.includes(':') || scope.kind === 'organisation' ? label || formatDay(validFrom, language) : label,
            },
            ...(weighted
              ? [
                  {
                    title: t('targets.cascade.weight'),
                    render: (_: unknown, { key, label }: CascadePart) => (
                      <InputNumber<number>
                        size="small"
                        min={0}
                        aria-label={t('targets.cascade.weightOf', { name: label || key })}
                        value={weights[key] ?? null}
                        onChange={(value) => onWeight(key, value ?? 0)}
                      />
                    ),
                  },
                ]
              : []),
            {
              title: t('targets.cascade.share'),
              render: (_, { share }) => (
                <span>
                  <span className="part-share" aria-hidden="true">
                    <span style={{ inlineSize: `${share * 100}%` }} />
                  </span>{' '}
                  {formatFraction(share, language)}
                </span>
              ),
            },
            {
              title: t('targets.value'),
              render: (_, { key, label, value, locked: kept, fixed: byHand }) => (
                <span className="row-actions">
                  <span className="part-value">
                    <ValueField
                      size="small"
                      unit={unit}
                      currency={parent.currency}
                      disabled={kept}
                      value={value}
                      aria-label={t('targets.cascade.valueOf', { name: label || key })}
                      onChange={(next) => next !== null && onFix(key, next)}
                    />
                  </span>
                  {byHand && (
                    <Button size="small" onClick={() => onFix(key, null)}>
                      {t('targets.cascade.release')}
                    </Button>
                  )}
                </span>
              ),
            },
            {
              title: t('targets.cascade.before'),
              align: 'right',
              render: (_, { existing }) => (existing === null ? '—' : text(existing.value)),
            },
            {
              title: t('targets.locked'),
              render: (_, { key, label, locked: kept }) =>
                kept ? (
                  <Mark tone="warn">{t('targets.lockedMark')}</Mark>
                ) : (
                  <Checkbox
                    aria-label={t('targets.cascade.lockOf', { name: label || key })}
                    checked={locked.has(key)}
                    onChange={({ target: { checked } }) => toggle(key, checked)}
                  />
                ),
            },
          ]}
        />
      </ScrollX>
      <div className="cascade-foot">
        <strong className="tabular" aria-live="polite">
          {proposal.sum === null
            ? t('targets.cascade.sameRate')
            : t('targets.cascade.sum', { sum: text(proposal.sum), parent: text(parent.value) })}
        </strong>
        <Button type="primary" loading={applying.isPending} disabled={stale} onClick={() => applying.mutate()}>
          {t('targets.cascade.apply', { count: parts.length })}
        </Button>
      </div>
      {applying.isError && <ErrorView error={applying.error} />}
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Button, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { scopeKey, type TargetProgress, type TargetView } from '../../../src/shared/targets.js';
import { getAttainment, getTarget } from '../api/index.js';
import { formatDecimal } from '../format/index.js';
import { useLanguage } from '../i18n/index.js';
import { Section } from '../people/ui/section.js';
import { PageHead } from '../settings/page-head.js';
import { ErrorView } from '../ui/error-view.js';
import { FactList } from '../ui/fact-list.js';
import { useMay } from '../ui/use-session.js';
import { Cascade } from './cascade.js';
import { ProgressBar } from './progress-bar.js';
import { RemoveTarget } from './remove-target.js';
import { RollUp } from './roll-up.js';
import { TargetDialog } from './target-dialog.js';
import { Validity, ValueText } from './targets.js';
import { useKpi, useKpiName } from './use-kpi.js';
import { useToday } from './use-today.js';
import { targetText } from './values.js';

/** One target: where it stands, why an agent's is smaller than the full one, and how it is shared out. */
export default function TargetPage() {
  const id = Number(useParams().id);
  const target = useQuery({ queryKey: ['targets', 'one', id], queryFn: () => getTarget(id) });
  if (target.isError) return <ErrorView error={target.error} onRetry={() => void target.refetch()} />;
  if (target.isPending) return <Spin />;
  return <Known target={target.data} />;
}

function Known({ target }: { target: TargetView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayWrite = useMay('targets:write');
  const today = useToday();
  const name = useKpiName();
  const [editing, setEditing] = useState(false);
  const whom = target.scope.kind === 'organisation' ? t('targets.scopes.organisation') : target.label;
  const key = scopeKey(target.scope);
  const progress = useQuery({
    queryKey: ['targets', 'attainment', key],
    queryFn: () => getAttainment(key),
    refetchInterval: 60_000,
  }).data?.find(({ targetId }) => targetId === target.id);
  const parent = { to: '/settings/targets', label: t('targets.title') };
  return (
    <>
      <PageHead title={`${name(target.kpi)} · ${whom}`} parent={parent}>
        {mayWrite && (
          <>
            <RemoveTarget target={target} onDone={() => void navigate('/settings/targets')} />
            <Button type="primary" onClick={() => setEditing(true)}>
              {t('people.edit')}
            </Button>
          </>
        )}
      </PageHead>
      <FactList
        facts={[
          [t('targets.whom'), whom],
          [t('targets.value'), <ValueText key="value" target={target} />],
          [t('targets.period'), t(`targets.periods.${target.period}`)],
          [t('targets.valid'), <Validity key="valid" target={target} />],
        ]}
      />
      {progress !== undefined && <Standing progress={progress} />}
      {mayWrite && today !== undefined && (
        <>
          <Cascade target={target} />
          {target.scope.kind !== 'agent' && <RollUp target={target} today={today} />}
        </>
      )}
      {editing && today !== undefined && (
        <TargetDialog today={today} target={target} onClose={() => setEditing(false)} />
      )}
    </>
  );
}

function Standing({ progress }: { progress: TargetProgress }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const unit = useKpi(progress.kpi)?.unit ?? 'count';
  const text = (value: number) => targetText(value, unit, progress.currency, language);
  const { expectedNow, neededPerHour, projection, proration, fullTarget, target } = progress;
  const lines = [
    expectedNow === null ? null : t('targets.expectedNow', { value: text(Math.round(expectedNow)) }),
    neededPerHour === null ? null : t('targets.neededPerHour', { value: text(Math.ceil(neededPerHour)) }),
    projection === null
      ? null
      : t('targets.projection', {
          middle: text(Math.round(projection.middle)),
          low: text(Math.round(projection.low)),
          high: text(Math.round(projection.high)),
        }),
    proration === null || fullTarget === target
      ? null
      : t('targets.prorated', {
          full: text(fullTarget),
          own: text(target),
          share: formatDecimal(proration.factor * 100, language, 1),
          leave: proration.leaveDays + proration.notEmployedDays,
        }),
  ];
  return (
    <Section title={t('targets.now')}>
      <ProgressBar progress={progress} />
      {lines.map((line) => line !== null && <p key={line}>{line}</p>)}
    </Section>
  );
}

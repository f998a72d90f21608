import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { scopeKey, type TargetView } from '../../../src/shared/targets.js';
import { getAttainment } from '../api/index.js';
import { Section } from '../people/ui/section.js';
import { ErrorView } from '../ui/error-view.js';
import { ProgressBar } from './progress-bar.js';
import { useKpiName } from './use-kpi.js';

/** Teams shown at once: each is one request. */
const SCOPES_MAX = 20;

/** Where each of these teams stands now, asked again every minute. */
export function ScopeProgress({ targets }: { targets: TargetView[] }) {
  const { t } = useTranslation();
  const name = useKpiName();
  const all = [...new Map(targets.map(({ scope, label }) => [scopeKey(scope), label])).entries()];
  const scopes = all.slice(0, SCOPES_MAX);
  const answers = useQueries({
    queries: scopes.map(([key]) => ({
      queryKey: ['targets', 'attainment', key],
      queryFn: () => getAttainment(key),
      refetchInterval: 60_000,
    })),
  });
  return (
    <Section title={t('targets.now')} text={t('targets.nowText')}>
      <div className="scope-progress">
        {scopes.map(([key, label], i) => (
          <div key={key}>
            <h3>{label || t('targets.scopes.organisation')}</h3>
            {answers[i]?.data?.map((progress) => (
              <div key={progress.targetId} className="scope-progress__one">
                <span>
                  {name(progress.kpi)} · {t(`targets.periods.${progress.period}`)}
                </span>
                <ProgressBar progress={progress} />
              </div>
            ))}
            {answers[i]?.error && <ErrorView error={answers[i].error} />}
            {answers[i]?.data?.length === 0 && <p className="quiet">{t('targets.noneToday')}</p>}
          </div>
        ))}
      </div>
      {all.length > scopes.length && <p className="quiet">{t('targets.nowFirst', { count: scopes.length })}</p>}
    </Section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Segmented, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { AUDIT_ACTIONS } from '../../../src/shared/audit.js';
import { getAuditActors } from '../api/index.js';
import { PERIODS, type Period, periodOf } from './filter.js';
import { actionText, actorText } from './names.js';

const AREAS = [...new Set(AUDIT_ACTIONS.map((action) => action.split('.')[0] ?? ''))];

interface Props {
  search: URLSearchParams;
  change: (key: string, value: string) => void;
}

export function AuditFilters({ search, change }: Props) {
  const { t } = useTranslation();
  const actors = useQuery({ queryKey: ['audit', 'actors'], queryFn: getAuditActors, staleTime: 60_000 });
  const subject = search.get('subject');
  const people = (actors.data?.actors ?? []).map((actor) => ({
    value: actor.id === null ? actor.kind : `${actor.kind}:${actor.id}`,
    label: actorText(actor, t),
  }));
  const actions = AREAS.map((area) => ({
    label: t(`audit.areas.${area}`, { defaultValue: area }),
    options: [
      { value: area, label: t('audit.allOf', { area: t(`audit.areas.${area}`, { defaultValue: area }) }) },
      ...AUDIT_ACTIONS.filter((action) => action.startsWith(`${area}.`)).map((action) => ({
        value: action as string,
        label: actionText(action, t),
      })),
    ],
  }));
  return (
    <div className="filters audit-filters">
      <Segmented<Period>
        aria-label={t('audit.period')}
        value={periodOf(search)}
        options={PERIODS.map((value) => ({ value, label: t(`audit.periods.${value}`) }))}
        onChange={(value) => change('days', value)}
      />
      <Select<string>
        aria-label={t('audit.who')}
        showSearch={{ optionFilterProp: 'label' }}
        value={search.get('actor') ?? ''}
        onChange={(value) => change('actor', value)}
        options={[{ value: '', label: t('audit.anybody') }, ...people]}
      />
      <Select<string>
        aria-label={t('audit.what')}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        value={search.get('action') ?? ''}
        onChange={(value) => change('action', value)}
        options={[{ value: '', label: t('audit.anything') }, ...actions]}
      />
      <Select<string>
        aria-label={t('audit.outcome')}
        value={search.get('outcome') ?? ''}
        onChange={(value) => change('outcome', value)}
        options={[
          { value: '', label: t('audit.anyOutcome') },
          { value: 'done', label: t('audit.outcomes.done') },
          { value: 'refused', label: t('audit.outcomes.refused') },
        ]}
      />
      {subject && (
        <Tag closable onClose={() => change('subject', '')}>
          {t('audit.only', { subject })}
        </Tag>
      )}
    </div>
  );
}

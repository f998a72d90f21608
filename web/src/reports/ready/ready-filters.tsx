import { useQuery } from '@tanstack/react-query';
import { Select, TreeSelect } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ReadyQuery, ReadyReportView } from '../../../../src/shared/reports.js';
import { getReportChoices, getTeams } from '../../api/index.js';
import { treeOf } from '../../people/ui/choices.js';
import { AgentField } from './agent-field.js';
import { CompareField } from './compare-field.js';
import { RangeField } from './range-field.js';

interface Props {
  view: ReadyReportView;
  query: ReadyQuery;
  dates: { from: string; to: string } | null;
  /** Of what it is compared with. */
  compared: { from: string; to: string } | null;
  /** Whether this person leads people: others see their own and have nobody to choose. */
  leads: boolean;
  onChange: (query: ReadyQuery) => void;
}

export function ReadyFilters({ view, query, dates, compared, leads, onChange }: Props) {
  const { t } = useTranslation();
  const teams = useQuery({ queryKey: ['organisation', 'teams'], queryFn: () => getTeams() }).data;
  const choices = useQuery({ queryKey: ['reports', 'choices'], queryFn: getReportChoices, enabled: leads }).data;
  const campaigns = choices?.campaigns ?? [];
  // Targets have no campaign: a filter that changes nothing is not offered. Until it is known whether there are several it
  // has its place: what stands below does not move.
  const byCampaign = leads && view.id !== 'target_attainment' && (choices === undefined || campaigns.length > 1);
  const needsAgent = view.takes.includes('agent_required');
  const { filters } = query;
  const filter = (change: Partial<ReadyQuery['filters']>) => onChange({ ...query, filters: { ...filters, ...change } });
  return (
    <section className="card no-print ready-filters" aria-label={t('reports.ready.filters')}>
      <div className="report-fields">
        <RangeField range={query.range} dates={dates} onChange={(range) => onChange({ ...query, range })} />
        {view.takes.includes('other_range') && (
          <CompareField
            compare={query.compare}
            dates={compared}
            onChange={(compare) => onChange({ ...query, compare })}
          />
        )}
        {leads && (
          <AgentField value={filters.agents ?? []} isRequired={needsAgent} onChange={(agents) => filter({ agents })} />
        )}
        {leads && !needsAgent && (teams === undefined || teams.length > 1) && (
          <div className="report-field report-field--wide">
            <span>{t('reports.ready.team')}</span>
            <TreeSelect<number[]>
              multiple
              allowClear
              treeData={treeOf(teams ?? [])}
              treeDefaultExpandAll
              showSearch={{ treeNodeFilterProp: 'title' }}
              placeholder={t('reports.ready.allTeams')}
              popupMatchSelectWidth={false}
              maxTagCount="responsive"
              aria-label={t('reports.ready.team')}
              value={filters.teams ?? []}
              onChange={(chosen) => filter({ teams: chosen })}
            />
          </div>
        )}
        {byCampaign && (
          <div className="report-field report-field--wide">
            <span>{t('reports.ready.campaign')}</span>
            <Select<number[]>
              mode="multiple"
              allowClear
              maxTagCount="responsive"
              placeholder={t('reports.ready.allCampaigns')}
              popupMatchSelectWidth={false}
              aria-label={t('reports.ready.campaign')}
              showSearch={{ optionFilterProp: 'label' }}
              options={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
              value={filters.campaigns ?? []}
              onChange={(chosen) => filter({ campaigns: chosen })}
            />
          </div>
        )}
      </div>
    </section>
  );
}

import { useQueries, useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../src/shared/api.js';
import { type CallFilter, getAgent, getReportChoices } from '../api/index.js';
import { useLanguage } from '../i18n/index.js';
import { useTeams } from '../people/ui/data.js';
import { namedIds } from './filter.js';

const OWNERS = ['agent', 'team', 'campaign', 'customer'] as const;
type Owner = (typeof OWNERS)[number];

/** So many are asked for by themselves; of a longer list the rest stand by their ids. */
const ASKED_AT_MOST = 10;

interface Props {
  filter: CallFilter;
  /** Undefined: not known yet. */
  calls: readonly CallView[] | undefined;
  onDrop: (key: Owner) => void;
}

/** Whose calls: a report or a board of several leads here with all of them. The customer only by the masked number. */
export function OwnerTags({ filter, calls, onDrop }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const teams = useTeams();
  const agents = useAgentNames(filter.agent, calls);
  const campaigns = useCampaignNames(filter.campaign, calls);
  const nobody = (id: number) => (id === 0 ? t('common.unassigned') : undefined);
  const nameOf: Record<Owner, (id: number) => string | undefined> = {
    agent: (id) => nobody(id) ?? agents(id),
    team: (id) =>
      nobody(id) ?? teams.find((team) => team.id === id)?.name ?? calls?.find(({ team }) => team.id === id)?.team.name,
    campaign: campaigns,
    // All that are listed are those of the one customer asked for.
    customer: () => calls?.find(({ customer }) => customer !== null)?.customer ?? undefined,
  };
  return OWNERS.map((key) => {
    const ids = filter[key];
    if (ids === undefined) return null;
    return (
      <Tag key={key} closable color="blue" onClose={() => onDrop(key)}>
        {t(`calls.${key}`)}: {calls === undefined ? '…' : namedIds(ids, nameOf[key], language)}
      </Tag>
    );
  });
}

const idsOf = (ids: string | undefined): number[] =>
  (ids ?? '').split(',').flatMap((id) => (/^[1-9]\d*$/.test(id) ? Number(id) : []));

/** Of whom no listed call is the name is asked for. */
function useAgentNames(ids: string | undefined, calls: Props['calls']): (id: number) => string | undefined {
  const listed = (id: number) => calls?.find(({ agent }) => agent?.id === id)?.agent?.name;
  const unknown = calls === undefined ? [] : idsOf(ids).filter((id) => listed(id) === undefined);
  const found = useQueries({
    queries: unknown.slice(0, ASKED_AT_MOST).map((id) => ({
      queryKey: ['organisation', 'agent', id],
      queryFn: () => getAgent(id),
      staleTime: 600_000,
      retry: false,
    })),
  });
  return (id) => listed(id) ?? found.find(({ data }) => data?.id === id)?.data?.name;
}

function useCampaignNames(ids: string | undefined, calls: Props['calls']): (id: number) => string | undefined {
  const listed = (id: number) => calls?.find(({ campaign }) => campaign.id === id)?.campaign.name;
  const { data } = useQuery({
    queryKey: ['reports', 'choices'],
    queryFn: getReportChoices,
    enabled: calls !== undefined && idsOf(ids).some((id) => listed(id) === undefined),
    staleTime: 600_000,
  });
  return (id) => listed(id) ?? data?.campaigns.find((one) => one.id === id)?.name;
}

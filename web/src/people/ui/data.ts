import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Changed, SiteView, TeamView } from '../../../../src/shared/organisation.js';
import { getOrganisation, getSites, getTeams } from '../../api/index.js';
import { useErrorText } from '../../ui/use-error-words.js';

const NO_TEAMS: TeamView[] = [];
const NO_SITES: SiteView[] = [];

/** Teams that are not archived; empty until they are known. */
export function useTeams(): TeamView[] {
  return useQuery({ queryKey: ['organisation', 'teams'], queryFn: () => getTeams() }).data ?? NO_TEAMS;
}

export function useSites(): SiteView[] {
  return useQuery({ queryKey: ['organisation', 'sites'], queryFn: getSites }).data ?? NO_SITES;
}

/** The zone of a team's site; without a team that of the first site. */
export function useZone(teamId?: number): string {
  const teams = useTeams();
  const sites = useSites();
  return teams.find(({ id }) => id === teamId)?.site.timeZone ?? sites[0]?.timeZone ?? 'UTC';
}

/** The currency of the organisation; null until it is known. */
export function useOrganisationCurrency(): string | null {
  return useQuery({ queryKey: ['organisation', 'self'], queryFn: getOrganisation }).data?.currency ?? null;
}

/** What is said after a change: that it is saved, and how many calls it moved. */
export function useDoneText(): (answer: Changed<unknown>) => string {
  const { t } = useTranslation();
  return ({ recount }) => {
    if (recount && !recount.done) return t('people.doneInBackground');
    return recount && recount.calls > 0 ? t('people.doneMoved', { count: recount.calls }) : t('people.done');
  };
}

/** Runs a change that has no form, says what came of it and reads again what is shown. */
export function useChange(): (change: () => Promise<Changed<unknown>>) => Promise<void> {
  const { message } = App.useApp();
  const errorText = useErrorText();
  const doneText = useDoneText();
  const queryClient = useQueryClient();
  return async (change) => {
    try {
      void message.success(doneText(await change()));
    } catch (error) {
      void message.error(errorText(error), 8);
    }
    await queryClient.invalidateQueries();
  };
}

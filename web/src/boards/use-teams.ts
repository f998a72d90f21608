import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/index.js';
import { useTeams } from '../people/ui/data.js';

/** Names of a board's teams as one line; null for the whole organisation. */
export function useTeamNames(ids: readonly number[] | null): string | null {
  const { t } = useTranslation();
  const language = useLanguage();
  const teams = useTeams();
  if (ids === null) return null;
  const names = ids.flatMap((id) => teams.find((team) => team.id === id)?.name ?? []);
  // Teams outside the reader's scope, or archived ones, have no name here.
  return names.length === ids.length
    ? names.join(language === 'zh' ? '、' : ', ')
    : t('boards.teamCount', { count: ids.length });
}

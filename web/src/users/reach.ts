import type { TFunction } from 'i18next';
import type { UserView } from '../../../src/shared/accounts.js';

/** Whose numbers somebody sees, in words. */
export function reachOf({ role, teams, agent }: Pick<UserView, 'role' | 'teams' | 'agent'>, t: TFunction): string {
  switch (role) {
    case 'agent':
      return agent?.name ?? t('access.account.noAgent');
    case 'supervisor':
      return teams.map(({ name }) => name).join(' · ') || t('access.account.noTeams');
    case 'ops':
    case 'auditor':
    case 'admin':
      return t('access.account.everything');
  }
}

import { useQuery } from '@tanstack/react-query';
import { getTeams } from '../api/index.js';
import { isBelow } from '../people/ui/choices.js';

/** A team with those below it, as ids; null: no filter; undefined: not known yet. */
export function useTeamIds(team: number | null): number[] | null | undefined {
  const teams = useQuery({ queryKey: ['organisation', 'teams'], queryFn: () => getTeams(), enabled: team !== null });
  if (team === null) return null;
  const known = teams.data;
  if (known === undefined) return undefined;
  const ids = known.filter((one) => isBelow(one, team, known)).map(({ id }) => id);
  return ids.includes(team) ? ids : [team, ...ids];
}

import { useOrganisationZone } from '../ui/use-zone.js';

/** Today's date where the organisation is; undefined until its zone is known. */
export function useToday(): string | undefined {
  const zone = useOrganisationZone();
  if (zone === undefined) return undefined;
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(new Date());
}

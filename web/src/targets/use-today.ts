import { dateInZone } from '../format/index.js';
import { browserNow } from '../live/clock.js';
import { useOrganisationZone } from '../ui/use-session.js';

/** Today's date where the organisation is; undefined until its zone is known. */
export function useToday(): string | undefined {
  const zone = useOrganisationZone();
  return zone === undefined ? undefined : dateInZone(browserNow(), zone);
}

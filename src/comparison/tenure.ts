/** How long somebody is here, in bands. Pure; dates are business dates. */
import { TENURE_BANDS, type TenureBand } from '../shared/comparison.js';

/** Order in which bands are shown. */
export const BAND_ORDER: readonly TenureBand[] = [...TENURE_BANDS.map(({ id }) => id), 'unknown'];

/** `on`: the last day that counts. Somebody who begins later is in the first band. */
export function bandOf(employedFrom: string | null, on: string): TenureBand {
  if (employedFrom === null) return 'unknown';
  const months = wholeMonths(employedFrom, on);
  return TENURE_BANDS.findLast((band) => months >= band.from)?.id ?? TENURE_BANDS[0].id;
}

/** Completed months: from 31 January the first is over on 28 February. */
function wholeMonths(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split('-').map(Number);
  const lastDay = new Date(Date.UTC(toYear, toMonth, 0)).getUTCDate();
  return (toYear - fromYear) * 12 + toMonth - fromMonth - (toDay < Math.min(fromDay, lastDay) ? 1 : 0);
}

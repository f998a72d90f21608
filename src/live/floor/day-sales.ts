/** Today's sales that count, for tickers and celebrations. Pure; absolute by outcome, so hearing one twice changes nothing. */
import { createHash } from 'node:crypto';
import type { OutcomeChange } from '../../calls/index.js';

export interface DaySale {
  /** Of the outcome: `<source>|<externalId>`. */
  id: string;
  /** Epoch ms. */
  at: number;
  /** When it was counted; of what was read from the database, its own time. */
  seenAt: number;
  agentId: number;
  teamId: number;
  campaignId: number;
  amountMinor: number;
}

export class DaySales {
  private sales = new Map<string, DaySale>();

  constructor(readonly businessDate: string) {}

  all(): Iterable<DaySale> {
    return this.sales.values();
  }

  /** Returns whether anything changed. */
  apply(changes: readonly OutcomeChange[], seenAt: number): boolean {
    let changed = false;
    for (const { old, now } of changes) {
      if (now?.sold && now.businessDate === this.businessDate) {
        const { id, at, agentId, teamId, campaignId, amountMinor } = now;
        const known = this.sales.get(id);
        this.sales.set(id, { id, at, seenAt: known?.seenAt ?? seenAt, agentId, teamId, campaignId, amountMinor });
        changed = true;
      } else if (old !== null || now !== null) {
        changed = this.sales.delete((now ?? old)?.id ?? '') || changed;
      }
    }
    return changed;
  }

  /** Takes over what the database says; what is new there was counted elsewhere, just now. */
  replace(read: readonly Omit<DaySale, 'seenAt'>[], seenAt: number | null): void {
    const before = this.sales;
    this.sales = new Map(
      read.map((sale) => [sale.id, { ...sale, seenAt: before.get(sale.id)?.seenAt ?? seenAt ?? sale.at }]),
    );
  }
}

/** What a wall calls a sale: ids of other systems stay here. */
export function publicIdOf(outcomeId: string): string {
  return createHash('sha256').update(outcomeId).digest('base64url').slice(0, 16);
}

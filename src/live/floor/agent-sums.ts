/** Sums of one business day by agent, of some teams and maybe one campaign, kept up to date by differences. Pure. */
import { CurrencySums } from '../../kpi/catalog/index.js';
import { type DayFacts, isOf, type RowChange, type Teams } from './day-facts.js';

/** Currency of a campaign; null for no campaign. */
export type CurrencyOf = (campaignId: number) => string | null;

/** Time in states is kept without a campaign: it counts whichever campaign is asked for. */
const NO_CAMPAIGN = 0;

export class AgentSums {
  private readonly sums = new Map<number, CurrencySums>();

  constructor(
    readonly facts: DayFacts,
    readonly teams: Teams,
    readonly campaign: number | null,
    private readonly currencyOf: CurrencyOf,
  ) {
    for (const row of facts.rows()) this.rowChanged({ row, before: null });
  }

  /** Whose sums changed; null: the row is of others. */
  rowChanged({ row, before }: RowChange): number | null {
    const { agentId, teamId, campaignId, measures } = row;
    if (!isOf(this.teams, teamId)) return null;
    if (this.campaign !== null && campaignId !== this.campaign && campaignId !== NO_CAMPAIGN) return null;
    const sums = this.sums.get(agentId) ?? new CurrencySums();
    this.sums.set(agentId, sums);
    const currency = this.currencyOf(campaignId);
    if (before !== null) sums.add(currency, before, -1);
    sums.add(currency, measures);
    return agentId;
  }

  /** Null: nothing is counted for them. */
  of(agentId: number): CurrencySums | null {
    return this.sums.get(agentId) ?? null;
  }

  agents(): Iterable<number> {
    return this.sums.keys();
  }
}

/** One's own outcomes as My day shows them. Pure. */
import { isoOf } from '../platform/index.js';
import type { MyCallback } from '../shared/me.js';
import type { CallbackState, OutcomeView } from '../shared/outcomes.js';
import type { MyCallbackRow, MyOutcomeRow } from './my-outcomes.repository.js';

export function outcomeView(row: MyOutcomeRow, customer: string | null, note: string | null): OutcomeView {
  const { id, agentId, teamId, campaignId, dispositionKey, nameEn, nameZh, flags } = row;
  return {
    id,
    externalId: externalIdOf(id),
    at: isoOf(row.at),
    agent: agentId === 0 ? null : { id: agentId, name: row.agentName ?? String(agentId) },
    team: { id: teamId, name: row.teamName ?? String(teamId) },
    campaign: { id: campaignId, name: row.campaignName ?? String(campaignId) },
    callId: row.callKey,
    customer,
    customerId: row.customerRef,
    disposition:
      dispositionKey === null
        ? null
        : { key: dispositionKey, name: { en: nameEn ?? dispositionKey, zh: nameZh ?? dispositionKey }, flags },
    sale: row.sold
      ? {
          amountMinor: row.amountMinor,
          currency: row.currency,
          shares:
            row.revenue.length > 1 ? row.revenue.map(({ agent, minor }) => ({ agentId: agent, share: minor })) : [],
        }
      : null,
    callbackAt: row.callbackAt === null ? null : isoOf(row.callbackAt),
    note,
    cancelled: row.cancelled,
    version: row.version,
    problems: row.problems,
  };
}

/** @param now epoch ms */
export function callbackView(
  row: MyCallbackRow,
  customer: string | null,
  note: string | null,
  now: number,
): MyCallback {
  return {
    outcomeId: row.id,
    externalId: externalIdOf(row.id),
    version: row.version,
    at: isoOf(row.callbackAt),
    state: stateOf(row, now),
    agent: { id: row.agentId, name: row.agentName ?? String(row.agentId) },
    customer,
    customerId: row.customerRef,
    campaign: { id: row.campaignId, name: row.campaignName ?? String(row.campaignId) },
    note,
  };
}

function stateOf({ callbackAt, callbackKept, windowMs }: MyCallbackRow, now: number): CallbackState {
  if (callbackKept) return 'kept';
  if (now > callbackAt + windowMs) return 'missed';
  return now >= callbackAt - windowMs ? 'due' : 'open';
}

/** Ids are `<source>|<external id>`; a source has no bar in it. */
function externalIdOf(id: string): string {
  return id.slice(id.indexOf('|') + 1);
}

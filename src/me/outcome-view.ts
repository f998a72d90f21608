/** One's own outcomes as My day shows them. Pure. */
import { isoOf } from '../platform/index.js';
import type { MyCallback } from '../shared/me.js';
import type { CallbackState, OutcomeView } from '../shared/outcomes.js';
import type { MyCallbackRow, MyOutcomeRow } from './my-outcomes.repository.js';

export function outcomeView(row: MyOutcomeRow, customer: string | null, note: string | null): OutcomeView {
  const { id, agentId, teamId, campaignId } = row;
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
    disposition: dispositionOf(row),
    sale: saleOf(row),
    callbackAt: row.callbackAt === null ? null : isoOf(row.callbackAt),
    note,
    cancelled: row.cancelled,
    version: row.version,
    problems: row.problems,
  };
}

/** One nobody has set up is shown by what was said. */
function dispositionOf({ state, dispositionKey, nameEn, nameZh, flags }: MyOutcomeRow): OutcomeView['disposition'] {
  const key = dispositionKey ?? state.disposition?.value ?? null;
  return key === null ? null : { key, name: { en: nameEn ?? key, zh: nameZh ?? key }, flags };
}

/** As it was told, also where it does not count. */
function saleOf({ state, currency }: MyOutcomeRow): OutcomeView['sale'] {
  const told = state.sale?.value ?? null;
  return told && { amountMinor: told.amountMinor, currency: told.currency ?? currency, shares: told.shares };
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

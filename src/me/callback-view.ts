/** What one promised as My day shows it. Pure. */
import { outcomeView } from '../outcomes/index.js';
import { isoOf } from '../platform/index.js';
import type { MyCallback } from '../shared/me.js';
import type { CallbackState } from '../shared/outcomes.js';
import type { MyPromise } from './my-outcomes.repository.js';

/** @param now epoch ms */
export function callbackView(promise: MyPromise, masked: string | null, note: string | null, now: number): MyCallback {
  const { agentId, agentName } = { ...promise.found.fact, ...promise.found };
  const { id, externalId, version, customer, customerId, campaign } = outcomeView(promise.found, masked, note);
  return {
    outcomeId: id,
    externalId,
    version,
    at: isoOf(promise.callback.at),
    state: stateOf(promise, now),
    agent: { id: agentId, name: agentName ?? String(agentId) },
    customer,
    customerId,
    campaign,
    note,
  };
}

function stateOf({ callback: { at, kept }, windowMs }: MyPromise, now: number): CallbackState {
  if (kept) return 'kept';
  if (now > at + windowMs) return 'missed';
  return now >= at - windowMs ? 'due' : 'open';
}

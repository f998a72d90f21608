/**
 * All that was ever said about one outcome, joined. Pure.
 *
 * Of each field the highest version counts, ties by content; of what has no version the earliest instant, or the union. So
 * `joinOutcomes` is commutative, associative and idempotent: order and repetition cannot matter (design.md, invariant 2).
 */
import { canonical } from './canonical.js';
import type { OutcomeEvent, ToldSale } from './outcome-event.js';

/** One field and the version that said it. */
export interface Versioned<T> {
  v: number;
  value: T;
}

/** How an event named the agent. */
export type ToldAgent = { id: number } | { identity: string } | { tel: string };

export interface OutcomeState {
  id: string;
  /** Earliest receipt of an event that gave no time, epoch ms; places an outcome nothing else places. */
  seenAt: number | null;
  at: Versioned<number> | null;
  agent: Versioned<ToldAgent> | null;
  call: Versioned<string> | null;
  /** Surrogate id; null: a withheld number. */
  customer: Versioned<string | null> | null;
  campaign: Versioned<string> | null;
  disposition: Versioned<string | null> | null;
  sale: Versioned<ToldSale | null> | null;
  callbackAt: Versioned<number | null> | null;
  note: Versioned<boolean> | null;
  cancelled: Versioned<boolean> | null;
  /** Due times whose window is over, ascending. */
  closed: number[];
  /** Highest version of any event. */
  version: number;
}

export function emptyOutcome(id: string): OutcomeState {
  return {
    id,
    seenAt: null,
    at: null,
    agent: null,
    call: null,
    customer: null,
    campaign: null,
    disposition: null,
    sale: null,
    callbackAt: null,
    note: null,
    cancelled: null,
    closed: [],
    version: 0,
  };
}

/** State of an outcome that has seen exactly this event. */
export function outcomeOf(event: OutcomeEvent): OutcomeState {
  const state = emptyOutcome(event.legId);
  const { told } = event;
  if (event.type === 'outcome.callback_closed') {
    if (told.closed !== undefined) state.closed = [told.closed];
    return state;
  }
  const v = told.version;
  const said = <T>(value: T | undefined): Versioned<T> | null => (value === undefined ? null : { v, value });
  state.version = v;
  if (event.occurredAtReceived) state.seenAt = event.occurredAt;
  else state.at = said(event.occurredAt);
  state.agent = said(agentOf(event));
  state.call = said(told.call);
  if (event.to.kind !== 'none') state.customer = said(event.to.kind === 'tel' ? event.to.ref : null);
  state.campaign = said(event.campaignParam ?? undefined);
  state.disposition = said(told.disposition);
  state.sale = said(told.sale);
  state.callbackAt = said(told.callbackAt);
  state.note = said(told.note);
  state.cancelled = said(told.cancelled);
  return state;
}

function agentOf({ told, agentParam, from }: OutcomeEvent): ToldAgent | undefined {
  if (told.agentId !== undefined) return { id: told.agentId };
  if (agentParam !== null) return { identity: agentParam };
  return from.kind === 'tel' ? { tel: from.ref } : undefined;
}

/** Joins two states of the same outcome. */
export function joinOutcomes(a: OutcomeState, b: OutcomeState): OutcomeState {
  return {
    id: a.id,
    seenAt: a.seenAt === null ? b.seenAt : b.seenAt === null ? a.seenAt : Math.min(a.seenAt, b.seenAt),
    at: later(a.at, b.at),
    agent: later(a.agent, b.agent),
    call: later(a.call, b.call),
    customer: later(a.customer, b.customer),
    campaign: later(a.campaign, b.campaign),
    disposition: later(a.disposition, b.disposition),
    sale: later(a.sale, b.sale),
    callbackAt: later(a.callbackAt, b.callbackAt),
    note: later(a.note, b.note),
    cancelled: later(a.cancelled, b.cancelled),
    closed: [...new Set([...a.closed, ...b.closed])].sort((x, y) => x - y),
    version: Math.max(a.version, b.version),
  };
}

function later<T>(a: Versioned<T> | null, b: Versioned<T> | null): Versioned<T> | null {
  if (a === null) return b;
  if (b === null) return a;
  if (a.v !== b.v) return a.v > b.v ? a : b;
  return canonical(a.value) >= canonical(b.value) ? a : b;
}

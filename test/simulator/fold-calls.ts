import type { CallEvent, CallShape, EventParty, LegMap, TranslatedParty } from '../../src/calls/index.js';
import { deriveCall, joinInto, legOf } from '../../src/calls/index.js';
import { translateTwilio } from '../../src/telephony/index.js';

interface Callback {
  rawTarget: string;
  form: readonly (readonly [string, string])[];
}

/**
 * Calls as the product's pure core makes them of callbacks: translated and folded in the order given, no database.
 * Numbers stand for their own surrogates. Progress callbacks only.
 * @throws Error when a callback would be parked
 */
export function foldCalls(callbacks: Iterable<Callback>, receivedAt: number): Map<string, CallShape> {
  const calls = new Map<string, LegMap>();
  const seen = new Set<string>();
  for (const { rawTarget, form } of callbacks) {
    const query = [...new URLSearchParams(rawTarget.split('?')[1] ?? '')];
    const translation = translateTwilio('voice', form, query, { country: 'CN', receivedAt });
    if (!translation.ok) throw new Error(`${translation.reason} ${translation.field ?? ''}`);
    const { occurredAt, from, to, dedupKey, ...rest } = translation.event;
    const key = dedupKey.toString('base64');
    if (seen.has(key)) continue;
    seen.add(key);
    if (occurredAt === null) throw new Error('a callback without a time');
    const event: CallEvent = { ...rest, occurredAt, occurredAtReceived: false, from: stored(from), to: stored(to) };
    // Two levels at most: the parent, where there is one, is the root.
    const root = event.parentLegId ?? event.legId;
    const call = calls.get(root) ?? new Map();
    calls.set(root, call);
    joinInto(call, [legOf(event)]);
  }
  return new Map([...calls].map(([root, legs]) => [root, deriveCall(legs)]));
}

function stored(party: TranslatedParty): EventParty {
  return party.kind === 'tel' ? { kind: 'tel', ref: party.number } : party;
}

/**
 * What becomes of events that name somebody who was erased (docs/privacy.md). Asked only while anybody ever was.
 *
 * - Of a call that is known under the erased surrogate: joins it as before, without body and name.
 * - Of before the erasure, and of no such call: a replay. Dropped; its body would bring the person back.
 * - Later: a new customer, or a new agent, like anybody else.
 */

import type { Queryable } from '../../audit/index.js';
import { type CustomerNumbers, type Erasures } from '../../customers/index.js';
import { legsOf, namesOf, numbersOf, renamed, type Translated } from './families.js';
import type { Entry } from './log-writer.js';
import { numbersMentioned } from './mentions.js';

/** `drop`: acknowledged and counted, nothing kept. Else how the event is kept. */
export type Treatment =
  | { drop: true }
  | {
      drop: false;
      /** The event without the names of erased agents. */
      event: Translated;
      /** Surrogates of erased numbers; they win over those in force. */
      surrogates: ReadonlyMap<string, string>;
      dedupKey: Buffer;
    };

/** Who the legs of a call are known to have named: surrogates of numbers, names of agents. */
interface Named {
  refs: Set<string>;
  names: Set<string>;
}

interface LegNames {
  from?: { ref?: string; identity?: string };
  to?: { ref?: string; identity?: string };
  agentParam?: string | null;
}

export class ErasedEvents {
  constructor(
    private readonly erasures: Erasures,
    private readonly numbers: CustomerNumbers,
    private readonly country: string,
  ) {}

  /** One treatment for each entry that names somebody erased; the others are not in the map. */
  async judge(tx: Queryable, entries: readonly Entry[]): Promise<Map<Entry, Treatment>> {
    const treatments = new Map<Entry, Treatment>();
    if (this.erasures.none) return treatments;
    const hits = entries.filter((entry) => this.namesErased(entry));
    if (hits.length === 0) return treatments;
    const events = hits.flatMap(({ translation }) => (translation.ok ? [translation.event] : []));
    const calls = await namedByCalls(tx, [...new Set(events.flatMap(legsOf))]);
    for (const entry of hits) {
      const { translation, raw } = entry;
      if (!translation.ok) treatments.set(entry, { drop: true });
      else {
        const known = legsOf(translation.event).flatMap((leg) => calls.get(leg) ?? []);
        const treatment = this.treat(translation.event, translation.event.occurredAt ?? raw.receivedAt, known);
        if (treatment !== null) treatments.set(entry, treatment);
      }
    }
    return this.keepWhoCameBack(tx, hits, treatments);
  }

  private namesErased({ raw, translation }: Entry): boolean {
    if (!translation.ok) {
      return [...numbersMentioned(raw, this.country)].some((number) => this.erasures.ofNumber(number).length > 0);
    }
    return (
      numbersOf(translation.event).some((number) => this.erasures.ofNumber(number).length > 0) ||
      namesOf(translation.event).some((name) => this.erasures.ofName(name).length > 0)
    );
  }

  /** Null: nobody erased is meant any more. */
  private treat(event: Translated, occurredAt: number, known: Named[]): Treatment | null {
    const surrogates = new Map<string, string>();
    const pseudonyms = new Map<string, string>();
    let keyId: number | null = null;
    for (const number of numbersOf(event)) {
      const tombstones = this.erasures.ofNumber(number);
      const own = tombstones.find(({ customerId }) => known.some(({ refs }) => refs.has(customerId ?? '')));
      if (own?.customerId) {
        surrogates.set(number, own.customerId);
        keyId ??= own.keyId;
      } else if (tombstones.some(({ erasedAt }) => occurredAt <= erasedAt)) return { drop: true };
    }
    for (const name of namesOf(event)) {
      const tombstones = this.erasures.ofName(name);
      const own = tombstones.find(({ pseudonym }) => known.some(({ names }) => names.has(pseudonym)));
      if (own !== undefined) {
        pseudonyms.set(name, own.pseudonym);
        keyId ??= own.keyId;
      } else if (tombstones.some(({ erasedAt }) => occurredAt <= erasedAt)) return { drop: true };
    }
    if (keyId === null) return null;
    const dedupKey = this.erasures.keyedDedupKey(event.dedupKey, keyId);
    return { drop: false, event: renamed(event, pseudonyms), surrogates, dedupKey };
  }

  /** A request nobody can read the time of, with the number of somebody who is a customer again: parked like others. */
  private async keepWhoCameBack(
    tx: Queryable,
    hits: readonly Entry[],
    treatments: Map<Entry, Treatment>,
  ): Promise<Map<Entry, Treatment>> {
    for (const entry of hits) {
      if (entry.translation.ok) continue;
      const erased = [...numbersMentioned(entry.raw, this.country)].filter(
        (number) => this.erasures.ofNumber(number).length > 0,
      );
      const back = await this.numbers.known(tx, erased);
      if (erased.every((number) => back.has(number))) treatments.delete(entry);
    }
    return treatments;
  }
}

/** Whom the calls of these legs name, folded or still waiting for the fold. */
async function namedByCalls(tx: Queryable, legs: string[]): Promise<Map<string, Named[]>> {
  const { rows } = await tx.query<{ leg: string; legs: LegNames[] }>(
    `SELECT l.leg_id AS leg, c.legs FROM call_leg l JOIN call c ON c.key = l.call_key WHERE l.leg_id = ANY($1::text[])
     UNION ALL
     SELECT leg_id, jsonb_build_array(jsonb_build_object(
       'from', fields->'from', 'to', fields->'to', 'agentParam', fields->'agent'))
     FROM call_event WHERE leg_id = ANY($1::text[])`,
    [legs],
  );
  const result = new Map<string, Named[]>();
  for (const row of rows) {
    const named: Named = { refs: new Set(), names: new Set() };
    for (const { from, to, agentParam } of row.legs) {
      for (const party of [from, to]) {
        if (party?.ref) named.refs.add(party.ref);
        if (party?.identity) named.names.add(party.identity);
      }
      if (agentParam) named.names.add(agentParam);
    }
    result.set(row.leg, [...(result.get(row.leg) ?? []), named]);
  }
  return result;
}

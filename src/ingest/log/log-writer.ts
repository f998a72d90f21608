/**
 * One transaction that makes a group of requests durable: surrogates for their numbers, events with raw bodies and
 * to-do entries, parked requests. Idempotent: repeating it after an unknown outcome adds nothing.
 */
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { TranslatedEvent } from '../../calls/index.js';
import type { CustomerNumbers } from '../../customers/index.js';
import { inTransaction, isoOf, type RawKeys } from '../../platform/index.js';
import type { RawRequest, Translation } from '../translators.port.js';
import { appendEvents, type LogRow, type ParkRow, parkEvents } from './event-log.repository.js';
import { packRaw } from './raw-record.js';
import { numbersOf, toStored } from './stored-event.js';

export interface Entry {
  raw: RawRequest;
  translation: Translation;
}

export type Stored = 'accepted' | 'duplicate' | 'parked';

export const dayOf = (epochMs: number): string => isoOf(epochMs).slice(0, 10);

export class LogWriter {
  constructor(
    private readonly pool: Pool,
    private readonly numbers: CustomerNumbers,
    private readonly rawKeys: RawKeys,
    private readonly country: string,
  ) {}

  async write(entries: Entry[]): Promise<Stored[]> {
    const events = entries.flatMap(({ translation }) => (translation.ok ? [translation.event] : []));
    const sealed = await this.seal(entries);
    const { surrogates, stored } = await inTransaction(this.pool, async (tx) => {
      const surrogates = await this.numbers.surrogates(tx, events.flatMap(numbersOf));
      const { rows, parked } = this.rowsOf(entries, sealed, surrogates);
      const logged = await appendEvents(tx, rows);
      const kept = await parkEvents(tx, parked);
      return { surrogates, stored: outcomes(entries, logged, kept) };
    });
    this.numbers.remember(surrogates);
    return stored;
  }

  private async seal(entries: Entry[]): Promise<Buffer[]> {
    const sealed: Buffer[] = [];
    for (const { raw } of entries) {
      const key = await this.rawKeys.forWriting(dayOf(raw.receivedAt));
      sealed.push(key.encrypt(packRaw(raw.target, raw.body)));
    }
    return sealed;
  }

  /** Distinct rows in key order: what two transactions both write, they write in the same order. */
  private rowsOf(
    entries: Entry[],
    sealed: Buffer[],
    surrogates: ReadonlyMap<string, string>,
  ): { rows: LogRow[]; parked: ParkRow[] } {
    const rows = new Map<string, LogRow>();
    const parked = new Map<string, ParkRow>();
    entries.forEach(({ raw, translation }, i) => {
      const body = sealed[i] ?? Buffer.alloc(0);
      const key = keyOf(raw, translation);
      const id = key.toString('base64');
      if (translation.ok) {
        if (rows.has(id)) return;
        rows.set(id, {
          dedupKey: key,
          event: toStored(translation.event, surrogates, raw.receivedAt, this.country),
          receivedAt: raw.receivedAt,
          raw: { kind: raw.kind, sealed: body },
        });
      } else if (!parked.has(id)) {
        const { reason, field = null } = translation;
        parked.set(id, {
          dedupKey: key,
          provider: raw.provider,
          kind: raw.kind,
          reason,
          field,
          receivedAt: raw.receivedAt,
          sealed: body,
        });
      }
    });
    const inOrder = <T extends { dedupKey: Buffer }>(map: Map<string, T>): T[] =>
      [...map.values()].sort((a, b) => Buffer.compare(a.dedupKey, b.dedupKey));
    return { rows: inOrder(rows), parked: inOrder(parked) };
  }
}

/** The event's own key; for what could not be translated, a hash of the request. */
export function keyOf(raw: RawRequest, translation: { ok: true; event: TranslatedEvent } | { ok: false }): Buffer {
  if (translation.ok) return translation.event.dedupKey;
  return createHash('sha256').update(`parked|${raw.provider}|${raw.kind}|${raw.target}|`).update(raw.body).digest();
}

/** The first entry of a key that was new is accepted, every other one is a duplicate. */
function outcomes(entries: Entry[], logged: Set<string>, kept: Set<string>): Stored[] {
  return entries.map(({ raw, translation }) => {
    const id = keyOf(raw, translation).toString('base64');
    const fresh = translation.ok ? logged : kept;
    if (!fresh.delete(id)) return 'duplicate';
    return translation.ok ? 'accepted' : 'parked';
  });
}

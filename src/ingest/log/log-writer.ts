/**
 * One transaction that makes a group of requests durable: surrogates for their numbers, events with raw bodies and
 * to-do entries, parked requests. Idempotent: repeating it after an unknown outcome adds nothing.
 */
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { OutcomeNotes } from '../../calls/index.js';
import { type CustomerNumbers, type Erasures, ErasuresChangedError } from '../../customers/index.js';
import { type DayKey, inTransaction, isoOf, type RawKeys } from '../../platform/index.js';
import type { RawRequest, Translation } from '../translators.port.js';
import { ErasedEvents, type Treatment } from './erased-events.js';
import { type Appended, appendEvents, type LogRow, type ParkRow, parkEvents } from './event-log.repository.js';
import { isOutcome, numbersOf, type Translated } from './families.js';
import { packRaw } from './raw-record.js';
import type { RecentEvents } from './recent-events.js';
import { type PendingEvent, toStored } from './stored-event.js';

export interface Entry {
  raw: RawRequest;
  translation: Translation;
}

/**
 * Two are acknowledged, counted and not kept. `erased`: it names somebody who was erased, and happened before. `expired`:
 * of a call that retention has removed, seen before or not.
 */
export type Stored = 'accepted' | 'duplicate' | 'parked' | 'erased' | 'expired';

export const dayOf = (epochMs: number): string => isoOf(epochMs).slice(0, 10);

const NO_TREATMENTS: ReadonlyMap<Entry, Treatment> = new Map();

export class LogWriter {
  private readonly erased: ErasedEvents;

  constructor(
    private readonly pool: Pool,
    private readonly numbers: CustomerNumbers,
    private readonly erasures: Erasures,
    private readonly rawKeys: RawKeys,
    private readonly recent: RecentEvents,
    private readonly country: string,
    private readonly notes: OutcomeNotes,
  ) {
    this.erased = new ErasedEvents(erasures, numbers, country);
  }

  async write(entries: Entry[]): Promise<Stored[]> {
    const sealed = await this.seal(entries);
    const keys = entries.map(({ raw, translation }) => keyOf(raw, translation).toString('base64'));
    for (;;) {
      try {
        return await this.writeSealed(entries, keys, sealed);
      } catch (error) {
        if (!(error instanceof ErasuresChangedError)) throw error;
        await this.erasures.load(this.pool);
        this.numbers.forget();
      }
    }
  }

  private async writeSealed(entries: Entry[], keys: string[], sealed: Buffer[]): Promise<Stored[]> {
    // Of before the first look: what becomes known while this is under way was not looked at.
    const { version } = this.erasures;
    const { surrogates, fresh, stored } = await inTransaction(this.pool, async (tx) => {
      const erased = this.erasures.none ? NO_TREATMENTS : await this.erased.judge(tx, entries);
      const surrogates = await this.numbers.surrogates(tx, numbersToStore(entries, erased));
      const { rows, parked } = this.rowsOf(entries, keys, sealed, surrogates, erased);
      const kept = await parkEvents(tx, parked, version);
      if (kept.erasures > version) throw new ErasuresChangedError();
      const logged = await appendEvents(tx, rows, version);
      // Rolls back the numbers, too: one of somebody erased meanwhile must not become a customer's.
      if (logged.erasures > version) throw new ErasuresChangedError();
      await this.notes.keep(tx, notesOf(logged.fresh));
      return {
        surrogates,
        fresh: pendingOf(logged.fresh),
        stored: outcomes(entries, keys, logged, kept.fresh, erased),
      };
    });
    if (this.erasures.version === version) this.numbers.remember(surrogates);
    this.recent.add(fresh);
    return stored;
  }

  private async seal(entries: Entry[]): Promise<Buffer[]> {
    const sealed: Buffer[] = [];
    let key: DayKey | null = null;
    for (const { raw } of entries) {
      const day = dayOf(raw.receivedAt);
      if (key?.day !== day) key = await this.rawKeys.forWriting(day);
      sealed.push(key.encrypt(packRaw(raw.target, raw.body)));
    }
    return sealed;
  }

  /** Distinct rows in key order: what two transactions both write, they write in the same order. */
  private rowsOf(
    entries: Entry[],
    keys: string[],
    sealed: Buffer[],
    surrogates: ReadonlyMap<string, string>,
    erased: ReadonlyMap<Entry, Treatment>,
  ): { rows: LogRow[]; parked: ParkRow[] } {
    const rows = new Map<string, LogRow>();
    const parked = new Map<string, ParkRow>();
    entries.forEach((entry, i) => {
      const { raw, translation } = entry;
      const treatment = erased.get(entry);
      if (treatment?.drop) return;
      const body = sealed[i] ?? Buffer.alloc(0);
      const id = treatment?.dedupKey?.toString('base64') ?? keys[i] ?? '';
      if (translation.ok) {
        if (rows.has(id)) return;
        rows.set(id, {
          dedupKey: treatment?.dedupKey ?? translation.event.dedupKey,
          event: toStored(
            treatment?.event ?? translation.event,
            treatment === undefined ? surrogates : new Map([...surrogates, ...treatment.surrogates]),
            raw.receivedAt,
            this.country,
          ),
          receivedAt: raw.receivedAt,
          // A body would name whoever was erased.
          raw: treatment === undefined ? { kind: raw.kind, sealed: body } : null,
          note: treatment === undefined && isOutcome(translation.event) ? translation.event.note : null,
        });
      } else if (!parked.has(id)) {
        const { reason, field = null } = translation;
        parked.set(id, {
          dedupKey: keyOf(raw, translation),
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
export function keyOf(raw: RawRequest, translation: { ok: true; event: Translated } | { ok: false }): Buffer {
  if (translation.ok) return translation.event.dedupKey;
  return createHash('sha256').update(`parked|${raw.provider}|${raw.kind}|${raw.target}|`).update(raw.body).digest();
}

/** Numbers that get a surrogate in force now: those of nobody erased, and of people who came back. */
function numbersToStore(entries: Entry[], erased: ReadonlyMap<Entry, Treatment>): string[] {
  return entries.flatMap((entry) => {
    if (!entry.translation.ok) return [];
    const numbers = numbersOf(entry.translation.event);
    const treatment = erased.get(entry);
    if (treatment === undefined) return numbers;
    return treatment.drop ? [] : numbers.filter((number) => !treatment.surrogates.has(number));
  });
}

/** Of what was new, by event id. */
function notesOf(logged: Map<LogRow, string>): Map<string, string> {
  return new Map([...logged].flatMap(([{ note }, id]) => (note ? [[id, note] as const] : [])));
}

function pendingOf(logged: Map<LogRow, string>): PendingEvent[] {
  const pending: PendingEvent[] = [];
  for (const [{ event, receivedAt }, id] of logged) {
    const { provider, account, type, legId, parentLegId, partition, occurredAt, fields } = event;
    pending.push({ id, provider, account, type, legId, parentLegId, partition, occurredAt, receivedAt, fields });
  }
  return pending;
}

/** The first entry of a key that was new is accepted, every other one is a duplicate. */
function outcomes(
  entries: Entry[],
  keys: string[],
  logged: Pick<Appended, 'fresh' | 'expired'>,
  kept: Set<string>,
  erased: ReadonlyMap<Entry, Treatment>,
): Stored[] {
  const keysOf = (rows: Iterable<LogRow>): Set<string> =>
    new Set([...rows].map(({ dedupKey }) => dedupKey.toString('base64')));
  const accepted = keysOf(logged.fresh.keys());
  const expired = keysOf(logged.expired);
  return entries.map((entry, i) => {
    const { translation } = entry;
    const treatment = erased.get(entry);
    if (treatment?.drop) return 'erased';
    const id = treatment?.dedupKey?.toString('base64') ?? keys[i] ?? '';
    if (translation.ok && expired.has(id)) return 'expired';
    if (!(translation.ok ? accepted : kept).delete(id)) return 'duplicate';
    return translation.ok ? 'accepted' : 'parked';
  });
}

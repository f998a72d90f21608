/** Notes of outcomes: personal data, sealed, each kept with the event that brought it, in the transaction that logs it. */
import type { PoolClient } from 'pg';
import type { Keys } from '../../platform/index.js';

type Queryable = Pick<PoolClient, 'query'>;

export const NOTE_SEAL = { purpose: 'outcome-note', context: (eventId: string) => `outcome_note:${eventId}` } as const;

export class OutcomeNotes {
  constructor(private readonly keys: Keys) {}

  /** By event id. Those whose event is already there are left alone. */
  async keep(tx: Queryable, notes: ReadonlyMap<string, string>): Promise<void> {
    if (notes.size === 0) return;
    const ids = [...notes.keys()].sort((a, b) => Number(a) - Number(b));
    const sealed = ids.map((id) => this.keys.encrypt(NOTE_SEAL.purpose, notes.get(id) ?? '', NOTE_SEAL.context(id)));
    await tx.query(
      `INSERT INTO outcome_note (event_id, sealed) SELECT * FROM unnest($1::bigint[], $2::bytea[]) ON CONFLICT DO NOTHING`,
      [ids, sealed],
    );
  }

  /**
   * The note of each outcome as it stands, by outcome id: of the event with the version that counts, where several have it
   * the one that sorts last. Outcomes without one, and those whose note was erased, are not in it.
   */
  async read(db: Queryable, outcomeIds: readonly string[]): Promise<Map<string, string>> {
    const result = new Map<string, string>();
    if (outcomeIds.length === 0) return result;
    const { rows } = await db.query<{ id: string; event: string; sealed: Buffer }>(
      `SELECT o.id, e.id::text AS event, n.sealed FROM outcome o JOIN call_event e ON e.leg_id = o.id
       JOIN outcome_note n ON n.event_id = e.id
       WHERE o.id = ANY($1::text[]) AND o.has_note AND e.fields->'outcome'->'version' = o.state->'note'->'v'`,
      [[...outcomeIds]],
    );
    for (const { id, event, sealed } of rows) {
      const text = this.keys.decrypt(NOTE_SEAL.purpose, sealed, NOTE_SEAL.context(event)).toString('utf8');
      const known = result.get(id);
      if (known === undefined || text > known) result.set(id, text);
    }
    return result;
  }
}

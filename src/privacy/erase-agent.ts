/**
 * Erases an agent as a person: name, names in phone systems, own phone numbers, dates, leave, link to an account, and the
 * received bodies of their calls. Calls and sums stay, of "Former agent #id": in events and calls each name is replaced by
 * a pseudonym that belongs to the same agent, so that nothing counts differently. See docs/privacy.md.
 *
 * Works in three steps that may be cut off and begun again: pseudonyms become addresses of the agent; call by call the
 * names are replaced; then, with the fold and the log held, the rest, and the names go.
 */
import type { PoolClient } from 'pg';
import { agentNameText } from '../customers/index.js';
import { lockFold, numbersMentioned, valuesOf } from '../ingest/index.js';
import { AppError, inTransaction, isoOf } from '../platform/index.js';
import type { AuditActor } from '../shared/audit.js';
import type { EraseReason, ErasurePreview, ErasureResult } from '../shared/privacy.js';
import type { Pseudonyms } from './agent-names.js';
import { buryNumber, type Gone, insertErasure, lockLog } from './burial.js';
import { type ErasureParts, forgetCustomerEvents } from './erase-customer.js';
import { type ErasedAgent, findAgent, forgetAgent, type OwnNumber, ownNumbersOf } from './erased-agent.repository.js';
import { lastId, SCAN_CHUNK, SCAN_MARGIN } from './forget-events.js';
import { forgetStates } from './forget-states.js';
import type { NamesThem } from './parked-bodies.js';
import { legsNaming, renameInCalls } from './rename-agent.js';

/** Legs whose calls are rewritten in one transaction: well under half a second. */
const LEGS_AT_ONCE = 200;

export class EraseAgent {
  constructor(
    private readonly parts: ErasureParts,
    /** Tells the boards of this process that names changed. */
    private readonly renamed: () => void,
  ) {}

  /** Throws `not_found`. */
  async preview(id: number): Promise<ErasurePreview> {
    const agent = await this.find(id);
    const { rows } = await this.parts.pool.query<{ calls: number; events: number; bodies: number; accounts: number }>(
      `WITH events AS (
         SELECT e.id, e.received_at FROM call c CROSS JOIN jsonb_array_elements(c.legs) AS o
         JOIN call_event e ON e.leg_id = o->>'id' WHERE c.agent_id = $1
       )
       SELECT (SELECT count(*) FROM call WHERE agent_id = $1)::integer AS calls,
         (SELECT count(*) FROM events)::integer AS events,
         (SELECT count(*) FROM events e JOIN raw_body r ON r.event_id = e.id AND r.received_at = e.received_at)::integer AS bodies,
         (SELECT count(*) FROM app_user WHERE agent_id = $1)::integer AS accounts`,
      [id],
    );
    const { calls = 0, events = 0, bodies = 0, accounts = 0 } = rows[0] ?? {};
    return {
      kind: 'agent',
      id: String(id),
      label: agent.name,
      erasedAt: agent.erasedAt?.toISOString() ?? null,
      goes: { identifiers: agent.erasedAt === null ? 1 + agent.addresses.length : 0, bodies, accounts },
      stays: { calls, events },
    };
  }

  /** Throws `not_found`, `already_erased`. */
  async erase(id: number, reason: EraseReason, actor: AuditActor): Promise<ErasureResult> {
    const { pool, erasures, keys, numbers, clock, audit, signals } = this.parts;
    const agent = await this.find(id);
    if (agent.erasedAt !== null) throw new AppError('already_erased');
    const { keyId } = keys;
    const gone: Gone = { bodies: 0, parked: 0 };
    const events = await lastId(pool, 'call_event');
    const parked = await lastId(pool, 'parked_event');
    const names = await this.addPseudonyms(agent);
    for (let from = 0; from < events; from += SCAN_CHUNK) {
      await this.renameBetween(names, from, Math.min(from + SCAN_CHUNK, events), gone);
    }
    const phones = await ownNumbersOf(pool, id);
    const namesThem = this.requestNames([...names.keys()], phones);
    gone.parked += await this.parts.parked.forget(pool, 0, namesThem, keyId);
    for (const phone of phones) {
      for (let from = 0; from < events; from += SCAN_CHUNK) {
        const range = { after: from, upTo: Math.min(from + SCAN_CHUNK, events) };
        gone.bodies += await inTransaction(pool, (tx) => forgetCustomerEvents(tx, erasures, phone, range));
      }
    }
    const erasedAt = await inTransaction(pool, async (tx) => {
      await lockFold(tx);
      await lockLog(tx);
      // Somebody else may have been faster, or merged them into another.
      if ((await findAgent(tx, id))?.erasedAt !== null) throw new AppError('already_erased');
      const now = clock.now();
      const last = await lastId(tx, 'call_event');
      const tail = { after: Math.max(0, events - SCAN_MARGIN), upTo: last };
      const legs = await legsNaming(tx, [...names.keys()], tail.after, tail.upTo);
      gone.bodies += await renameInCalls(tx, legs, { names, erasures, keyId });
      gone.parked += await this.parts.parked.forget(tx, Math.max(0, parked - SCAN_MARGIN), namesThem, keyId);
      const erasure = {
        id: await insertErasure(tx, { kind: 'agent', subject: String(id), reason, now, ...gone }),
        now,
      };
      for (const phone of phones) {
        gone.bodies += await forgetCustomerEvents(tx, erasures, phone, tail);
        await buryNumber(tx, phone, erasure);
      }
      await this.buryNames(tx, id, names, erasure);
      gone.bodies += await forgetStates(tx, id);
      await forgetAgent(tx, id, [...names.keys()]);
      await tx.query('UPDATE organisation SET version = version + 1');
      await tx.query(signals.statement, signals.values('erased'));
      await tx.query(signals.statement, signals.values('folded'));
      const subject = { kind: 'agent', id: String(id) };
      const after = { reason, name: '•', addresses: names.size, numbers: phones.length, ...gone };
      await audit.record(tx, { actor, action: 'agent.erased', subject, outcome: 'done', after });
      return now;
    });
    await erasures.load(pool);
    numbers.forget();
    this.renamed();
    return { id: String(id), erasedAt: isoOf(erasedAt), ...gone };
  }

  private async find(id: number): Promise<ErasedAgent> {
    const agent = await findAgent(this.parts.pool, id);
    if (agent === null) throw new AppError('not_found');
    return agent;
  }

  /** From now on the pseudonyms mean the agent too: calls keep counting for them while they are being rewritten. */
  private addPseudonyms({ id, addresses }: ErasedAgent): Promise<Pseudonyms> {
    return inTransaction(this.parts.pool, async (tx) => {
      await lockFold(tx);
      const names = new Map<string, string>();
      for (const { scheme, value } of addresses) {
        // A pseudonym of an attempt that was cut off stays what it is.
        const own =
          (scheme === 'identity' || scheme === 'worker' || scheme === 'crm') &&
          !addresses.some((a) => this.parts.erasures.pseudonymOf(id, a.value) === value);
        if (own) names.set(value, this.parts.erasures.pseudonymOf(id, value));
      }
      await tx.query(
        `INSERT INTO agent_address (scheme, value, agent_id) SELECT 'identity', u.v, $1 FROM unnest($2::text[]) AS u(v)
         ON CONFLICT (scheme, value) DO NOTHING`,
        [id, [...names.values()]],
      );
      await tx.query('UPDATE organisation SET version = version + 1');
      return names;
    });
  }

  private async renameBetween(names: Pseudonyms, after: number, upTo: number, gone: Gone): Promise<void> {
    if (names.size === 0) return;
    const { pool, erasures, keys } = this.parts;
    const legs = await legsNaming(pool, [...names.keys()], after, upTo);
    for (let at = 0; at < legs.length; at += LEGS_AT_ONCE) {
      gone.bodies += await inTransaction(pool, async (tx) => {
        await lockFold(tx);
        // The fold forgets the events it holds in memory: they carry the name still.
        await tx.query('UPDATE organisation SET version = version + 1');
        return renameInCalls(tx, legs.slice(at, at + LEGS_AT_ONCE), { names, erasures, keyId: keys.keyId });
      });
    }
  }

  private async buryNames(
    tx: PoolClient,
    agentId: number,
    names: Pseudonyms,
    erasure: { id: number; now: number },
  ): Promise<void> {
    for (const [name, pseudonym] of names) {
      await tx.query(
        `INSERT INTO agent_tombstone (name_index, index_key_id, agent_id, pseudonym, erased_at, erasure_id)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [
          this.parts.keys.blindIndex(agentNameText(name)),
          this.parts.keys.keyId,
          agentId,
          pseudonym,
          new Date(erasure.now),
          erasure.id,
        ],
      );
    }
  }

  /** A short name may be part of anything: it counts only as a whole value, or as a softphone or SIP address. */
  private requestNames(names: string[], phones: OwnNumber[]): NamesThem {
    const numbers = phones.map(({ index, cipher }) =>
      this.parts.numbers.reveal({ blind_index: index, number_cipher: cipher }),
    );
    const isName = (value: string): boolean => {
      const sip = /^sips?:(.*)$/is.exec(value)?.[1];
      return names.some((name) => value === name || value === `client:${name}` || sip?.startsWith(`${name}@`) === true);
    };
    return (request) => {
      if (valuesOf(request).some(isName)) return true;
      if (numbers.length === 0) return false;
      const mentioned = numbersMentioned(request, this.parts.country);
      return numbers.some((number) => number !== null && mentioned.has(number));
    };
  }
}

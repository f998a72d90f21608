/** The status switch: what somebody says of themself goes into the log like any event. */
import type { Pool } from 'pg';
import type { AuditLog } from '../../audit/index.js';
import { AppError, type Clock, inTransaction, isoOf, READ_SNAPSHOT } from '../../platform/index.js';
import type { AuditActor } from '../../shared/audit.js';
import { AGENT_STATES, type ChosenState, type PresenceView } from '../../shared/presence.js';
import { presencesNow } from '../facts/apply-presence.js';
import { openIntervals } from '../facts/interval.repository.js';
import { presencesOf } from '../facts/presence.repository.js';
import { switchStream } from '../presence-event.js';
import { openStart } from '../spans/open-span.js';
import type { SayState } from './ports.js';

export class OwnStateService {
  constructor(
    private readonly pool: Pool,
    private readonly say: SayState,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Throws `not_an_agent`. */
  async read(agentId: number | null): Promise<PresenceView> {
    const id = requireAgentId(agentId);
    const row = (await inTransaction(this.pool, (tx) => presencesOf(tx, [id]), READ_SNAPSHOT)).get(id);
    return view(id, row?.state ?? null, row?.reason ?? null, row?.since ?? null);
  }

  /**
   * Durable when this resolves. The answer is what holds then: a call or a phone system may say something that counts
   * before. Throws `not_an_agent`, `reason_required`, `reason_unknown`.
   */
  async set(actor: AuditActor, agentId: number | null, state: ChosenState, reason?: string): Promise<PresenceView> {
    const id = requireAgentId(agentId);
    const chosen = state === 'paused' ? await this.requireReason(reason) : undefined;
    const at = this.clock.now();
    await this.say({ agentId: id, state, ...(chosen === undefined ? {} : { reason: chosen }), at });
    this.audit.note({
      actor,
      action: 'status.set',
      subject: { kind: 'agent', id: String(id) },
      outcome: 'done',
      after: { state, reason: chosen ?? null },
    });
    return this.expected(id, { state, reason: chosen ?? null, at });
  }

  /** What will hold once it is folded: everything else that is open, and this. */
  private expected(id: number, said: { state: ChosenState; reason: string | null; at: number }): Promise<PresenceView> {
    return inTransaction(
      this.pool,
      async (tx) => {
        const others = (await openIntervals(tx, [id])).filter(({ stream }) => stream !== switchStream(id));
        const own = { state: said.state, reason: said.reason, from: said.at, to: Infinity, callKey: null };
        const start = openStart([...others, own], AGENT_STATES);
        if (start === null) return view(id, 'offline', null, said.at);
        if (start.state === said.state) return view(id, said.state, start.reason, Math.max(start.since, said.at));
        const now = (await presencesNow(tx, [id])).get(id);
        return view(id, start.state, start.reason, now?.state === start.state ? now.since : start.since);
      },
      READ_SNAPSHOT,
    );
  }

  private async requireReason(reason: string | undefined): Promise<string | undefined> {
    const { rows } = await this.pool.query<{ key: string }>(
      'SELECT key FROM pause_reason WHERE NOT archived ORDER BY position, key',
    );
    const keys = rows.map(({ key }) => key).join(', ');
    if (reason === undefined) {
      if (rows.length > 0) throw new AppError('reason_required', { field: 'reason', params: { keys } });
      return undefined;
    }
    if (!rows.some(({ key }) => key === reason)) {
      throw new AppError('reason_unknown', {
        field: 'reason',
        params: { key: reason.slice(0, 40), keys: keys || '–' },
      });
    }
    return reason;
  }
}

function requireAgentId(agentId: number | null): number {
  if (agentId === null) throw new AppError('not_an_agent');
  return agentId;
}

function view(
  agentId: number,
  state: PresenceView['state'],
  reason: string | null,
  since: number | null,
): PresenceView {
  return { agentId, state, reason, since: since === null ? null : isoOf(since) };
}

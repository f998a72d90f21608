/**
 * People on the phone. What moves calls of the past: addresses, confirming somebody new, merging. What counts from then
 * on: the team. What moves nothing: name, status, display, employment.
 */
import type { PoolClient } from 'pg';
import { AppError, type Clock } from '../../platform/index.js';
import type { AuditActor } from '../../shared/audit.js';
import type {
  AddressCreate,
  AgentConfirm,
  AgentCreate,
  AgentDetail,
  AgentPatch,
  Changed,
  MembershipCreate,
} from '../../shared/organisation.js';
import type { Affected } from '../attribution.port.js';
import { changedFields } from '../input.js';
import type { OwnNumbers } from '../own-numbers.port.js';
import type { SettingsChanges } from '../settings-changes.js';
import { loadTeamTree } from '../teams/teams.repository.js';
import { requireOpenTeam } from '../teams/teams.service.js';
import { readStillToCome, readValidFrom, validFromText } from '../valid-from.js';
import { type ReadAddress, readAddresses } from './addresses.js';
import type { AgentViews } from './agent-views.js';
import {
  type AgentFields,
  type AgentRow,
  addressesOf,
  deleteMembership,
  findAddress,
  findAgents,
  insertAgents,
  membershipsOf,
  putAddresses,
  putMemberships,
  updateAgents,
} from './agents.repository.js';

/** In the audit log a personal field says that it changed, not to what. */
const HIDDEN = '•';

export class AgentsService {
  constructor(
    private readonly changes: SettingsChanges,
    private readonly views: AgentViews,
    private readonly numbers: OwnNumbers,
    private readonly clock: Clock,
  ) {}

  create(actor: AuditActor, body: AgentCreate): Promise<Changed<AgentDetail>> {
    requireOrder(body.employedFrom ?? null, body.employedUntil ?? null);
    return this.changes.run(actor, async (tx) => {
      requireOpenTeam(await loadTeamTree(tx), body.teamId);
      const addresses = await readAddresses(tx, this.numbers, body.addresses ?? [], 'addresses');
      for (const { scheme, value } of addresses) {
        const taken = await findAddress(tx, scheme, value);
        if (taken !== null) throw takenBy(taken.agentId, 'addresses');
      }
      const [id] = await insertAgents(tx, [
        {
          name: body.name,
          status: 'active',
          display: body.display ?? 'public',
          employedFrom: body.employedFrom ?? null,
          employedUntil: body.employedUntil ?? null,
        },
      ]);
      if (id === undefined) throw new Error('An agent was not made');
      await putMemberships(tx, [{ agentId: id, teamId: body.teamId, validFrom: null }]);
      await putAddresses(
        tx,
        addresses.map((address) => ({ agentId: id, ...address })),
      );
      const after = { name: HIDDEN, teamId: body.teamId, addresses: addresses.map(({ kind }) => kind) };
      return {
        affected: affectedBy(addresses),
        audit: [{ action: 'agent.created', subject: subjectOf(id), after }],
        result: () => this.detail(tx, id),
      };
    });
  }

  change(actor: AuditActor, id: number, patch: AgentPatch): Promise<Changed<AgentDetail>> {
    return this.changes.run(actor, async (tx) => {
      const old = await requireChangeable(tx, id, this.clock.now());
      const before: AgentFields = {
        name: old.name,
        status: old.status,
        display: old.display,
        employedFrom: old.employedFrom,
        employedUntil: old.employedUntil,
      };
      const changed = changedFields(before, patch);
      const now = { ...before, ...changed };
      requireOrder(now.employedFrom, now.employedUntil);
      await updateAgents(tx, [{ id, ...now }]);
      return {
        audit: [
          {
            action: 'agent.changed',
            subject: subjectOf(id),
            before: hidden(changed, before),
            after: hidden(changed, now),
          },
        ],
        result: () => this.detail(tx, id),
      };
    });
  }

  /** Who a new agent is and where it belongs, from its first call on. */
  confirm(actor: AuditActor, id: number, { name, teamId }: AgentConfirm): Promise<Changed<AgentDetail>> {
    return this.changes.run(actor, async (tx) => {
      const old = await requireChangeable(tx, id, this.clock.now());
      if (old.status !== 'new') throw new AppError('agent_not_new');
      requireOpenTeam(await loadTeamTree(tx), teamId);
      await tx.query('DELETE FROM team_membership WHERE agent_id = $1', [id]);
      await putMemberships(tx, [{ agentId: id, teamId, validFrom: null }]);
      const { display, employedFrom, employedUntil } = old;
      await updateAgents(tx, [{ id, name, status: 'active', display, employedFrom, employedUntil }]);
      return {
        affected: [{ from: null, agents: [id] }],
        audit: [
          {
            action: 'agent.changed',
            subject: subjectOf(id),
            before: { name: HIDDEN, status: 'new', teamId: old.teamId },
            after: { name: HIDDEN, status: 'active', teamId },
          },
        ],
        result: () => this.detail(tx, id),
      };
    });
  }

  move(actor: AuditActor, id: number, body: MembershipCreate): Promise<Changed<AgentDetail>> {
    return this.changes.run(actor, async (tx) => {
      const validFrom = readValidFrom(body.validFrom, this.clock.now());
      await requireChangeable(tx, id, this.clock.now());
      requireOpenTeam(await loadTeamTree(tx), body.teamId);
      const memberships = await membershipsOf(tx, [id]);
      const before = memberships.findLast((membership) => membership.validFrom <= validFrom);
      await putMemberships(tx, [{ agentId: id, teamId: body.teamId, validFrom }]);
      return {
        affected: [{ from: validFrom, agents: [id] }],
        audit: [
          {
            action: 'agent.moved',
            subject: subjectOf(id),
            before: { teamId: before?.teamId ?? 0 },
            after: { teamId: body.teamId, validFrom: validFromText(validFrom) },
          },
        ],
        result: () => this.detail(tx, id),
      };
    });
  }

  removeMove(actor: AuditActor, id: number, validFromParameter: string): Promise<Changed<AgentDetail>> {
    return this.changes.run(actor, async (tx) => {
      const validFrom = readStillToCome(validFromParameter, this.clock.now());
      await requireChangeable(tx, id, this.clock.now());
      if (!(await deleteMembership(tx, id, validFrom))) throw new AppError('not_found');
      return {
        affected: [{ from: validFrom, agents: [id] }],
        audit: [
          {
            action: 'agent.moved',
            subject: subjectOf(id),
            before: { validFrom: validFromText(validFrom) },
            after: null,
          },
        ],
        result: () => this.detail(tx, id),
      };
    });
  }

  addAddress(actor: AuditActor, id: number, body: AddressCreate): Promise<Changed<AgentDetail>> {
    return this.changes.run(actor, async (tx) => {
      await requireChangeable(tx, id, this.clock.now());
      const field = body.numberRef === undefined ? 'value' : 'numberRef';
      const addresses = await readAddresses(tx, this.numbers, [body], field);
      const [address] = addresses;
      if (address === undefined) throw new Error('An address was not read');
      const owner = await findAddress(tx, address.scheme, address.value);
      if (owner !== null && owner.agentId !== id && body.move !== true) throw takenBy(owner.agentId, field);
      await putAddresses(tx, [{ agentId: id, ...address }]);
      return {
        // What belonged to somebody is found by that agent; what belonged to nobody only in the calls themselves.
        affected: owner === null ? affectedBy(addresses) : [{ from: null, agents: [owner.agentId] }],
        audit: [
          {
            action: 'address.assigned',
            subject: subjectOf(id),
            before: { agentId: owner?.agentId ?? null },
            after: { agentId: id, kind: address.kind },
          },
        ],
        result: () => this.detail(tx, id),
      };
    });
  }

  removeAddress(actor: AuditActor, id: number, addressId: number): Promise<Changed<AgentDetail>> {
    return this.changes.run(actor, async (tx) => {
      await requireChangeable(tx, id, this.clock.now());
      const address = (await addressesOf(tx, [id])).find((row) => row.id === addressId);
      if (address === undefined) throw new AppError('not_found');
      await tx.query('DELETE FROM agent_address WHERE id = $1', [addressId]);
      return {
        affected: [{ from: null, agents: [id] }],
        audit: [
          { action: 'address.removed', subject: subjectOf(id), before: { kind: address.kind, addressId }, after: null },
        ],
        result: () => this.detail(tx, id),
      };
    });
  }

  private async detail(tx: PoolClient, id: number): Promise<AgentDetail> {
    const detail = await this.views.detail(tx, id, new Date(this.clock.now()));
    if (detail === null) throw new AppError('not_found');
    return detail;
  }
}

/** An agent people may still change; locked to the end of the transaction. */
export async function requireChangeable(tx: PoolClient, id: number, now: number): Promise<AgentRow> {
  await tx.query('SELECT 1 FROM agent WHERE id = $1 FOR UPDATE', [id]);
  const [agent] = await findAgents(tx, [id], new Date(now));
  if (agent === undefined) throw new AppError('not_found');
  if (agent.status === 'merged' || agent.status === 'erased') throw new AppError('agent_gone');
  return agent;
}

/** What names an address nobody had. */
export function affectedBy(addresses: readonly ReadAddress[]): Affected[] {
  const named = addresses.map(({ scheme, value }) => ({ scheme, value }));
  return named.length === 0 ? [] : [{ from: null, addresses: named }];
}

function takenBy(agentId: number, field: string): AppError {
  return new AppError('address_taken', { field, params: { id: agentId } });
}

export function requireOrder(from: string | null, until: string | null): void {
  if (from !== null && until !== null && until < from) throw new AppError('dates_reversed', { field: 'employedUntil' });
}

function hidden(changed: Partial<AgentFields>, values: AgentFields): Record<string, string | null> {
  const shown = (key: keyof AgentFields): string | null =>
    key === 'status' || key === 'display' ? values[key] : values[key] === null ? null : HIDDEN;
  return Object.fromEntries((Object.keys(changed) as (keyof AgentFields)[]).map((key) => [key, shown(key)]));
}

export function subjectOf(id: number): { kind: string; id: string } {
  return { kind: 'agent', id: String(id) };
}

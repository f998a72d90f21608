/** Agents as people see them: numbers masked. */
import { NO_NUMBER } from '../../shared/mask-number.js';
import type { AgentAddressView, AgentDetail, AgentView } from '../../shared/organisation.js';
import type { OwnNumbers } from '../own-numbers.port.js';
import type { Queryable } from '../teams/teams.repository.js';
import { validFromText } from '../valid-from.js';
import {
  type AddressRow,
  type AgentRow,
  addressesOf,
  callsOf,
  findAgents,
  membershipsOf,
} from './agents.repository.js';

export class AgentViews {
  constructor(private readonly numbers: OwnNumbers) {}

  async ofRows(db: Queryable, rows: readonly AgentRow[]): Promise<AgentView[]> {
    const addresses = await this.addresses(
      db,
      rows.map((row) => row.id),
    );
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      status: row.status,
      display: row.display,
      team: { id: row.teamId, name: row.teamName },
      employedFrom: row.employedFrom,
      employedUntil: row.employedUntil,
      mergedInto: row.mergedInto === null ? null : { id: row.mergedInto, name: row.mergedName ?? '' },
      createdAt: row.createdAt.toISOString(),
      addresses: addresses.get(row.id) ?? [],
    }));
  }

  /** Null for what is no agent. */
  async detail(db: Queryable, id: number, now: Date): Promise<AgentDetail | null> {
    const [view] = await this.ofRows(db, await findAgents(db, [id], now));
    if (view === undefined) return null;
    const memberships = await membershipsOf(db, [id]);
    const calls = (await callsOf(db, [id])).get(id);
    return {
      ...view,
      memberships: memberships.map(({ validFrom, teamId, teamName }) => ({
        validFrom: validFromText(validFrom),
        team: { id: teamId, name: teamName },
      })),
      calls: {
        count: calls?.count ?? 0,
        firstAt: calls?.firstAt?.toISOString() ?? null,
        lastAt: calls?.lastAt?.toISOString() ?? null,
      },
    };
  }

  async addresses(db: Queryable, agents: readonly number[]): Promise<Map<number, AgentAddressView[]>> {
    const rows = await addressesOf(db, agents);
    const masks = await this.numbers.masked(
      db,
      rows.filter((row) => row.kind === 'number').map((row) => row.value),
    );
    const byAgent = new Map<number, AgentAddressView[]>();
    for (const row of rows) {
      const list = byAgent.get(row.agentId) ?? [];
      list.push({ id: row.id, kind: row.kind, value: textOf(row, masks) });
      byAgent.set(row.agentId, list);
    }
    return byAgent;
  }
}

function textOf(row: AddressRow, masks: ReadonlyMap<string, string>): string {
  return row.kind === 'number' ? (masks.get(row.value) ?? NO_NUMBER) : row.value;
}

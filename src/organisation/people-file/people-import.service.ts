/**
 * People from a file: all of it or nothing, and the same file twice changes nothing the second time. Nothing is taken
 * away: an address that is not in the file stays, an empty cell changes nothing.
 */
import type { Pool, PoolClient } from 'pg';
import { type Clock, inTransaction } from '../../platform/index.js';
import type { AuditActor } from '../../shared/audit.js';
import type { PeopleImport } from '../../shared/organisation.js';
import {
  type AgentFields,
  addressesOf,
  insertAgents,
  membershipsOf,
  putAddresses,
  putMemberships,
  updateAgents,
} from '../agents/agents.repository.js';
import type { Affected } from '../attribution.port.js';
import type { OwnNumbers } from '../own-numbers.port.js';
import type { SettingsChanges } from '../settings-changes.js';
import { loadTeamTree, newAgentsTeam } from '../teams/teams.repository.js';
import { readValidFrom } from '../valid-from.js';
import { type PeopleRow, readPeopleCsv } from './people-csv.js';
import { type Known, type KnownAgent, type Plan, type PlannedRow, planPeople } from './people-plan.js';

const SHOWN_MAX = 200;

/** Leaves the transaction without its changes. */
class NotApplied extends Error {
  constructor(readonly report: PeopleImport) {
    super('Nothing is to be changed');
  }
}

export class PeopleImportService {
  constructor(
    private readonly pool: Pool,
    private readonly changes: SettingsChanges,
    private readonly clock: Clock,
    private readonly numbers: OwnNumbers,
  ) {}

  async run(actor: AuditActor, file: Buffer, dryRun: boolean): Promise<PeopleImport> {
    const rows = readPeopleCsv(file);
    try {
      if (dryRun) {
        return await inTransaction(this.pool, async (tx) => {
          throw new NotApplied(reportOf(await this.plan(tx, rows), rows, true));
        });
      }
      return await this.apply(actor, rows);
    } catch (error) {
      if (error instanceof NotApplied) return error.report;
      throw error;
    }
  }

  private async apply(actor: AuditActor, rows: readonly PeopleRow[]): Promise<PeopleImport> {
    const { result, recount } = await this.changes.run(actor, async (tx) => {
      const plan = await this.plan(tx, rows);
      const report = reportOf(plan, rows, false);
      const changing = plan.rows.filter((row) => row.changes.length > 0);
      if (!report.ok || changing.length === 0) throw new NotApplied(report);
      const affected = await write(tx, changing, this.nextQuarter());
      const { created, changed, moved, addressesAdded } = report;
      return {
        affected,
        audit: [
          {
            action: 'people.imported',
            subject: null,
            after: { rows: rows.length, created, changed, moved, addressesAdded },
          },
        ],
        result: () => Promise.resolve(report),
      };
    });
    return recount === undefined ? result : { ...result, recount };
  }

  private async plan(tx: PoolClient, rows: readonly PeopleRow[]): Promise<Plan> {
    return planPeople(rows, await this.known(tx, rows));
  }

  private nextQuarter(): number {
    return readValidFrom(undefined, this.clock.now());
  }

  private async known(tx: PoolClient, rows: readonly PeopleRow[]): Promise<Known> {
    const { rows: agents } = await tx.query<AgentFields & { id: number; mayChange: boolean }>(
      `SELECT id, name, status, display, employed_from::text AS "employedFrom", employed_until::text AS "employedUntil",
         status IN ('new', 'active', 'left') AS "mayChange" FROM agent WHERE status <> 'system' ORDER BY id`,
    );
    const ids = agents.map((agent) => agent.id);
    const addresses = await addressesOf(tx, ids);
    const masks = await this.numbers.masked(
      tx,
      addresses.filter(({ scheme }) => scheme === 'tel').map(({ value }) => value),
    );
    const next = this.nextQuarter();
    const teams = new Map<number, number>();
    for (const { agentId, validFrom, teamId } of await membershipsOf(tx, ids)) {
      if (validFrom <= next || !teams.has(agentId)) teams.set(agentId, teamId);
    }
    const known = new Map<number, KnownAgent>();
    const byName = new Map<string, number[]>();
    for (const { mayChange, ...agent } of agents) {
      if (!mayChange) continue;
      known.set(agent.id, { ...agent, teamId: teams.get(agent.id) ?? 0, masks: new Set() });
      byName.set(agent.name, [...(byName.get(agent.name) ?? []), agent.id]);
    }
    for (const { agentId, value, scheme } of addresses) {
      const mask = scheme === 'tel' ? masks.get(value) : undefined;
      const agent = known.get(agentId);
      if (mask !== undefined && agent !== undefined) {
        known.set(agentId, { ...agent, masks: new Set([...agent.masks, mask]) });
      }
    }
    const tree = await loadTeamTree(tx);
    const open = tree.inOrder().filter((team) => team.archivedAt === null);
    return {
      agents: known,
      byName,
      addresses: new Map(addresses.map(({ scheme, value, agentId }) => [`${scheme}:${value}`, agentId])),
      teams: new Map(open.map(({ id }) => [tree.pathOf(id).join(' / ').toLowerCase(), id])),
      numberRefs: await this.numbers.refsOf(tx, givenNumbers(rows)),
      newAgentsTeamId: await newAgentsTeam(tx),
    };
  }
}

function givenNumbers(rows: readonly PeopleRow[]): string[] {
  const all = rows.flatMap(({ cells }) => (cells.get('number') ?? '').split(';').map((value) => value.trim()));
  return all.filter((value) => value !== '' && !value.includes('*'));
}

/** Set-based; returns the calls that may move. */
async function write(tx: PoolClient, rows: readonly PlannedRow[], nextQuarter: number): Promise<Affected[]> {
  const made = rows.filter((row) => row.agent === null);
  const madeIds = await insertAgents(tx, made);
  const idOf = new Map<PlannedRow, number>(made.map((row, i) => [row, madeIds[i] ?? 0]));
  for (const row of rows) if (row.agent !== null) idOf.set(row, row.agent.id);
  const id = (row: PlannedRow): number => idOf.get(row) ?? 0;
  await updateAgents(
    tx,
    rows.filter((row) => row.agent !== null).map((row) => ({ ...row, id: id(row) })),
  );

  const moving = rows.flatMap((row) => (row.teamId === null ? [] : [{ row, teamId: row.teamId }]));
  const placed = moving.filter(({ row }) => row.fromBeginning);
  await tx.query('DELETE FROM team_membership WHERE agent_id = ANY($1::integer[])', [placed.map(({ row }) => id(row))]);
  await putMemberships(
    tx,
    moving.map(({ row, teamId }) => ({
      agentId: id(row),
      teamId,
      validFrom: row.fromBeginning ? null : nextQuarter,
    })),
  );
  const addresses = rows.flatMap((row) => row.newAddresses.map((address) => ({ agentId: id(row), ...address })));
  await putAddresses(tx, addresses);

  const named = addresses.flatMap(({ scheme, value }) =>
    scheme === 'identity' || scheme === 'tel' ? [{ scheme, value }] : [],
  );
  const placedOld = placed.flatMap(({ row }) => row.agent?.id ?? []);
  const moved = moving.flatMap(({ row }) => (row.fromBeginning ? [] : [id(row)]));
  return [
    ...(placedOld.length > 0 ? [{ from: null, agents: placedOld }] : []),
    ...(named.length > 0 ? [{ from: null, addresses: named }] : []),
    ...(moved.length > 0 ? [{ from: nextQuarter, agents: moved }] : []),
  ];
}

function reportOf(plan: Plan, rows: readonly PeopleRow[], dryRun: boolean): PeopleImport {
  const action = (row: PlannedRow) => (row.agent === null ? 'create' : row.changes.length > 0 ? 'change' : 'unchanged');
  const count = (wanted: ReturnType<typeof action>) => plan.rows.filter((row) => action(row) === wanted).length;
  return {
    dryRun,
    ok: plan.errors.length === 0,
    rows: rows.length,
    created: count('create'),
    changed: count('change'),
    unchanged: count('unchanged'),
    moved: plan.rows.filter((row) => row.agent !== null && row.teamId !== null).length,
    addressesAdded: plan.rows.reduce((sum, row) => sum + row.newAddresses.length, 0),
    errors: plan.errors.slice(0, SHOWN_MAX),
    errorCount: plan.errors.length,
    preview: plan.rows.slice(0, SHOWN_MAX).map((row) => ({
      line: row.line,
      name: row.name,
      action: action(row),
      changes: row.changes,
    })),
  };
}

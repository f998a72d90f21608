/** Agents as a file: the one an import takes. Numbers are masked; a cell that looks like a formula is made text. */
import type { Pool } from 'pg';
import type { AddParameter } from '../../access/index.js';
import type { AuditLog } from '../../audit/index.js';
import { type Clock, csvLine, inTransaction } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { AuditActor } from '../../shared/audit.js';
import { type AddressKind, type AgentStatus, PEOPLE_COLUMNS } from '../../shared/organisation.js';
import type { AgentViews } from '../agents/agent-views.js';
import { type AgentRow, agentColumns } from '../agents/agents.repository.js';
import { loadTeamTree } from '../teams/teams.repository.js';
import { visibleAgentsSql } from '../visible.js';

const BOM = '\ufeff';
/** More agents than any floor has; a limit, so that a file can be held in memory. */
const AGENTS_MAX = 50_000;

export class PeopleExportService {
  constructor(
    private readonly pool: Pool,
    private readonly views: AgentViews,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Audited in the transaction that reads it: what is not noted does not leave. */
  async file(actor: AuditActor, scope: Scope, statuses: readonly AgentStatus[], bom: boolean): Promise<string> {
    return inTransaction(this.pool, async (tx) => {
      const now = new Date(this.clock.now());
      const values: unknown[] = [now, [...statuses]];
      const add: AddParameter = (value, type) => `$${values.push(value)}::${type}`;
      const visible = visibleAgentsSql(scope, now, add);
      const { rows } = await tx.query<AgentRow>(
        `SELECT ${agentColumns('$1')} FROM agent a WHERE a.status = ANY($2::text[]) AND a.status <> 'system'
         ${visible === null ? '' : `AND ${visible}`} ORDER BY lower(a.name), a.id LIMIT ${AGENTS_MAX}`,
        values,
      );
      const tree = await loadTeamTree(tx);
      const lines = (await this.views.ofRows(tx, rows)).map((agent) => {
        const addresses = (kind: AddressKind): string =>
          agent.addresses
            .filter((address) => address.kind === kind)
            .map(({ value }) => value)
            .join(';');
        return csvLine([
          agent.id,
          agent.name,
          tree.pathOf(agent.team.id).join(' / '),
          agent.status,
          agent.display,
          agent.employedFrom,
          agent.employedUntil,
          addresses('client'),
          addresses('sip'),
          addresses('extension'),
          addresses('worker'),
          addresses('number'),
          addresses('crm'),
        ]);
      });
      await this.audit.record(tx, {
        actor,
        action: 'people.exported',
        subject: null,
        outcome: 'done',
        after: { rows: lines.length, statuses: [...statuses] },
      });
      return `${bom ? BOM : ''}${csvLine(PEOPLE_COLUMNS)}${lines.join('')}`;
    });
  }
}

/** The header and one row that shows how it is filled in. */
export function peopleTemplate(team: string): string {
  const example = [
    '',
    '王小明',
    team,
    'active',
    'public',
    '2026-03-01',
    '',
    'wang.xiaoming',
    '',
    '8001',
    '',
    '',
    'E-1024',
  ];
  return `${BOM}${csvLine(PEOPLE_COLUMNS)}${csvLine(example)}`;
}

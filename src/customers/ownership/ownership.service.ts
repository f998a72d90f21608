/** Who looks after which customer: by hand, by API, or from a file. Every change is audited. */
import type { Pool, PoolClient } from 'pg';
import type { AuditLog } from '../../audit/index.js';
import { type OwnNumbers, visibleAgentsSql } from '../../organisation/index.js';
import { AppError, type Clock, csvLine, inTransaction, isoOf, readCsvTable } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { AuditActor } from '../../shared/audit.js';
import {
  type ListImport,
  OWNER_COLUMNS,
  type OwnerColumn,
  type OwnerCount,
  type OwnerPut,
  type OwnerSpan,
} from '../../shared/customer-lists.js';
import { dayBegin, importList, RowError, readTimeCell } from '../list-import.js';
import {
  type AgentNames,
  agentNames,
  customerExists,
  lockOwners,
  ownedNow,
  putSpans,
  spansOf,
} from './ownership.repository.js';
import { assign, type Span, sameSpans } from './spans.js';

const BOM = '\ufeff';
const NOBODY = 0;

export interface OwnerWish extends Omit<OwnerPut, 'agentId'> {
  /** Null: nobody's from then on. */
  agentId: number | null;
}

export class OwnershipService {
  constructor(
    private readonly pool: Pool,
    private readonly book: OwnNumbers,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Spans of the agents the scope sees, oldest first. */
  async ofCustomer(customerId: string, scope: Scope): Promise<OwnerSpan[]> {
    const spans = (await spansOf(this.pool, [customerId])).get(customerId) ?? [];
    const names = await this.visibleNames(
      scope,
      spans.map(({ agentId }) => agentId),
    );
    return spans.flatMap((span) => {
      const name = names.get(span.agentId);
      return name === undefined ? [] : [viewOf(span, name)];
    });
  }

  async counts(scope: Scope, agents?: readonly number[]): Promise<OwnerCount[]> {
    const now = new Date(this.clock.now());
    const rows = await ownedNow(this.pool, now, agents, (add) => visibleAgentsSql(scope, now, add));
    return rows.map(({ id, name, customers }) => ({ agent: { id, name }, customers }));
  }

  /** Throws `number_unreadable`, `outcome_agent_unknown`, `owner_span_reversed`, `not_found`. */
  async put(actor: AuditActor, wish: OwnerWish): Promise<OwnerSpan | null> {
    const from = wish.from === undefined ? this.clock.now() : Date.parse(wish.from);
    const until = wish.until ? Date.parse(wish.until) : null;
    if (until !== null && until <= from) throw new AppError('owner_span_reversed', { field: 'until' });
    return inTransaction(this.pool, async (tx) => {
      await lockOwners(tx);
      const customerId = await this.customerOf(tx, wish);
      const names = await agentNames(tx);
      const agentId = wish.agentId ?? NOBODY;
      const name = names.byId.get(agentId);
      if (agentId !== NOBODY && name === undefined) throw new AppError('outcome_agent_unknown', { field: 'agentId' });
      const before = (await spansOf(tx, [customerId])).get(customerId) ?? [];
      const after = assign(before, { agentId, from, until });
      if (!sameSpans(before, after)) {
        await putSpans(tx, new Map([[customerId, after]]));
        await this.audit.record(tx, {
          actor,
          action: agentId === NOBODY ? 'owner.removed' : 'owner.assigned',
          subject: { kind: 'customer', id: customerId },
          outcome: 'done',
          after: { agentId: agentId === NOBODY ? null : agentId, from: isoOf(from), until: until && isoOf(until) },
        });
      }
      const span = after.find((one) => one.agentId === agentId && one.from <= from && (one.until ?? Infinity) > from);
      return span === undefined || name === undefined ? null : viewOf(span, name);
    });
  }

  /** All or nothing. Rows of one customer count in the order of the file. */
  import(actor: AuditActor, file: Buffer, dryRun: boolean): Promise<ListImport> {
    const rows = readCsvTable<OwnerColumn>(file, OWNER_COLUMNS, 'number');
    const changed = new Map<string, readonly Span[]>();
    return importList<OwnerColumn, string>(this.pool, this.audit, {
      rows,
      dryRun,
      actor,
      action: 'owner.imported',
      prepare: async (tx) => {
        await lockOwners(tx);
        const numbers = rows.flatMap(({ cells }) => cells.get('number') ?? []);
        const refs = await this.book.refsOf(tx, numbers);
        const names = await agentNames(tx);
        const known = await spansOf(
          tx,
          [...refs.values()].filter((ref) => ref !== null),
        );
        const day = await dayBegin(tx);
        return ({ cells }) => {
          const customerId = refs.get(cells.get('number') ?? '') ?? null;
          if (customerId === null) throw new RowError('number', new AppError('number_unreadable'));
          const agentId = agentOf(cells.get('agent') ?? '', names);
          const from = cells.get('from');
          const until = cells.get('until');
          const span: Span = {
            agentId,
            from: from === undefined ? this.clock.now() : readTimeCell('from', from, day).getTime(),
            until: until === undefined ? null : readTimeCell('until', until, day).getTime(),
          };
          if (span.until !== null && span.until <= span.from) {
            throw new RowError('until', new AppError('owner_span_reversed'));
          }
          const before = changed.get(customerId) ?? known.get(customerId) ?? [];
          // Without a time: whoever has the customer already keeps them.
          if (from === undefined && isOwner(before, span)) return null;
          const after = assign(before, span);
          if (sameSpans(before, after)) return null;
          changed.set(customerId, after);
          return customerId;
        };
      },
      write: (tx) => putSpans(tx, changed),
    });
  }

  private async customerOf(tx: PoolClient, { number, customerId }: OwnerWish): Promise<string> {
    if (number !== undefined) {
      const found = (await this.book.refsOf(tx, [number])).get(number) ?? null;
      if (found === null) throw new AppError('number_unreadable', { field: 'number' });
      return found;
    }
    if (customerId === undefined || !(await customerExists(tx, customerId))) {
      throw new AppError('not_found', { field: 'customerId' });
    }
    return customerId;
  }

  private async visibleNames(scope: Scope, agents: readonly number[]): Promise<Map<number, string>> {
    const values: unknown[] = [[...agents]];
    const visible = visibleAgentsSql(
      scope,
      new Date(this.clock.now()),
      (value, type) => `$${values.push(value)}::${type}`,
    );
    const { rows } = await this.pool.query<{ id: number; name: string }>(
      `SELECT a.id, a.name FROM agent a WHERE a.id = ANY($1::integer[]) ${visible === null ? '' : `AND ${visible}`}`,
      values,
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

export function ownersTemplate(): string {
  return `${BOM}${csvLine(OWNER_COLUMNS)}${csvLine(['+8613800001234', 'wang.xiaoming', '2026-03-01', ''])}`;
}

function agentOf(text: string, { byId, byText }: AgentNames): number {
  const id = /^\d{1,9}$/.test(text) && byId.has(Number(text)) ? Number(text) : byText.get(text);
  if (id === undefined) throw new RowError('agent', new AppError('outcome_agent_unknown'));
  return id;
}

function isOwner(spans: readonly Span[], { agentId, from, until }: Span): boolean {
  return (
    until === null && spans.some((one) => one.agentId === agentId && one.from <= from && (one.until ?? Infinity) > from)
  );
}

function viewOf({ agentId, from, until }: Span, name: string): OwnerSpan {
  return { agent: { id: agentId, name }, from: isoOf(from), until: until === null ? null : isoOf(until) };
}

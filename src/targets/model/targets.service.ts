/** Targets as people set them: every change in one transaction with its entry in the audit log and a signal. */
import type { Pool, PoolClient } from 'pg';
import type { AuditLog } from '../../audit/index.js';
import { AppError, type Clock, inTransaction, type Signals } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { AuditAction, AuditActor } from '../../shared/audit.js';
import { scopeKey, type TargetCreate, type TargetPatch, type TargetView } from '../../shared/targets.js';
import { type Figure, figureOf } from '../figures.js';
import { requireFigure, requireOrder, requireValue } from './check-target.js';
import {
  type Db,
  deleteTarget,
  findSame,
  findTarget,
  insertTarget,
  listTargets,
  raiseVersion,
  type TargetFilter,
  type TargetRow,
  updateTarget,
} from './target.repository.js';
import { requireNamed, requireSeen } from './target-scope.js';

const TARGETS_MAX = 100_000;
const LIST_MAX = 2_000;

/** Who asks: what they may see, and as whom it is written down. */
export interface Asker {
  scope: Scope;
  actor: AuditActor;
}

export class TargetsService {
  constructor(
    private readonly pool: Pool,
    private readonly audit: AuditLog,
    private readonly signals: Pick<Signals, 'statement' | 'values'>,
    private readonly clock: Clock,
    /** Tells what this process holds in memory; others hear the signal. */
    private readonly changed: () => void,
  ) {}

  async list(seen: Scope, filter: TargetFilter): Promise<TargetView[]> {
    if (filter.scope !== undefined) await requireNamed(this.pool, seen, filter.scope, this.now());
    return listTargets(this.pool, seen, filter, this.now(), LIST_MAX);
  }

  /** Throws `not_found`. */
  async one(seen: Scope, id: number): Promise<TargetView> {
    const view = await findTarget(this.pool, id);
    if (view === null) throw new AppError('not_found');
    await requireSeen(this.pool, seen, view.scope, this.now());
    return view;
  }

  /** Throws `target_exists` and what `check-target` throws. */
  create(asker: Asker, body: TargetCreate): Promise<TargetView> {
    return this.run(async (tx) => {
      await requireRoom(tx);
      const row = await this.checked(tx, asker, body);
      const id = await insertTarget(tx, row);
      if (id === null) throw new AppError('target_exists', { field: 'validFrom', params: { date: row.validFrom } });
      const view = await reread(tx, id);
      await this.record(tx, asker.actor, 'target.created', view, null);
      return view;
    });
  }

  /** All or none; one of the same scope, KPI, period and first day is replaced. */
  putAll(asker: Asker, bodies: readonly TargetCreate[]): Promise<TargetView[]> {
    return this.run(async (tx) => {
      await requireRoom(tx);
      const views: TargetView[] = [];
      for (const body of bodies) views.push(await this.put(tx, asker, body));
      return views;
    });
  }

  /** One of several, inside a transaction of `run`. */
  async put(tx: PoolClient, asker: Asker, body: TargetCreate): Promise<TargetView> {
    const row = await this.checked(tx, asker, body);
    const before = await findSame(tx, row);
    if (before !== null && isSame(before, row)) return before;
    const id = before?.id ?? (await insertTarget(tx, row));
    if (id === null) throw new AppError('target_exists', { field: 'validFrom', params: { date: row.validFrom } });
    if (before !== null) await updateTarget(tx, id, row);
    const view = await reread(tx, id);
    await this.record(tx, asker.actor, before === null ? 'target.created' : 'target.changed', view, before);
    return view;
  }

  /** Throws `not_found`, `target_changed`, `target_exists`. */
  change(asker: Asker, id: number, { revision, ...patch }: TargetPatch): Promise<TargetView> {
    return this.run(async (tx) => {
      const before = await this.locked(tx, asker.scope, id, revision);
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      const after = { ...before, ...given };
      const figure = figureOf(before.kpi);
      if (figure !== null) requireValue(figure, after.value);
      requireOrder(after);
      if (!(await updateTarget(tx, id, after))) {
        throw new AppError('target_exists', { field: 'validFrom', params: { date: after.validFrom } });
      }
      const view = await reread(tx, id);
      await this.record(tx, asker.actor, 'target.changed', view, before);
      return view;
    });
  }

  remove(asker: Asker, id: number, revision: number): Promise<void> {
    return this.run((tx) => this.removeIn(tx, asker, id, revision));
  }

  /** Inside a transaction of `run`. */
  async removeIn(tx: PoolClient, asker: Asker, id: number, revision: number): Promise<void> {
    const before = await this.locked(tx, asker.scope, id, revision);
    await deleteTarget(tx, id);
    await this.record(tx, asker.actor, 'target.deleted', null, before);
  }

  /** A change of targets: tells everybody who holds some once it is committed. */
  async run<T>(work: (tx: PoolClient) => Promise<T>): Promise<T> {
    const result = await inTransaction(this.pool, async (tx) => {
      const done = await work(tx);
      await raiseVersion(tx);
      await tx.query(this.signals.statement, this.signals.values('targets'));
      return done;
    });
    this.changed();
    return result;
  }

  /** The row as it is, locked for a change. */
  async locked(tx: PoolClient, seen: Scope, id: number, revision: number): Promise<TargetView> {
    const view = await findTarget(tx, id, true);
    if (view === null) throw new AppError('not_found');
    await requireSeen(tx, seen, view.scope, this.now());
    if (view.revision !== revision) throw new AppError('target_changed', { params: { revision: view.revision } });
    return view;
  }

  private async checked(tx: PoolClient, { scope: seen }: Asker, body: TargetCreate): Promise<TargetRow> {
    const figure = requireFigure(body.kpi);
    requireValue(figure, body.value);
    requireOrder(body);
    await requireNamed(tx, seen, body.scope, this.now());
    return {
      scope: body.scope,
      kpi: body.kpi,
      period: body.period,
      value: body.value,
      currency: await currencyOf(tx, figure, body.currency ?? null),
      validFrom: body.validFrom,
      validUntil: body.validUntil ?? null,
      locked: body.locked ?? false,
    };
  }

  private record(
    tx: PoolClient,
    actor: AuditActor,
    action: AuditAction,
    after: TargetView | null,
    before: TargetView | null,
  ): Promise<void> {
    const id = String((after ?? before)?.id);
    return this.audit.record(tx, {
      actor,
      action,
      subject: { kind: 'target', id },
      outcome: 'done',
      before: before === null ? null : told(before),
      after: after === null ? null : told(after),
    });
  }

  private now(): Date {
    return new Date(this.clock.now());
  }
}

/** Surrogates and figures only. */
function told({ scope, kpi, period, value, currency, validFrom, validUntil, locked }: TargetView) {
  return { scope: scopeKey(scope), kpi, period, value, currency, validFrom, validUntil, locked };
}

function isSame(before: TargetView, row: TargetRow): boolean {
  return (['value', 'currency', 'validUntil', 'locked'] as const).every((field) => before[field] === row[field]);
}

async function reread(tx: Db, id: number): Promise<TargetView> {
  const view = await findTarget(tx, id);
  if (view === null) throw new AppError('not_found');
  return view;
}

async function requireRoom(tx: Db): Promise<void> {
  const { rows } = await tx.query<{ n: number }>(
    `SELECT count(*)::integer AS n FROM (SELECT 1 FROM target LIMIT $1) AS t`,
    [TARGETS_MAX],
  );
  if ((rows[0]?.n ?? 0) >= TARGETS_MAX) {
    throw new AppError('target_limit_reached', { params: { limit: TARGETS_MAX } });
  }
}

/** Of figures that are amounts: one that is in use, by default the organisation's. */
async function currencyOf(tx: Db, figure: Figure, given: string | null): Promise<string | null> {
  if (!figure.hasCurrency) return null;
  const { rows } = await tx.query<{ own: string; used: string[] }>(
    `SELECT o.currency AS own, array(SELECT DISTINCT currency FROM campaign ORDER BY 1) AS used FROM organisation o`,
  );
  const { own = '', used = [] } = rows[0] ?? {};
  const currency = given ?? own;
  if (currency !== own && !used.includes(currency)) {
    const allowed = [...new Set([own, ...used])].join(', ');
    throw new AppError('target_currency_invalid', { field: 'currency', params: { currency, allowed } });
  }
  return currency;
}

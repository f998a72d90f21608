/** 目标分解: a target shared among teams, people or parts of its time; nothing is written before somebody agrees. */
import type { Pool, PoolClient } from 'pg';
import type { AuditLog } from '../../audit/index.js';
import { businessDate, loadSettings } from '../../organisation/index.js';
import { AppError, type Clock, inTransaction, READ_SNAPSHOT } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import {
  type CascadeApply,
  type CascadePart,
  type CascadeProposal,
  type CascadeRequest,
  type RollupProposal,
  type RollupRequest,
  scopeKey,
  TARGET_PERIODS,
  type TargetPeriod,
  type TargetView,
} from '../../shared/targets.js';
import { loadCalendar } from '../calendar/calendar.repository.js';
import { type Dates, periodOf, periodsIn, plusDays } from '../calendar/periods.js';
import type { Figure } from '../figures.js';
import { requireFigure, requireValue } from '../model/check-target.js';
import { findSame, targetsAbout, targetsInForce } from '../model/target.repository.js';
import { requireNamed } from '../model/target-scope.js';
import type { Asker, TargetsService } from '../model/targets.service.js';
import { zoneOf } from '../pace/attainment.service.js';
import { shareAmong } from './parts.js';
import { type People, slicesBelow } from './slices.js';
import { type Slice, type WeightContext, weightsOf } from './weights.js';

interface Plan {
  context: WeightContext;
  slices: Slice[];
  period: TargetPeriod;
  /** Of a split in time: what is split. */
  span: Dates | null;
}

export class CascadeService {
  constructor(
    private readonly pool: Pool,
    private readonly targets: TargetsService,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Throws `not_found`, `target_not_additive`, `target_parts_none`, `target_locked_exceeds`. */
  async preview(seen: Scope, request: CascadeRequest): Promise<CascadeProposal> {
    const parent = await this.targets.one(seen, request.targetId);
    const figure = requireShareable(parent.kpi);
    return inTransaction(
      this.pool,
      async (tx) => {
        const plan = await this.plan(tx, parent, figure, request);
        if (plan.slices.length === 0) throw new AppError('target_parts_none', { field: 'to' });
        return this.propose(parent, figure, request, plan);
      },
      READ_SNAPSHOT,
    );
  }

  /** Throws `not_found`, `target_changed` (the parent, or a part locked at another value), `target_sum_differs`, and what targets themselves are refused for. */
  apply(asker: Asker, body: CascadeApply): Promise<TargetView[]> {
    return this.targets.run(async (tx) => {
      const parent = await this.targets.locked(tx, asker.scope, body.targetId, body.revision);
      const figure = requireShareable(parent.kpi);
      const sum = body.parts.reduce((all, { value }) => all + value, 0);
      if (figure.kind === 'additive' && sum !== parent.value) {
        throw new AppError('target_sum_differs', { field: 'parts', params: { sum, total: parent.value } });
      }
      const written: TargetView[] = [];
      for (const [i, part] of body.parts.entries()) {
        const target = { ...part, kpi: parent.kpi, currency: parent.currency };
        if (await isKept(tx, target, `parts.${i}`)) continue;
        if (part.value > 0) written.push(await this.targets.put(tx, asker, target));
        else await this.removeSame(tx, asker, target);
      }
      await this.audit.record(tx, {
        actor: asker.actor,
        action: 'target.cascaded',
        subject: { kind: 'target', id: String(parent.id) },
        outcome: 'done',
        after: { parts: written.map(({ id }) => id) },
      });
      return written;
    });
  }

  /** From the bottom up: the sum of what those below have. */
  async rollup(seen: Scope, request: RollupRequest): Promise<RollupProposal> {
    const figure = requireShareable(request.kpi);
    await requireNamed(this.pool, seen, request.scope, this.now());
    return inTransaction(
      this.pool,
      async (tx) => {
        const slices = await slicesBelow(tx, request.scope, request.from, this.people(request.at));
        const wanted = await targetsInForce(tx, request.at, [request.scope, ...slices.map(({ scope }) => scope)]);
        const same = new Map(
          wanted
            .filter(({ kpi, period }) => kpi === request.kpi && period === request.period)
            .map((view) => [scopeKey(view.scope) as string, view]),
        );
        const parts = slices.flatMap(({ key }) => same.get(key) ?? []);
        return {
          value: figure.kind === 'additive' ? parts.reduce((sum, { value }) => sum + value, 0) : null,
          parts,
          missing: slices.filter(({ key }) => !same.has(key)).map(({ scope, label }) => ({ scope, label })),
          existing: same.get(scopeKey(request.scope)) ?? null,
        };
      },
      READ_SNAPSHOT,
    );
  }

  private async plan(tx: PoolClient, parent: TargetView, figure: Figure, request: CascadeRequest): Promise<Plan> {
    const zone = zoneOf(await loadSettings(tx), parent.scope, this.clock.now());
    const today = businessDate(this.clock.now(), zone.timeZone, zone.dayStartMinutes);
    const dates = periodOf(parent.period, request.at ?? latest(parent.validFrom, today, parent.validUntil));
    const { to } = request;
    const inTime = to !== 'children' && to !== 'agents';
    const all = inTime
      ? slicesOfTime(parent, to, dates)
      : await slicesBelow(tx, parent.scope, to, this.people(dates.from, dates));
    const span = { from: dates.from, until: all.reduce((end, slice) => later(end, slice.dates.until), dates.until) };
    const agents = all.flatMap(({ scope }) => (scope.kind === 'agent' ? [scope.id] : []));
    const loaded = await loadCalendar(tx, span, agents, this.clock.now());
    const context: WeightContext = { ...loaded, tx, parent, figure, today };
    return { context, slices: all, period: inTime ? to : parent.period, span: inTime ? dates : null };
  }

  private async propose(
    parent: TargetView,
    figure: Figure,
    request: CascadeRequest,
    { context, slices, period, span }: Plan,
  ): Promise<CascadeProposal> {
    const fixed = fixedOf(request, slices, figure);
    const weights = await weightsOf(request.by, slices, request.weights ?? {}, span !== null, context);
    const dated = slices.map((slice) => ({
      ...slice,
      validFrom: span === null ? parent.validFrom : slice.dates.from,
      validUntil: span === null ? parent.validUntil : plusDays(slice.dates.until, -1),
    }));
    const existing = await existingOf(context.tx, dated, parent.kpi, period);
    const claims = dated.map(({ key }, index) => {
      const there = existing.get(key);
      const kept = there?.locked ? there.value : (fixed.get(key) ?? null);
      return { key, weight: weights[index] ?? 0, kept };
    });
    const isSum = figure.kind === 'additive';
    const sharing = isSum
      ? shareAmong(parent.value, claims)
      : { ok: true as const, evenly: false, parts: claims.map(({ key, kept }) => sameRate(key, kept, parent, claims)) };
    if (!sharing.ok) {
      throw new AppError('target_locked_exceeds', { params: { fixed: sharing.kept, total: parent.value } });
    }
    const parts = dated.map(({ key, scope, label, validFrom, validUntil }, index): CascadePart => {
      const there = existing.get(key) ?? null;
      const { value = 0, share = 0 } = sharing.parts[index] ?? {};
      const own = there === null ? null : { id: there.id, value: there.value, revision: there.revision };
      const locked = there?.locked ?? false;
      return {
        key,
        scope,
        label,
        period,
        validFrom,
        validUntil,
        value,
        share,
        locked,
        fixed: !locked && fixed.has(key),
        existing: own,
      };
    });
    return {
      parent,
      from: span?.from ?? null,
      until: span?.until ?? null,
      parts,
      sum: isSum ? parts.reduce((sum, { value }) => sum + value, 0) : null,
      evenly: sharing.evenly,
    };
  }

  /** A part that gets nothing has no target. */
  private async removeSame(tx: PoolClient, asker: Asker, part: Part): Promise<void> {
    const same = await findSame(tx, part);
    if (same !== null) await this.targets.removeIn(tx, asker, same.id, same.revision);
  }

  private people(date: string, dates: Dates = { from: date, until: plusDays(date, 1) }): People {
    return { now: this.now(), dates };
  }

  private now(): Date {
    return new Date(this.clock.now());
  }
}

function requireShareable(kpi: string): Figure {
  const figure = requireFigure(kpi);
  if (figure.kind === 'distinct') throw new AppError('target_not_additive', { field: 'kpi', params: { kpi } });
  return figure;
}

function sameRate(key: string, kept: number | null, parent: TargetView, claims: readonly unknown[]) {
  return { key, value: kept ?? parent.value, share: 1 / claims.length };
}

function slicesOfTime(parent: TargetView, to: TargetPeriod, dates: Dates): Slice[] {
  if (TARGET_PERIODS.indexOf(to) >= TARGET_PERIODS.indexOf(parent.period)) return [];
  return periodsIn(to, dates).map((part) => ({ key: part.from, scope: parent.scope, label: part.from, dates: part }));
}

/** By hand: each names a part, and is a value a target of this KPI may have (0: none). */
function fixedOf({ fixed }: CascadeRequest, slices: readonly Slice[], figure: Figure): Map<string, number> {
  const keys = new Set(slices.map(({ key }) => key));
  const given = new Map(Object.entries(fixed ?? {}));
  for (const [key, value] of given) {
    if (!keys.has(key)) {
      throw new AppError('request_invalid', {
        field: 'fixed',
        params: { reason: `fixed: there is no part ${key.slice(0, 40)}` },
      });
    }
    if (value !== 0) requireValue(figure, value, `fixed.${key}`);
  }
  return given;
}

/** What each part has on its first day: of those in force the one that began last. */
async function existingOf(
  tx: PoolClient,
  parts: readonly (Slice & { validFrom: string })[],
  kpi: string,
  period: TargetPeriod,
): Promise<Map<string, TargetView>> {
  const scopes = [...new Map(parts.map(({ scope }) => [scopeKey(scope), scope])).values()];
  const views = await targetsAbout(tx, scopes, kpi, period);
  return new Map(
    parts.flatMap(({ key, scope, validFrom }) => {
      const inForce = views.findLast(
        (view) =>
          scopeKey(view.scope) === scopeKey(scope) &&
          view.validFrom <= validFrom &&
          (view.validUntil === null || view.validUntil >= validFrom),
      );
      return inForce === undefined ? [] : [[key, inForce] as const];
    }),
  );
}

type Part = CascadeApply['parts'][number] & { kpi: string };

/** Locked, with this value: it stays as it is. With another one it was locked or changed since the preview. */
async function isKept(tx: PoolClient, { scope, validFrom, kpi, period, value }: Part, field: string): Promise<boolean> {
  const views = await targetsInForce(tx, validFrom, [scope]);
  const kept = views.find((view) => view.kpi === kpi && view.period === period && view.locked);
  if (kept === undefined) return false;
  if (kept.value !== value) throw new AppError('target_changed', { field, params: { revision: kept.revision } });
  return true;
}

const later = (a: string, b: string): string => (a > b ? a : b);

function latest(validFrom: string, today: string, validUntil: string | null): string {
  const date = later(validFrom, today);
  return validUntil !== null && validUntil < date ? validUntil : date;
}

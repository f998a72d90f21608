/** Reads everything a business day's targets need, in one snapshot of the database. */
import type { PoolClient } from 'pg';
import { businessDayBounds } from '../../organisation/index.js';
import { delay } from '../../platform/index.js';
import { weekdayOf } from '../../shared/format/index.js';
import { scopeKey, TARGET_PERIODS, type TargetScope, type TargetView } from '../../shared/targets.js';
import { type LoadedCalendar, loadCalendar } from '../calendar/calendar.repository.js';
import { type Dates, eachDate, periodOf } from '../calendar/periods.js';
import { prorate } from '../calendar/proration.js';
import { ScopeDays } from '../calendar/scope-days.js';
import { type Figure, figureOf } from '../figures.js';
import { targetsInForce } from '../model/target.repository.js';
import type { TargetOfDay, TargetsOfDay } from '../targets-of-day.js';
import type { Zone } from '../zone.js';
import { DayCurve, SLOT_MS } from './day-curve.js';
import { type History, loadHistory, type Wanted } from './history.repository.js';
import { LoadedTarget } from './loaded-target.js';
import { profileFor } from './profile.js';
import { DayProjection } from './projection.js';
import { type ScopeSums, sumsOf } from './sums.repository.js';

const AT_ONCE = 50;

export interface DayQuery {
  date: string;
  zone: Zone;
  /** Epoch ms: who is a member of a team now. */
  now: number;
  /** Null: everybody. */
  scopes: readonly TargetScope[] | null;
}

interface Context extends LoadedCalendar {
  query: DayQuery;
  history: History;
  before: ReadonlyMap<string, ScopeSums>;
  bounds: { start: number; end: number };
  instants: Map<string, number>;
}

type Known = { view: TargetView; figure: Figure; dates: Dates };

/** `tx` is a repeatable-read transaction. */
export async function loadDay(tx: PoolClient, query: DayQuery): Promise<TargetsOfDay> {
  const { date, zone, now, scopes } = query;
  const known = (await targetsInForce(tx, date, scopes)).flatMap((view): Known[] => {
    const figure = figureOf(view.kpi);
    return figure === null ? [] : [{ view, figure, dates: periodOf(view.period, date) }];
  });
  if (known.length === 0) return new LoadedDay(date, []);
  const agents = [...new Set(known.flatMap(({ view }) => (view.scope.kind === 'agent' ? [view.scope.id] : [])))];
  const span = {
    from: known.reduce((first, { dates }) => (dates.from < first ? dates.from : first), date),
    until: known.reduce((last, { dates }) => (dates.until > last ? dates.until : last), date),
  };
  const loaded = await loadCalendar(tx, span, agents, now);
  const wanted = known.filter(({ figure }) => figure.kind === 'additive').map(wantedOf);
  const history = await loadHistory(tx, { date, zone, wanted, agents, tree: loaded.tree });
  const starts = [...new Set(known.filter(({ dates }) => dates.from < date).map(({ dates }) => dates.from))];
  const before = new Map<string, ScopeSums>();
  const peopleOnly = known.every(({ view }) => view.scope.kind === 'agent');
  for (const from of starts) before.set(from, await sumsOf(tx, { from, until: date }, loaded.tree, agents, peopleOnly));
  const bounds = businessDayBounds(date, zone.timeZone, zone.dayStartMinutes);
  const context: Context = { ...loaded, query, history, before, bounds, instants: new Map() };
  const targets: TargetOfDay[] = [];
  for (const [place, one] of known.sort(inOrder).entries()) {
    targets.push(targetOf(one, context));
    // Thousands of them: whoever else waits for this process gets their turn in between.
    if (place % AT_ONCE === AT_ONCE - 1) await delay(0);
  }
  return new LoadedDay(date, targets);
}

function wantedOf({ view, figure }: Pick<Known, 'view' | 'figure'>): Wanted {
  return { figure, currency: view.currency };
}

function inOrder(a: Known, b: Known): number {
  return (
    a.figure.order - b.figure.order ||
    TARGET_PERIODS.indexOf(a.view.period) - TARGET_PERIODS.indexOf(b.view.period) ||
    a.view.id - b.view.id
  );
}

function targetOf({ view, figure, dates }: Known, context: Context): LoadedTarget {
  const { scope } = view;
  const days = new ScopeDays(context.calendar, context.tree, scope, context.instants);
  const prorated = scope.kind === 'agent' && figure.kind !== 'ratio';
  const proration = prorated ? prorate(context.calendar, scope.id, dates) : null;
  const past = figure.kind === 'additive' ? historyOf({ view, figure }, scope, context) : [];
  const minutes = minutesOf(days, dates, context.query.date);
  return new LoadedTarget({
    targetId: view.id,
    figure,
    period: view.period,
    dates,
    scope,
    fullValue: view.value,
    value: view.value * (proration?.factor ?? 1),
    currency: view.currency,
    proration,
    before: dates.from < context.query.date ? (context.before.get(dates.from)?.of(scope) ?? null) : null,
    curve: curveOf({ view, figure }, days, context),
    minutes,
    daysAfter: minutes.usual > 0 ? minutes.after / minutes.usual : 0,
    projection: () => (past.length === 0 ? null : new DayProjection(past, SLOT_MS)),
  });
}

const historyOf = (one: Pick<Known, 'view' | 'figure'>, scope: TargetScope, { history }: Context) =>
  history.of(wantedOf(one), scope);

function minutesOf(days: ScopeDays, dates: Dates, date: string) {
  const result = { before: 0, today: 0, after: 0, usual: 0 };
  let working = 0;
  for (const day of eachDate(dates)) {
    const minutes = days.minutes(day);
    if (minutes > 0) working++;
    result[day < date ? 'before' : day === date ? 'today' : 'after'] += minutes;
  }
  result.usual = working === 0 ? 0 : (result.before + result.today + result.after) / working;
  return result;
}

/** The scope's own profile, else its team's, else the organisation's, else flat. */
function curveOf(one: Pick<Known, 'view' | 'figure'>, days: ScopeDays, context: Context): DayCurve {
  const { date, zone } = context.query;
  const { scope } = one.view;
  const { stretches, bound } = days.stretches(date, zone);
  const { start, end } = context.bounds;
  if (one.figure.kind !== 'additive') return new DayCurve(start, end, stretches, bound, null);
  const wider: TargetScope[] = scope.kind === 'organisation' ? [] : [{ kind: 'organisation' }];
  if (scope.kind === 'agent') wider.unshift({ kind: 'team', id: context.calendar.teamOf(scope.id, date) });
  const levels = [scope, ...wider].map((level) => historyOf(one, level, context));
  return new DayCurve(start, end, stretches, bound, profileFor(levels, weekdayOf(date)));
}

class LoadedDay implements TargetsOfDay {
  private readonly byScope = new Map<string, TargetOfDay[]>();

  constructor(
    readonly date: string,
    private readonly targets: readonly TargetOfDay[],
  ) {
    for (const target of targets) {
      const key = scopeKey(target.scope);
      const list = this.byScope.get(key);
      if (list === undefined) this.byScope.set(key, [target]);
      else list.push(target);
    }
  }

  of(scope: TargetScope): readonly TargetOfDay[] {
    return this.byScope.get(scopeKey(scope)) ?? [];
  }

  all(): readonly TargetOfDay[] {
    return this.targets;
  }
}

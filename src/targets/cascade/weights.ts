/** How much of a target each part gets. */
import type { PoolClient } from 'pg';
import type { CascadeBy, TargetScope, TargetView } from '../../shared/targets.js';
import type { LoadedCalendar } from '../calendar/calendar.repository.js';
import { type Dates, eachDate, plusDays } from '../calendar/periods.js';
import { ScopeDays } from '../calendar/scope-days.js';
import type { Figure } from '../figures.js';
import { numberOf } from '../pace/loaded-target.js';
import { sumsOf } from '../pace/sums.repository.js';
import { totalsByDate } from './cascade.repository.js';
import { seasonalityOf } from './seasonality.js';

const HISTORY_DAYS = 90;
const SEASONS_DAYS = 730;

/** A part of a target: another scope, or a part of its time. */
export interface Slice {
  key: string;
  scope: TargetScope;
  label: string;
  dates: Dates;
}

export interface WeightContext extends LoadedCalendar {
  tx: PoolClient;
  parent: TargetView;
  figure: Figure;
  /** Business date of today. */
  today: string;
}

export async function weightsOf(
  by: CascadeBy,
  slices: readonly Slice[],
  given: Readonly<Record<string, number>>,
  inTime: boolean,
  context: WeightContext,
): Promise<number[]> {
  switch (by) {
    case 'equal':
      return slices.map(() => 1);
    case 'weights':
      return slices.map(({ key }) => (Object.hasOwn(given, key) ? (given[key] ?? 0) : 0));
    case 'headcount':
      return slices.map(({ scope }) => (inTime ? 1 : headcount(scope, context)));
    case 'working_days':
      return slices.map((slice) => minutesOf(slice, context, () => 1));
    case 'history':
    case 'seasonality':
      return inTime ? seasons(slices, context) : history(slices, context);
  }
}

function headcount(scope: TargetScope, { calendar, tree }: WeightContext): number {
  if (scope.kind === 'agent') return 1;
  const within = scope.kind === 'team' ? new Set(tree.withBelow([scope.id])) : null;
  let people = 0;
  for (const { id, members } of calendar.teams()) if (within?.has(id) ?? true) people += members;
  return people;
}

function minutesOf(
  { scope, dates }: Slice,
  { calendar, tree }: WeightContext,
  factor: (date: string) => number,
): number {
  const days = new ScopeDays(calendar, tree, scope);
  return eachDate(dates).reduce((sum, date) => sum + days.personMinutes(date) * factor(date), 0);
}

async function history(
  slices: readonly Slice[],
  { tx, tree, figure, parent, today }: WeightContext,
): Promise<number[]> {
  const agents = slices.flatMap(({ scope }) => (scope.kind === 'agent' ? [scope.id] : []));
  const sums = await sumsOf(tx, { from: plusDays(today, -HISTORY_DAYS), until: today }, tree, agents);
  const currency = parent.currency ?? '';
  return slices.map(({ scope }) => numberOf(sums.of(scope).value(figure.id, currency), parent.currency) ?? 0);
}

async function seasons(slices: readonly Slice[], context: WeightContext): Promise<number[]> {
  const { tx, tree, figure, parent, today } = context;
  const { scope, currency } = parent;
  const teams = scope.kind === 'team' ? tree.withBelow([scope.id]) : null;
  const dates = { from: plusDays(today, -SEASONS_DAYS), until: today };
  const factor = seasonalityOf(await totalsByDate(tx, figure, currency, { scope, teams }, dates), today);
  return slices.map((slice) => minutesOf(slice, context, factor));
}

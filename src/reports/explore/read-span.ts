/** One stretch of time of a question, read: sums, distinct customers, owned customers. */
import type { PlacedTimes } from '../../calls/index.js';
import type { Zones } from '../../kpi/index.js';
import { eachInTurns } from '../../platform/index.js';
import type { ReportSpec } from '../../shared/reports.js';
import { addSums, type Cell, type Currencies, cellAt, emptyCell, type Reading } from './cells.js';
import type { Asked, ExploreRepository } from './explore.repository.js';
import { countsCustomers, needsFacts, needsLocalTime, needsSlots, statesMissing } from './groupings.js';
import { type Needed, neededFor } from './measures-needed.js';
import type { NamesRepository } from './names.repository.js';
import { addOwned } from './owned.js';
import type { LocalTime } from './row-source.js';
import type { Span } from './span.js';
import { TimeAxis } from './time-axis.js';

/** Of one call of the engine. */
export interface ReadingContext {
  repository: ExploreRepository;
  names: NamesRepository;
  zones: Zones;
  /** Epoch ms. */
  now: number;
  asOf: number;
  currencies: Currencies | null;
  open: readonly PlacedTimes[];
}

type Question = Pick<ReportSpec, 'kpis' | 'groupBy' | 'filters'>;

export async function readSpan(question: Question, span: Span, context: ReadingContext): Promise<Reading> {
  const { groupBy, filters } = question;
  const needed = neededFor(question.kpis);
  const facts = needsFacts(question);
  const asked: Asked = { groupBy, filters, span, hourZone: context.zones.at(span.from).timeZone };
  const sums = await context.repository.sums({
    ...asked,
    columns: needed.columns,
    byCampaign: needed.money,
    slots: needsSlots(question),
    local: localTimeOf(question, span, context.zones),
    facts,
    open: needed.states && !facts ? context.open : [],
  });
  const reading: Reading = {
    cells: new Map(),
    total: emptyCell([]),
    customers: { rows: false, total: false },
    owned: { rows: false, total: false },
    withoutStates: statesMissing(question),
  };
  await addSums(
    reading,
    sums,
    needed.columns,
    needed.money ? context.currencies : null,
    keyMapper(question, span, context.zones),
  );
  await addCustomers(reading, asked, needed, facts, context);
  if (needed.owned) await addOwned(reading, asked, span, context);
  return reading;
}

/** One zone for all teams throughout: a constant costs less than a join. */
function localTimeOf(question: Question, span: Span, zones: Zones): LocalTime {
  if (!needsLocalTime(question)) return null;
  const day = 86_400_000;
  const inForce = new Set(zones.inForce(span.from - 2 * day, span.to + 2 * day).map(({ timeZone }) => timeZone));
  const [only] = inForce;
  return only !== undefined && inForce.size === 1 ? { zone: only } : 'by_team';
}

function keyMapper({ groupBy }: Question, span: Span, zones: Zones): (keys: string[]) => string[] {
  const at = groupBy.indexOf('hour');
  const axis = at < 0 ? null : new TimeAxis('hour', span, zones);
  const padded = groupBy.indexOf('hour_of_day');
  if (axis === null && padded < 0) return (keys) => keys;
  return (keys) =>
    keys.map((key, index) => {
      if (index === at && axis !== null) return axis.keyOf(key);
      return index === padded ? key.padStart(2, '0') : key;
    });
}

async function addCustomers(
  reading: Reading,
  asked: Asked,
  needed: Needed,
  facts: boolean,
  { repository }: ReadingContext,
): Promise<void> {
  const { dates } = asked.span;
  const anywhere = { ...asked, groupBy: [] };
  if (!needed.customers || dates === null || !countsCustomers(anywhere)) return;
  const [total] = await repository.customers(anywhere, dates, facts);
  reading.total.customers = total === undefined ? null : countsOf(total);
  reading.customers = { rows: countsCustomers(asked), total: true };
  if (asked.groupBy.length === 0) cellAt(reading.cells, []).customers = reading.total.customers;
  if (asked.groupBy.length === 0 || !reading.customers.rows) return;
  await eachInTurns(await repository.customers(asked, dates, facts), ({ keys, ...counts }) => {
    cellAt(reading.cells, keys).customers = counts;
  });
}

function countsOf({ customers, customersConnected }: NonNullable<Cell['customers']>): Cell['customers'] {
  return { customers, customersConnected };
}

/** Figures of the team each agent is in at the end of the range, by the keys of their rows. */
export async function readTeams(
  spec: ReportSpec,
  span: Span,
  reading: Reading,
  context: ReadingContext,
): Promise<{ reading: Reading; teamOf: Map<string, string>; at: number }> {
  const at = spec.groupBy.indexOf('agent');
  const agents = new Set([...reading.cells.values()].map(({ keys }) => keys[at] ?? '0'));
  const teamOf = await context.names.teamsAt([...agents], Math.min(span.to - 1, context.now));
  const groupBy = spec.groupBy.map((one, index) => (index === at ? 'team' : one));
  // The whole team, whoever was asked for; what is outside the scope is not read.
  const { agents: _a, teams: _t, ...others } = spec.filters;
  const filters = { ...others, teams: [...new Set(teamOf.values())].map(Number) };
  const both = groupBy.filter((one, index) => groupBy.indexOf(one) === index);
  const teams =
    filters.teams.length === 0 ? null : await readSpan({ kpis: spec.kpis, groupBy: both, filters }, span, context);
  return { reading: teams ?? { ...reading, cells: new Map() }, teamOf, at };
}

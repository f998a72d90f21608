/**
 * Proves for random organisations (teams in a tree, people who change teams, calls passed on, sales closed by others) that no
 * way out shows a supervisor, a key of their teams or an agent anything of anybody outside their scope: lists, questions by
 * every grouping, ready-made reports, closed months, packs and saved reports, on the screen and as CSV, XLSX and PDF, and the
 * feed say no row, name or number of others, and their totals are those of an independent count of what is inside.
 */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { CallPage, KpiValue } from '../../src/shared/api.js';
import type { ExportRequest } from '../../src/shared/exports.js';
import type { OutcomePage } from '../../src/shared/outcomes.js';
import {
  READY_REPORTS,
  REPORT_GROUPINGS,
  type ReadyReportId,
  type ReportDocument,
  type ReportGrouping,
  type ReportResult,
} from '../../src/shared/reports.js';
import type { SavedReportView } from '../../src/shared/saved-reports.js';
import type { SchedulePreview } from '../../src/shared/schedules.js';
import type { PeriodView } from '../../src/shared/targets.js';
import { SEED } from '../support/seed.js';
import { workbookOf } from '../support/sheets.js';
import { unzip } from '../support/unzip.js';
import type { Person } from './access-people.js';
import { ask, download, ended, made } from './exports-world.js';
import {
  agentName,
  agentView,
  type Counted,
  countedIn,
  KPIS,
  maskOf,
  plans,
  RANGE,
  type Sums,
  sumOf,
  supervisorView,
  type Truth,
  truthOf,
  type View,
} from './scope-plans.js';
import { proveFeed, proveSilent } from './scope-silence.js';
import { agentId, type ScopeWorld, scopeWorld, textOf } from './scope-world.js';

const IN_RANGE = `from=${RANGE.from}&to=${RANGE.to}`;
const REPORTS = READY_REPORTS.filter((id) => id !== 'data_quality');
/** What an agent may open. */
const OWN_REPORTS = ['agent_scorecard', 'best_hours'] as const;

test.each(['supervisor', 'key'] as const)(
  'nobody sees anything of others on any way out, asked by a %s',
  async (asker) => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const world = await scopeWorld(plan);
        try {
          const truth = truthOf(plan);
          const led = supervisorView(truth);
          for (const who of [world.supervisor, world.key]) await proveLists(who, led);
          await proveScreens(world[asker], truth, led, REPORTS);
          await proveLists(world.agent, agentView(truth));
          await proveScreens(world.agent, truth, agentView(truth), OWN_REPORTS);
          await proveFeed(world, truth, led);
          const asAsker = { ...world, supervisor: world[asker] };
          await proveFiles(asAsker, truth, led);
          await proveShared(asAsker, led);
          expect((await ask(world.agent)).status).toBe(403);
        } finally {
          await world.close();
        }
      }),
      // One organisation takes seconds: it is not made smaller, the seed and the plan are printed.
      { seed: SEED + asker.length, numRuns: 1, endOnFailure: true },
    );
  },
  240_000,
);

async function get<T>(who: Person, path: string): Promise<T> {
  const { status, body } = await who.call<T>('GET', path);
  expect([path, status]).toEqual([path, 200]);
  return body;
}

// ── lists ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

type Line = [id: string, agent: string, team: string, campaign: string, number: string];
const inOrder = (lines: readonly Line[]): Line[] => [...lines].sort(([a], [b]) => (a < b ? -1 : 1));

/** Whoever talked in a call sees it, and so the agent it counts for: the rows are these and no others. */
const callLines = ({ calls }: View): Line[] =>
  inOrder(
    calls.map(({ key, agent, team, campaignName, customerRef }) => [
      key,
      agent === 'Unassigned' ? '' : agent,
      team,
      campaignName,
      maskOf(Number(customerRef) - 100),
    ]),
  );

async function pages<T>(who: Person, path: string, of: (page: { next: string | null }) => T[]): Promise<T[]> {
  const all: T[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const page: { next: string | null } = await get(who, `${path}${next === '' ? '' : `&cursor=${next}`}`);
    all.push(...of(page));
    next = page.next;
  }
  return all;
}

async function proveLists(who: Person, view: View): Promise<void> {
  const calls = await pages(who, '/calls?limit=200', (page) => (page as CallPage).calls);
  expect(
    inOrder(
      calls.map(({ id, agent, team, campaign, customer }) => [
        id,
        agent?.name ?? '',
        team.name,
        campaign.name,
        customer ?? '',
      ]),
    ),
  ).toEqual(callLines(view));
  const outcomes = await pages(who, '/outcomes?limit=200', (page) => (page as OutcomePage).outcomes);
  expect(outcomes.map(({ callId }) => callId).sort()).toEqual(view.outcomes.map(({ call }) => `k${call}`).sort());
}

/** The table of a list, by the names of its columns. */
async function tableOf(bytes: Buffer, format: string): Promise<Record<string, string>[]> {
  if (format === 'csv') return parse(bytes, { columns: true, bom: true });
  const [sheet] = await workbookOf(bytes);
  const [header = [], ...rows] = sheet?.rows ?? [];
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])));
}

async function proveListFiles(world: ScopeWorld, view: View): Promise<void> {
  for (const format of ['csv', 'xlsx'] as const) {
    const calls = await tableOf(await fileOf(world, { source: { kind: 'calls', query: '' }, format }), format);
    const cells = (row: Record<string, string>, ...names: string[]) => names.map((name) => row[name] ?? '') as Line;
    expect(inOrder(calls.map((row) => cells(row, 'Call', 'Agent', 'Team', 'Campaign', 'Customer number')))).toEqual(
      callLines(view),
    );
    const inSeconds = format === 'csv' ? 1 : 86_400;
    const talk = calls.reduce((sum, row) => sum + Number(row['Talk (s)']) * inSeconds, 0);
    expect(talk).toBeCloseTo(
      view.calls.reduce((sum, { talkMs }) => sum + talkMs / 1_000, 0),
      5,
    );
    const outcomes = await tableOf(await fileOf(world, { source: { kind: 'outcomes', query: '' }, format }), format);
    const expected = view.outcomes.map(({ call, agent, customer }) => [`k${call}`, agentName(agent), maskOf(customer)]);
    expect(outcomes.map((row) => cells(row, 'Call', 'Agent', 'Customer number')).sort()).toEqual(expected.sort());
    const sold = outcomes.reduce((sum, row) => sum + Math.round(Number(row['Sale amount']) * 100), 0);
    const sales = view.outcomes.filter(({ said }) => said === 'sale');
    expect(sold).toBe(sales.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
  }
}

async function fileOf({ server, supervisor }: ScopeWorld, wish: Partial<ExportRequest>): Promise<Buffer> {
  const view = await made(supervisor, wish);
  expect([wish.source, view.state, view.error]).toEqual([wish.source, 'done', null]);
  return (await download(server.url, supervisor, view.id)).bytes;
}

// ── reports ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Of one currency. */
function numberOf(value: KpiValue | undefined): number {
  if (Array.isArray(value)) throw new Error('several currencies');
  return typeof value === 'number' ? value : (value?.amountMinor ?? 0);
}
const figures = (values: Record<string, KpiValue>): Sums =>
  Object.fromEntries(KPIS.map((kpi) => [kpi, numberOf(values[kpi])])) as unknown as Sums;
const added = (all: readonly Sums[]): Sums =>
  Object.fromEntries(KPIS.map((kpi) => [kpi, all.reduce((sum, one) => sum + one[kpi], 0)])) as unknown as Sums;

const KEYS: Partial<Record<ReportGrouping, (one: Counted) => string>> = {
  agent: ({ agent }) => agent,
  team: ({ team }) => team,
  day: ({ date }) => date,
};

/** Row by row, where the key is easily told; those of nothing are left out. */
function proveRows(grouping: ReportGrouping, { rows }: ReportResult, counted: readonly Counted[]): void {
  const keyOf = KEYS[grouping];
  if (keyOf === undefined) return;
  const keys = [...new Set(counted.map(keyOf))];
  const expected = Object.fromEntries(keys.map((key) => [key, sumOf(counted.filter((one) => keyOf(one) === key))]));
  const shown = rows
    .map(({ keys, labels, values }) => [(grouping === 'day' ? keys[0] : labels[0]?.en) ?? '', figures(values)] as const)
    .filter(([, sums]) => KPIS.some((kpi) => sums[kpi] !== 0));
  expect(Object.fromEntries(shown)).toEqual(expected);
}

async function proveScreens(who: Person, truth: Truth, view: View, reports: readonly ReadyReportId[]): Promise<void> {
  const counted = countedIn(truth, view);
  for (const grouping of REPORT_GROUPINGS) {
    const query = `${IN_RANGE}&kpis=${KPIS}&groupBy=${grouping}`;
    const result = await get<ReportResult>(who, `/reports/explore?${query}`);
    expect([grouping, figures(result.totals)]).toEqual([grouping, sumOf(counted)]);
    expect([grouping, added(result.rows.map(({ values }) => figures(values)))]).toEqual([grouping, sumOf(counted)]);
    proveRows(grouping, result, counted);
    proveSilent(grouping, JSON.stringify(result), view);
    // An agent may not be compared with the team.
    const compared = grouping === 'agent' && reports !== OWN_REPORTS ? 'team' : 'previous';
    const document = await get(who, `/reports/explore/document?${query}&compare=${compared}`);
    proveSilent(`document by ${grouping}`, JSON.stringify(document), view);
  }
  for (const id of reports) {
    const document = await get<ReportDocument>(who, `/reports/ready/${id}?${readyParameters(id, truth, view)}`);
    proveSilent(id, JSON.stringify(document), view);
    proveHeadline(id, document, truth, view);
  }
  for (const path of ['/reports/choices', '/reports/ready', '/periods', '/periods/2026-04']) {
    const { status, body } = await who.call('GET', path);
    expect([path, status]).toEqual([path, 200]);
    proveSilent(path, JSON.stringify(body), view);
  }
  provePeriod(await get<PeriodView>(who, '/periods/2026-04'), truth, view);
}

/** The agent the scorecard is about: somebody something was counted for. */
const whom = (truth: Truth, view: View): number => {
  const found = truth.plan.agents.findIndex((_, index) =>
    countedIn(truth, view).some(({ agent }) => agent === agentName(index)),
  );
  return found === -1 ? truth.plan.self : found;
};

const readyParameters = (id: ReadyReportId, truth: Truth, view: View): string =>
  id === 'agent_scorecard' ? `${IN_RANGE}&agent=${agentId(whom(truth, view))}` : IN_RANGE;

/** Best hours count within calling hours only, attainment what there are targets for. */
function proveHeadline(id: ReadyReportId, { headline }: ReportDocument, truth: Truth, view: View): void {
  if (id === 'best_hours' || id === 'target_attainment') return;
  const name = agentName(whom(truth, view));
  const own = countedIn(truth, view).filter(({ agent }) => id !== 'agent_scorecard' || agent === name);
  const said = headline.filter(({ kpi }) => KPIS.some((one) => one === kpi));
  const sums = sumOf(own);
  expect([id, said.map(({ kpi, value }) => [kpi, numberOf(value)])]).toEqual([
    id,
    said.map(({ kpi }) => [kpi, sums[kpi as keyof Sums]]),
  ]);
}

function provePeriod(view: PeriodView, truth: Truth, seen: View): void {
  const april = (which: 'all' | 'early') =>
    sumOf(countedIn(truth, seen, which).filter(({ date }) => date < '2026-05-01'));
  for (const [which, values] of [
    ['early', view.totals.frozen],
    ['all', view.totals.adjusted],
  ] as const) {
    const { dials, connects, sales, revenue } = april(which);
    expect([which, ['dials', 'connects', 'sales', 'revenue'].map((kpi) => numberOf(values[kpi]))]).toEqual([
      which,
      [dials, connects, sales, revenue],
    ]);
  }
}

// ── files ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

const explored = (groupBy: ReportGrouping, agents?: number[]): ExportRequest['source'] & { kind: 'explore' } => ({
  kind: 'explore',
  spec: {
    range: RANGE,
    kpis: ['dials', 'connects', 'inbound', 'sales'],
    groupBy: [groupBy],
    filters: agents === undefined ? {} : { agents },
    compare: 'none',
  },
});

const readySource = (report: ReadyReportId, truth: Truth, view: View): ExportRequest['source'] & { kind: 'ready' } => ({
  kind: 'ready',
  report,
  query: { range: RANGE, filters: report === 'agent_scorecard' ? { agents: [agentId(whom(truth, view))] } : {} },
});

async function proveFiles(world: ScopeWorld, truth: Truth, view: View): Promise<void> {
  await proveListFiles(world, view);
  const { formats } = truth.plan;
  const formatOf = (at: number) => formats[at % formats.length] ?? 'csv';
  for (const [at, grouping] of (['agent', 'team', 'campaign', 'day'] as const).entries()) {
    const format = formatOf(at);
    const file = await fileOf(world, { source: explored(grouping), format });
    proveSilent(`${grouping} as ${format}`, await textOf(file), view);
    await proveTotals(`${grouping} as ${format}`, file, sumOf(countedIn(truth, view)));
  }
  for (const [at, report] of REPORTS.entries()) {
    const format = formatOf(at);
    const file = await fileOf(world, { source: readySource(report, truth, view), format });
    proveSilent(`${report} as ${format}`, await textOf(file), view);
    if (format === 'csv') proveHeadlineFile(report, file, truth, view);
  }
  for (const format of formats) {
    const file = await fileOf(world, { source: { kind: 'period', month: '2026-04' }, format });
    proveSilent(`closed month as ${format}`, await textOf(file), view);
  }
  await provePack(world, truth, view, formatOf(0));
}

const NAMES = { Dials: 'dials', Connects: 'connects', 'Inbound calls': 'inbound', Sales: 'sales' } as const;

/** Rows add up to the totals, and these are what was counted. */
async function proveTotals(what: string, file: Buffer, sums: Sums): Promise<void> {
  if (what.endsWith('pdf')) {
    const words = new Set((await textOf(file)).split(/\s+/));
    expect(words).toContain(sums.dials.toLocaleString('en-US'));
    return;
  }
  const sheets = what.endsWith('csv')
    ? [parse(file, { bom: true }) as string[][]]
    : (await workbookOf(file)).map(({ rows }) => rows);
  // What a chart is drawn from has no totals.
  const table = sheets.find((rows) => rows[0]?.includes('Dials') === true && /^total$/i.test(rows.at(-1)?.[0] ?? ''));
  if (table === undefined) throw new Error(`no table in ${what}: ${sheets.map(([header]) => header)}`);
  const [header = [], ...rows] = table;
  for (const [name, kpi] of Object.entries(NAMES)) {
    const at = header.indexOf(name);
    const values = rows
      .map((row) => row[at] ?? '')
      .filter((cell) => cell !== '')
      .map(Number);
    const total = values.pop();
    const sum = values.reduce((all, value) => all + value, 0);
    expect([what, name, total, sum]).toEqual([what, name, sums[kpi], sums[kpi]]);
  }
}

function proveHeadlineFile(report: ReadyReportId, file: Buffer, truth: Truth, view: View): void {
  const found = [...unzip(file)].find(([name]) => name.endsWith('headline.csv'));
  const lines: string[][] = found === undefined ? [] : parse(found[1], { bom: true });
  const dials = lines.find(([, name]) => name === 'Dials')?.[2];
  if (dials === undefined || report === 'best_hours' || report === 'target_attainment') return;
  const name = agentName(whom(truth, view));
  const own = countedIn(truth, view).filter(({ agent }) => report !== 'agent_scorecard' || agent === name);
  expect([report, Number(dials)]).toEqual([report, sumOf(own).dials]);
}

async function provePack({ supervisor }: ScopeWorld, truth: Truth, view: View, format: string): Promise<void> {
  const { status, body } = await supervisor.call<SchedulePreview>('POST', '/schedules/preview', {
    name: 'Pack',
    sources: [...REPORTS.map((report) => readySource(report, truth, view)), explored('agent')],
    format,
    language: 'en',
    rhythm: { every: 'week', weekday: 1, at: '08:30' },
    zone: null,
    workingDaysOnly: false,
    active: true,
    destinations: ['webhook', 'wecom', 'dingtalk', 'feishu', 'slack'].map((kind) => ({
      kind,
      url: 'https://example.com/x',
    })),
  });
  expect([format, status, status === 200 ? null : body]).toEqual([format, 200, null]);
  proveSilent(`pack as ${format}`, await textOf(Buffer.from(body.file.base64, 'base64')), view);
  proveSilent(`messages of a pack as ${format}`, JSON.stringify([body.summary, body.texts]), view);
}

/** Somebody else's question shows whoever opens it their own; one that names people outside is refused. */
async function proveShared({ supervisor, ops }: ScopeWorld, view: View): Promise<void> {
  const keep = async (name: string, source: ExportRequest['source']): Promise<SavedReportView> => {
    const wish = { name, visibility: 'organisation', source };
    const { status, body } = await ops.call<SavedReportView>('POST', '/reports/saved', wish);
    expect([name, status]).toEqual([name, 201]);
    return get<SavedReportView>(supervisor, `/reports/saved/${body.id}`);
  };
  const everybody = await keep('Everybody', explored('agent'));
  const others = await keep('Others', explored('team', [agentId(0)]));
  proveSilent('saved reports', JSON.stringify(await get(supervisor, '/reports/saved')), view);
  for (const { source, name } of [everybody, others]) {
    if (source?.kind !== 'explore') throw new Error(`${name} is not what was kept`);
    // Refused when it is asked for, or when it is made.
    const asked = await ask(supervisor, { source });
    const state = asked.status === 201 ? await ended(supervisor, asked.body.id) : null;
    const error = state?.error?.code ?? asked.code ?? null;
    expect([name, error]).toEqual([name, name === 'Others' ? 'outside_scope' : null]);
    if (name === 'Others') proveSilent('a refusal', JSON.stringify([asked.body, state]), view);
  }
}

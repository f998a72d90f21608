/**
 * Random organisations and what happened in them, for the proof of scope: teams in a tree, people who changed teams, calls
 * passed on across teams, sales closed by somebody else. And what of it may be seen by whom, worked out from the plan and by
 * the oracle of calls. Imports nothing of the product.
 */
import fc from 'fast-check';
import { type OracleEvent, type OracleOrganisation, oracleTotals, type ResolvedCall } from '../oracle/index.js';
import { BARE_EVENT } from '../support/bare-event.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Monday; midnight in Shanghai. */
const FIRST_DAY = Date.parse('2026-04-05T16:00:00Z');
const DAYS = 44;
/** Noon in Shanghai, after the last day of calls. */
export const NOW = Date.parse('2026-05-20T04:00:00Z');
export const RANGE = { from: '2026-04-06', to: '2026-05-21' };
const CUSTOMERS = 60;

/** Words that stand in no other text: whatever says one of them speaks of that team, agent or campaign. */
export const teamName = (index: number): string => `Zqt${index}x`;
export const agentName = (index: number): string => `Zqa${index}x`;
export const campaignName = (index: number): string => `Zqc${index}x`;
/** Calls, and is none of the agents that were entered: the product makes one. */
export const STRANGER = 'zqs0x';
export const maskOf = (customer: number): string => `138****0${100 + customer}`;

export interface Plan {
  /** Index of the team above; null: none. The first has none and none below. */
  parents: (number | null)[];
  agents: { team: number; moves: { day: number; team: number }[] }[];
  calls: PlannedCall[];
  /** Whom a supervisor leads, and who else looks. */
  leads: number[];
  self: number;
  /** Formats of files, taken in turn. */
  formats: ('csv' | 'xlsx' | 'pdf')[];
}

interface PlannedCall {
  /** Index of an agent; null: the stranger. */
  agent: number | null;
  day: number;
  /** After 09:00 in Shanghai. */
  minute: number;
  inbound: boolean;
  result: 'completed' | 'no-answer' | 'busy';
  talkSeconds: number;
  customer: number;
  campaign: number | null;
  passedTo: number | null;
  said: 'sale' | 'callback' | 'not_interested' | 'complaint' | null;
  saidBy: number | null;
  amountMinor: number;
  /** Told after its month was closed. */
  late: boolean;
}

export const plans: fc.Arbitrary<Plan> = fc
  .record({ teams: fc.integer({ min: 4, max: 6 }), agents: fc.integer({ min: 5, max: 8 }) })
  .chain((size) => {
    const someone = fc.nat(size.agents - 1);
    const team = fc.nat(size.teams - 1);
    const move = fc.record({ day: fc.integer({ min: 1, max: DAYS - 1 }), team });
    const call: fc.Arbitrary<PlannedCall> = fc.record({
      agent: fc.option(someone, { freq: 15 }),
      day: fc.nat(DAYS - 1),
      minute: fc.nat(10 * 60),
      inbound: fc.nat(4).map((n) => n === 0),
      result: fc.constantFrom('completed', 'completed', 'no-answer', 'busy'),
      talkSeconds: fc.integer({ min: 90, max: 800 }),
      customer: fc.nat(CUSTOMERS - 1),
      campaign: fc.option(fc.nat(3)),
      passedTo: fc.option(someone, { freq: 1 }),
      said: fc.constantFrom(null, 'sale', 'callback', 'not_interested', 'complaint'),
      saidBy: fc.option(someone, { freq: 2 }),
      amountMinor: fc.integer({ min: 1, max: 90_000 }),
      late: fc.nat(7).map((n) => n === 0),
    });
    return fc.record({
      parents: fc.tuple(
        ...Array.from({ length: size.teams }, (_, index) =>
          // None stands under the first: it is outside whatever somebody leads.
          index < 2 ? fc.constant(null) : fc.option(fc.integer({ min: 1, max: index - 1 }), { freq: 2 }),
        ),
      ),
      agents: fc.array(fc.record({ team, moves: fc.array(move, { maxLength: 2 }) }), {
        minLength: size.agents,
        maxLength: size.agents,
      }),
      calls: fc.array(call, { minLength: 90, maxLength: 140 }),
      leads: fc.uniqueArray(fc.integer({ min: 1, max: size.teams - 1 }), { minLength: 1, maxLength: 2 }),
      self: someone,
      formats: fc
        .constantFrom(['csv', 'xlsx', 'pdf'] as const, ['xlsx', 'pdf', 'csv'] as const, ['pdf', 'csv', 'xlsx'] as const)
        .map((formats) => [...formats]),
    });
  })
  .map((plan) => {
    const [led = 1] = plan.leads;
    const sure = [
      // One who never was anywhere else, and two who changed sides.
      { team: 0, moves: [] },
      { team: led, moves: [{ day: 20, team: 0 }] },
      { team: 0, moves: [{ day: 25, team: led }] },
    ];
    return { ...plan, agents: plan.agents.map((agent, index) => sure[index] ?? agent) };
  });

/** From when on a day's change of team holds: its midnight, when nobody calls. */
export const dayAt = (day: number): number => FIRST_DAY + day * DAY;
const dateOf = (at: number): string => new Date(at + 8 * 60 * MINUTE).toISOString().slice(0, 10);

/** Changes in their order; of several on one day the last. */
export function movesOf({ moves }: Plan['agents'][number]): { day: number; team: number }[] {
  return [...new Map(moves.map((move) => [move.day, move])).values()].sort((a, b) => a.day - b.day);
}

function teamAt(agent: Plan['agents'][number], day: number): number {
  return (
    movesOf(agent)
      .filter((move) => move.day <= day)
      .at(-1)?.team ?? agent.team
  );
}

/** Indexes of every team somebody was in. */
const everIn = (agent: Plan['agents'][number]): number[] => [agent.team, ...movesOf(agent).map(({ team }) => team)];

const startOf = ({ day, minute }: PlannedCall): number => dayAt(day) + (9 * 60 + minute) * MINUTE;
const identityOf = (agent: number | null): string => (agent === null ? STRANGER : agentName(agent).toLowerCase());

/** Reports of a phone system about a call. */
export function eventsOf(call: PlannedCall, index: number): OracleEvent[] {
  const start = startOf(call);
  const key = `k${index}`;
  const answered = call.result === 'completed';
  const end = start + (answered ? call.talkSeconds : 20) * 1_000;
  const shared = {
    ...BARE_EVENT,
    campaignParam: call.campaign === null ? null : campaignName(call.campaign),
  } as const;
  const agent = { kind: 'client', identity: identityOf(call.agent) } as const;
  const customer = { kind: 'tel', ref: String(100 + call.customer) } as const;
  const own = { kind: 'tel', ref: '901' } as const;
  const [first, second] = call.inbound ? [customer, agent] : [agent, customer];
  const root = { ...shared, legId: key, parentLegId: null, direction: 'inbound' as const, from: first };
  const dialled = {
    ...shared,
    parentLegId: key,
    direction: 'outbound-dial' as const,
    from: call.inbound ? customer : own,
  };
  const legs = [
    { ...root, to: call.inbound ? own : customer, answered: true, begins: start },
    { ...dialled, legId: `${key}-x`, to: second, answered, begins: start },
    ...(call.passedTo !== null && answered && !call.inbound
      ? [
          {
            ...dialled,
            legId: `${key}-t`,
            to: { kind: 'client', identity: identityOf(call.passedTo) } as const,
            answered,
            begins: start + 30_000,
          },
        ]
      : []),
  ];
  return legs.flatMap(({ answered: isAnswered, begins, ...leg }): OracleEvent[] => [
    { ...leg, type: 'leg.initiated', occurredAt: begins },
    ...(isAnswered ? [{ ...leg, type: 'leg.answered' as const, occurredAt: begins + 1_000 }] : []),
    { ...leg, type: 'leg.ended', occurredAt: end, result: isAnswered ? ('completed' as const) : call.result },
  ]);
}

export interface PlannedOutcome {
  call: number;
  /** Index of the agent it counts for. */
  agent: number;
  team: number;
  at: number;
  date: string;
  said: NonNullable<PlannedCall['said']>;
  amountMinor: number;
  callbackAt: number;
  customer: number;
  late: boolean;
}

export function outcomesOf({ calls, agents }: Plan): PlannedOutcome[] {
  return calls.flatMap((call, index) => {
    const agent = call.saidBy ?? call.agent;
    const who = agent === null ? undefined : agents[agent];
    if (call.said === null || agent === null || who === undefined) return [];
    const at = startOf(call) + 20 * MINUTE;
    const { said, amountMinor, customer, late, day } = call;
    const callbackAt = at + 90 * MINUTE;
    return [
      {
        call: index,
        agent,
        team: teamAt(who, day),
        at,
        date: dateOf(at),
        said,
        amountMinor,
        callbackAt,
        customer,
        late,
      },
    ];
  });
}

export function organisationOf({ parents, agents }: Plan): OracleOrganisation {
  const always = Number.NEGATIVE_INFINITY;
  return {
    sites: [{ name: 'Main site', versions: [{ from: always, zone: 'Asia/Shanghai', startMinutes: 0 }] }],
    teams: ['Unassigned', 'New agents', ...parents.map((_, index) => teamName(index))].map((name) => ({
      name,
      site: 'Main site',
    })),
    agents: agents.map((agent, index) => ({
      name: agentName(index),
      addresses: [`identity:${identityOf(index)}`],
      teams: [{ day: Number.NEGATIVE_INFINITY, team: agent.team }, ...movesOf(agent)].map(({ day, team }) => ({
        from: day === Number.NEGATIVE_INFINITY ? always : dayAt(day),
        team: teamName(team),
      })),
    })),
    campaigns: [],
  };
}

export interface Place {
  agent: string;
  team: string;
}

/** What somebody may see. */
export interface View {
  /** Whether something of this agent and team is theirs. */
  holds(place: Place): boolean;
  calls: ResolvedCall[];
  outcomes: PlannedOutcome[];
  /** Words of teams, agents and campaigns they have nothing to do with. */
  forbidden: string[];
  /** Masked numbers they may meet. */
  numbers: Set<string>;
}

export interface Truth {
  plan: Plan;
  totals: ReturnType<typeof oracleTotals>;
  outcomes: PlannedOutcome[];
  /** Names of teams: those that are led and all below. */
  led: Set<string>;
}

export function truthOf(plan: Plan): Truth {
  const led = new Set(plan.leads);
  for (const [index, parent] of plan.parents.entries()) if (parent !== null && led.has(parent)) led.add(index);
  return {
    plan,
    totals: oracleTotals(plan.calls.flatMap(eventsOf), organisationOf(plan)),
    outcomes: outcomesOf(plan),
    led: new Set([...led].map(teamName)),
  };
}

export function supervisorView(truth: Truth): View {
  const { plan, led } = truth;
  const people = plan.agents.flatMap((agent, index) =>
    everIn(agent).some((team) => led.has(teamName(team))) ? [agentName(index)] : [],
  );
  return viewOf(truth, ({ team }) => led.has(team), { people, teams: [...led] });
}

export function agentView(truth: Truth): View {
  const { plan } = truth;
  const name = agentName(plan.self);
  const own = plan.agents[plan.self];
  const teams = own === undefined ? [] : everIn(own).map(teamName);
  return viewOf(truth, ({ agent }) => agent === name, { people: [name], teams });
}

function viewOf(
  { plan, totals, outcomes }: Truth,
  holds: View['holds'],
  known: { people: string[]; teams: string[] },
): View {
  const calls = totals.calls.filter((call) => holds(call) || call.handlers.some(holds));
  const own = outcomes.filter((one) => holds(placeOf(one)));
  const campaignOf = (call: number) => plan.calls[call]?.campaign ?? null;
  const campaigns = new Set([
    ...calls.map(({ campaignName: name }) => name),
    ...own.flatMap(({ call }) => campaignOf(call) ?? []).map(campaignName),
  ]);
  const words = [
    ...plan.parents.map((_, index) => teamName(index)).filter((name) => !known.teams.includes(name)),
    ...plan.agents.map((_, index) => agentName(index)).filter((name) => !known.people.includes(name)),
    ...[0, 1, 2, 3].map(campaignName).filter((name) => !campaigns.has(name)),
    STRANGER,
  ];
  const met = [...calls.map(({ customerRef }) => Number(customerRef) - 100), ...own.map(({ customer }) => customer)];
  return {
    holds,
    calls,
    outcomes: own,
    forbidden: words,
    // And our own number.
    numbers: new Set([...met.map(maskOf), '138****0901']),
  };
}

export const placeOf = ({ agent, team }: PlannedOutcome): Place => ({ agent: agentName(agent), team: teamName(team) });

export interface Sums {
  dials: number;
  connects: number;
  talk_s: number;
  inbound: number;
  sales: number;
  revenue: number;
}
export const KPIS = ['dials', 'connects', 'talk_s', 'inbound', 'sales', 'revenue'] as const;

export interface Counted extends Place, Sums {
  campaign: string;
  date: string;
}

/** Everything that counts within a view: of calls by the oracle, of sales by the plan. `revenue` in minor units. */
export function countedIn({ plan, totals }: Truth, view: View, which: 'all' | 'early' = 'all'): Counted[] {
  const isIn = (index: number): boolean => which === 'all' || plan.calls[index]?.late === false;
  const none = { dials: 0, connects: 0, talk_s: 0, inbound: 0, sales: 0, revenue: 0 };
  const ofCalls = totals.calls
    .filter((call) => view.holds(call) && call.counted && isIn(Number(call.key.slice(1))))
    .map(({ agent, team, campaignName: campaign, date, direction, outcome, talkMs }): Counted => {
      const isDial = direction === 'outbound';
      const isConnected = isDial && outcome === 'answered';
      return {
        ...none,
        ...{ agent, team, campaign, date },
        dials: Number(isDial),
        connects: Number(isConnected),
        talk_s: isConnected ? talkMs / 1_000 : 0,
        inbound: Number(direction === 'inbound'),
      };
    });
  const ofSales = view.outcomes
    .filter(({ said, call }) => said === 'sale' && plan.calls[call]?.inbound === false && isIn(call))
    .map((one): Counted => {
      const campaign = plan.calls[one.call]?.campaign ?? null;
      return {
        ...none,
        ...placeOf(one),
        campaign: campaign === null ? 'default' : campaignName(campaign),
        date: one.date,
        sales: 1,
        revenue: one.amountMinor,
      };
    });
  return [...ofCalls, ...ofSales];
}

export function sumOf(rows: readonly Counted[]): Sums {
  const sum = (kpi: keyof Sums) => rows.reduce((all, row) => all + row[kpi], 0);
  return {
    dials: sum('dials'),
    connects: sum('connects'),
    talk_s: sum('talk_s'),
    inbound: sum('inbound'),
    sales: sum('sales'),
    revenue: sum('revenue'),
  };
}

/**
 * A floor of three sites (Berlin, Kolkata, New York) with random calls and outcomes around both clock changes of a year, and
 * what it must come to, worked out call by call from the API's own lists and from how the calls were made. Imports of the
 * product only how one enters a call.
 */
import type { CallPage, CallView } from '../../src/shared/api.js';
import type { OutcomeInput, OutcomePage, OutcomeView } from '../../src/shared/outcomes.js';
import type { OracleEvent } from '../oracle/index.js';
import { dayStartsAt, wall } from '../oracle/wall-time.js';
import { BARE_EVENT } from '../support/bare-event.js';
import type { TestServer } from '../support/server.js';
import { entryOf } from './fold-database.js';
import type { Client } from './organisation-client.js';

const SECOND = 1_000;
const HOUR = 3_600_000;
/** Spring: Berlin's clocks go forward on 29 March. Autumn: they go back on 25 October, New York's a week later. */
export const WINDOWS = [
  { from: '2026-03-27', to: '2026-03-31' },
  { from: '2026-10-23', to: '2026-10-27' },
] as const;

/** A reproducible source of choices. */
export class Dice {
  constructor(private state: number) {}

  below(limit: number): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * limit);
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
}

export const DISPOSITIONS = ['sale', 'interested', 'not_interested', 'complaint', 'refused', 'callback'] as const;

/** Teams 11 and 12 in Berlin (12 begins its day at 04:00 in Kolkata), 13 in New York; agents 21–26. */
export async function makeFloor({ db }: TestServer): Promise<void> {
  const { pool } = db;
  await pool.query(`INSERT INTO site (id, name) VALUES (2, 'Kolkata'), (3, 'New York')`);
  await pool.query(
    `INSERT INTO site_version VALUES (2, '-infinity', 'Asia/Kolkata', 240), (3, '-infinity', 'America/New_York', 0)`,
  );
  await pool.query(
    `INSERT INTO team (id, name, site_id) VALUES (11, 'Berlin', 1), (12, 'Kolkata', 2), (13, 'York', 3)`,
  );
  for (const [index, name] of ['ada', 'bo', 'cy', 'di', 'ed', 'flo'].entries()) {
    const id = 21 + index;
    await pool.query(`INSERT INTO agent (id, name, status) VALUES ($1, $2, 'active')`, [id, name]);
    await pool.query(`INSERT INTO agent_address VALUES ('identity', $2, $1)`, [id, name]);
    await pool.query(`INSERT INTO team_membership VALUES ($1, '-infinity', $2)`, [id, 11 + (index % 3)]);
  }
  // Flo changes from New York to Berlin in the middle of both windows.
  await pool.query(`INSERT INTO team_membership VALUES (26, '2026-03-29T12:00Z', 11)`);
  await pool.query(`INSERT INTO campaign (id, name, currency) VALUES (31, 'dollar', 'USD')`);
  await pool.query(`INSERT INTO campaign_version (campaign_id, valid_from) VALUES (31, '-infinity')`);
  await pool.query('UPDATE organisation SET version = version + 1');
}

/** What is known of a call that the lists do not say. */
export interface Made {
  key: string;
  /** Label of our own number; null: none. */
  own: string | null;
  customer: string;
}

export async function makeCalls(server: TestServer, api: Client, seed: number, count: number): Promise<Made[]> {
  const dice = new Dice(seed);
  const made: Made[] = [];
  const outcomes: OutcomeInput[] = [];
  let received = Date.parse('2026-10-30T00:00Z');
  const entries = [];
  for (let n = 0; n < count; n++) {
    const call = oneCall(dice, n);
    made.push(call.made);
    entries.push(...call.events.map((event) => entryOf(event, received++)));
    if (dice.below(2) === 0) outcomes.push(outcomeOf(dice, n, call));
  }
  for (let at = 0; at < entries.length; at += 500) await server.server.core.writer.write(entries.slice(at, at + 500));
  await server.folded();
  for (let at = 0; at < outcomes.length; at += 400) {
    const { status, error } = await api.post('/outcomes', outcomes.slice(at, at + 400));
    expect([status, error]).toEqual([200, '']);
  }
  await server.folded();
  return made;
}

interface OneCall {
  made: Made;
  events: OracleEvent[];
  start: number;
  inbound: boolean;
}

const OWN = ['901', '902', '903'];

function oneCall(dice: Dice, n: number): OneCall {
  const window = dice.pick(WINDOWS);
  const [from, to] = [Date.parse(window.from) - 10 * HOUR, Date.parse(window.to) + 10 * HOUR];
  const start = from + dice.below((to - from) / SECOND) * SECOND;
  const agent = dice.pick(['ada', 'bo', 'cy', 'di', 'ed', 'flo', 'flo']);
  const customer = String(100 + dice.below(60));
  const inbound = dice.below(5) === 0;
  const result = dice.pick(['completed', 'completed', 'no-answer', 'busy'] as const);
  const talk = result === 'completed' ? 5 + dice.below(700) : null;
  const own = dice.pick(OWN);
  const shared = {
    ...BARE_EVENT,
    campaignParam: dice.below(3) === 0 ? 'dollar' : null,
  } as const;
  const who = { kind: 'client', identity: agent } as const;
  const them = { kind: 'tel', ref: customer } as const;
  const ours = { kind: 'tel', ref: own } as const;
  const key = `c${n}`;
  const customerLeg = inbound
    ? { ...shared, legId: key, parentLegId: null, direction: 'inbound' as const, from: them, to: ours }
    : { ...shared, legId: `${key}-x`, parentLegId: key, direction: 'outbound-dial' as const, from: ours, to: them };
  const agentLeg = inbound
    ? { ...shared, legId: `${key}-x`, parentLegId: key, direction: 'outbound-dial' as const, from: them, to: who }
    : { ...shared, legId: key, parentLegId: null, direction: 'inbound' as const, from: who, to: them };
  const colleague = { kind: 'client', identity: dice.pick(['ada', 'bo', 'cy', 'di', 'ed']) } as const;
  const passedOn = !inbound && talk !== null && talk > 60 && dice.below(6) === 0;
  const transfer = {
    ...shared,
    legId: `${key}-t`,
    parentLegId: key,
    direction: 'outbound-dial' as const,
    from: ours,
    to: colleague,
  };
  const ended = start + (talk ?? 20) * SECOND;
  const reports = (leg: typeof customerLeg | typeof agentLeg, answered: boolean, begins = start): OracleEvent[] => [
    { ...leg, type: 'leg.initiated', occurredAt: begins },
    ...(answered ? [{ ...leg, type: 'leg.answered' as const, occurredAt: begins + SECOND }] : []),
    {
      ...leg,
      type: 'leg.ended',
      occurredAt: ended,
      result: answered ? 'completed' : inbound ? 'no-answer' : (result as 'busy'),
    },
  ];
  return {
    made: { key, own, customer },
    events: [
      ...reports(customerLeg, talk !== null || inbound),
      ...reports(agentLeg, talk !== null || !inbound),
      ...(passedOn ? reports(transfer as unknown as typeof agentLeg, true, start + 30 * SECOND) : []),
    ],
    start,
    inbound,
  };
}

function outcomeOf(dice: Dice, n: number, { made, start }: OneCall): OutcomeInput {
  const disposition = dice.pick(DISPOSITIONS);
  return {
    externalId: `o${n}`,
    call: made.key,
    at: new Date(start + dice.below(30 * 60) * SECOND).toISOString(),
    disposition,
    ...(disposition === 'sale' ? { sale: { amountMinor: 1_000 + dice.below(90_000) } } : {}),
    ...(disposition === 'callback' ? { callbackAt: new Date(start + 5 * HOUR).toISOString() } : {}),
  };
}

export async function allCalls(api: Client): Promise<CallView[]> {
  const calls: CallView[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { body: CallPage } = await api.get<CallPage>(
      `/calls?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    calls.push(...page.body.calls);
    cursor = page.body.next;
  }
  return calls;
}

export async function allOutcomes(api: Client): Promise<OutcomeView[]> {
  const outcomes: OutcomeView[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { body: OutcomePage } = await api.get<OutcomePage>(
      `/outcomes?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    outcomes.push(...page.body.outcomes);
    cursor = page.body.next;
  }
  return outcomes;
}

/** One call or one outcome as it counts: where, when, and what. */
export interface Counted {
  at: number;
  date: string;
  zone: string;
  agent: number;
  team: number;
  campaign: number;
  currency: string;
  disposition: number;
  own: string;
  /** Of dials. */
  customer: string | null;
  connected: boolean;
  dials: number;
  connects: number;
  talkMs: number;
  inbound: number;
  sales: number;
  revenueMinor: number;
}

const NOTHING = {
  customer: null,
  connected: false,
  dials: 0,
  connects: 0,
  talkMs: 0,
  inbound: 0,
  sales: 0,
  revenueMinor: 0,
};

/** `ids`: of dispositions by key, and of own numbers by label. */
export function counted(
  calls: readonly CallView[],
  outcomes: readonly OutcomeView[],
  made: readonly Made[],
  ids: { dispositions: ReadonlyMap<string, number>; numbers: ReadonlyMap<string, string> },
): Counted[] {
  const madeOf = new Map(made.map((one) => [one.key, one]));
  const callOf = new Map(calls.map((call) => [call.id, call]));
  const ownOf = (key: string | null): string => ids.numbers.get(madeOf.get(key ?? '')?.own ?? '') ?? '0';
  const idOf = (key: string | undefined): number => (key === undefined ? 0 : (ids.dispositions.get(key) ?? -1));
  const ofCalls = calls.map((call): Counted => {
    const isDial = call.direction === 'outbound';
    const connected = isDial && call.outcome === 'answered';
    return {
      ...NOTHING,
      at: Date.parse(call.startedAt),
      date: call.businessDate,
      zone: call.timeZone,
      agent: call.agent?.id ?? 0,
      team: call.team.id,
      campaign: call.campaign.id,
      currency: call.campaign.id === 31 ? 'USD' : 'EUR',
      disposition: idOf(call.disposition?.key),
      own: ownOf(call.id),
      customer: isDial ? (madeOf.get(call.id)?.customer ?? null) : null,
      connected,
      dials: Number(isDial),
      connects: Number(connected),
      talkMs: connected ? Math.round(call.talkSeconds * 1000) : 0,
      inbound: Number(call.direction === 'inbound'),
    };
  });
  const ofOutcomes = outcomes
    .filter(({ sale, callId }) => sale !== null && callOf.get(callId ?? '')?.direction === 'outbound')
    .map((outcome): Counted => {
      const call = callOf.get(outcome.callId ?? '');
      const zone =
        { 11: 'Europe/Berlin', 12: 'Asia/Kolkata', 13: 'America/New_York' }[outcome.team.id] ?? 'Europe/Berlin';
      const at = Date.parse(outcome.at);
      return {
        ...NOTHING,
        at,
        // Kolkata's day begins at 04:00.
        date: wall(at - (outcome.team.id === 12 ? 4 * HOUR : 0), zone).slice(0, 10),
        zone,
        agent: outcome.agent?.id ?? 0,
        team: outcome.team.id,
        campaign: outcome.campaign.id,
        currency: outcome.campaign.id === 31 ? 'USD' : 'EUR',
        disposition: idOf(outcome.disposition?.key),
        own: ownOf(call?.id ?? null),
        sales: 1,
        revenueMinor: outcome.sale?.amountMinor ?? 0,
      };
    });
  return [...ofCalls, ...ofOutcomes];
}

/** Where a range of business days begins at the earliest site, epoch ms. */
export function beginningOf(date: string): number {
  return Math.min(
    dayStartsAt(date, 'Europe/Berlin', 0),
    dayStartsAt(date, 'Asia/Kolkata', 240),
    dayStartsAt(date, 'America/New_York', 0),
  );
}

const keys = new WeakMap<Counted, Map<string, string>>();

/** The key of a row; an hour of a range that begins within it begins with the range (`from`, epoch ms). */
export function keyOf(grouping: string, one: Counted, from = 0): string {
  const known = keys.get(one) ?? new Map<string, string>();
  keys.set(one, known);
  const key = known.get(grouping) ?? workedOut(grouping, one);
  known.set(grouping, key);
  return grouping === 'hour' && Date.parse(key) < from ? new Date(from).toISOString() : key;
}

/** By Intl alone. */
function workedOut(grouping: string, one: Counted): string {
  const local = wall(one.at, one.zone);
  const [hour, minute] = [Number(local.slice(11, 13)), Number(local.slice(14, 16))];
  const day = new Date(`${one.date}T00:00:00Z`);
  const weekday = day.getUTCDay() || 7;
  switch (grouping) {
    case 'agent':
    case 'team':
    case 'campaign':
    case 'disposition':
      return String(one[grouping]);
    case 'caller_number':
      return one.own;
    case 'hour_of_day':
      return local.slice(11, 13);
    case 'interval':
      return String(hour * 4 + Math.floor(minute / 15));
    case 'weekday':
      return String(weekday);
    case 'hour': {
      const inBerlin = Number(wall(one.at, 'Europe/Berlin').slice(14, 16));
      return new Date(Math.floor(one.at / 60_000) * 60_000 - inBerlin * 60_000).toISOString();
    }
    case 'day':
      return one.date;
    case 'week':
      return new Date(day.getTime() - (weekday - 1) * 24 * HOUR).toISOString().slice(0, 10);
    case 'month':
      return one.date.slice(0, 7);
    default:
      throw new Error(grouping);
  }
}

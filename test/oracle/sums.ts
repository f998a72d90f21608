/** Every additive measure by (15 minutes, business date, agent, team, campaign), call by call, from kpi.md section 2. */
import { type OracleCall, oracleCalls } from './calls.js';
import type { OracleEvent } from './event.js';
import { businessDateOf } from './wall-time.js';

/** Validity: from epoch ms on; the first entry holds for all time before it as well. */
export interface Since {
  from: number;
}
export interface OracleSite extends Since {
  zone: string;
  startMinutes: number;
}
export interface OracleAgent {
  name: string;
  /** `identity:x` and `tel:ref`. */
  addresses: string[];
  teams: (Since & { team: string })[];
}
export interface OracleCampaign {
  name: string;
  numbers: string[];
  versions: (Since & { effectiveMs: number; assumeHuman: boolean })[];
}
export interface OracleOrganisation {
  agents: OracleAgent[];
  teams: { name: string; site: string }[];
  sites: { name: string; versions: OracleSite[] }[];
  campaigns: OracleCampaign[];
}

/** Names of what nobody and nothing is known for. */
export const NOBODY = 'Unassigned';
export const DEFAULT_CAMPAIGN_NAME = 'default';
export const NEW_AGENTS = 'New agents';

/** Only measures that are not zero. */
export type OracleSums = Record<string, Record<string, number>>;

export interface ResolvedCall extends OracleCall {
  agent: string;
  team: string;
  campaignName: string;
  date: string;
  slot: number;
  handlers: { agent: string; team: string; date: string }[];
  effectiveMs: number;
  assumeHuman: boolean;
}

function inForce<T extends Since>(versions: T[], at: number): T {
  const past = versions.filter((version) => version.from <= at);
  const found = past[past.length - 1] ?? versions[0];
  if (found === undefined) throw new Error('a setting without a version');
  return found;
}

export function resolve(call: OracleCall, organisation: OracleOrganisation): ResolvedCall {
  const at = call.startedAt;
  const who = (names: string[]): string => {
    for (const name of names) {
      const known = organisation.agents.find((agent) => agent.addresses.includes(name));
      if (known !== undefined) return known.name;
      if (name.startsWith('identity:')) return name.slice('identity:'.length);
    }
    return NOBODY;
  };
  const teamOf = (agent: string): string => {
    if (agent === NOBODY) return NOBODY;
    const known = organisation.agents.find((other) => other.name === agent);
    return known === undefined ? NEW_AGENTS : inForce(known.teams, at).team;
  };
  const dateFor = (team: string): string => {
    const site = organisation.teams.find((other) => other.name === team)?.site;
    const versions = (organisation.sites.find((other) => other.name === site) ?? organisation.sites[0])?.versions ?? [];
    const { zone, startMinutes } = inForce(versions, at);
    return businessDateOf(at, zone, startMinutes);
  };
  const agent = who(call.owners);
  const team = teamOf(agent);
  const byNumber = organisation.campaigns.find(
    (other) => call.ownNumber !== null && other.numbers.includes(call.ownNumber),
  );
  const campaignName = call.campaign ?? byNumber?.name ?? DEFAULT_CAMPAIGN_NAME;
  const campaign = organisation.campaigns.find((other) => other.name === campaignName);
  const version = campaign === undefined ? { effectiveMs: 300_000, assumeHuman: true } : inForce(campaign.versions, at);
  const talkers = [...new Set(call.talkers.map(who))].filter((name) => name !== NOBODY).sort();
  return {
    ...call,
    agent,
    team,
    campaignName,
    date: dateFor(team),
    slot: at - (((at % 900_000) + 900_000) % 900_000),
    handlers: talkers.map((name) => ({ agent: name, team: teamOf(name), date: dateFor(teamOf(name)) })),
    effectiveMs: version.effectiveMs,
    assumeHuman: version.assumeHuman,
  };
}

export const keyOf = (slot: number, date: string, agent: string, team: string, campaign: string): string =>
  [new Date(slot).toISOString(), date, agent, team, campaign].join(' | ');

/** What one call is worth to its own row. */
function measuresOf(call: ResolvedCall): Record<string, number> {
  if (call.direction === 'internal') return { internal: 1, stale: call.stale ? 1 : 0 };
  const kept = { incomplete: call.incomplete.length > 0 ? 1 : 0, stale: call.stale ? 1 : 0 };
  if (!call.counted) return kept;
  const answered = call.outcome === 'answered';
  if (call.direction === 'inbound') {
    return {
      ...kept,
      inbound: 1,
      inbound_answered: answered ? 1 : 0,
      inbound_abandoned: call.outcome === 'abandoned' ? 1 : 0,
      inbound_talk_ms: call.talkMs,
    };
  }
  const ended = call.endedAt !== null;
  const machine = call.answeredBy === 'machine' || call.answeredBy === 'fax';
  const human = call.answeredBy === 'human' || (call.answeredBy === null && call.assumeHuman);
  const result = !answered && ended ? { [call.outcome]: 1 } : {};
  return {
    ...kept,
    ...result,
    dials: 1,
    connects: answered ? 1 : 0,
    connects_ended: answered && ended ? 1 : 0,
    humans: answered && human ? 1 : 0,
    machine: answered && machine ? 1 : 0,
    effective: answered && ended && !call.stale && !machine && call.talkMs >= call.effectiveMs ? 1 : 0,
    talk_ms: call.talkMs,
    ring_ms: call.ringMs ?? 0,
  };
}

function put(sums: OracleSums, key: string, measures: Record<string, number>): void {
  for (const [name, value] of Object.entries(measures)) {
    if (value === 0) continue;
    const row = sums[key] ?? {};
    row[name] = (row[name] ?? 0) + value;
    sums[key] = row;
  }
}

/** An attempt to a customer whose number is known. */
const isAttempt = (call: ResolvedCall): boolean =>
  call.direction === 'outbound' && call.counted && call.customerRef !== null;

export interface OracleTotals {
  calls: ResolvedCall[];
  /** By 15 minutes; without first_dials, which a call alone cannot tell. */
  slots: OracleSums;
  /** The same with first_dials. */
  slotsWithFirst: OracleSums;
  /** `date | agent | team | campaign | customer` → attempts and answered attempts. */
  customerDays: Record<string, { dials: number; connects: number }>;
  /** Customer → key of the call that was the first attempt. */
  firstDials: Record<string, string>;
}

export function oracleTotals(history: OracleEvent[], organisation: OracleOrganisation): OracleTotals {
  const calls = oracleCalls(history).map((call) => resolve(call, organisation));
  const slots: OracleSums = {};
  const slotsWithFirst: OracleSums = {};
  const customerDays: OracleTotals['customerDays'] = {};
  const firstDials: OracleTotals['firstDials'] = {};
  const rowOf = (call: ResolvedCall): string => keyOf(call.slot, call.date, call.agent, call.team, call.campaignName);
  for (const call of calls) {
    for (const sums of [slots, slotsWithFirst]) {
      put(sums, rowOf(call), measuresOf(call));
      if (call.direction !== 'outbound' || !call.counted) continue;
      for (const by of call.handlers)
        put(sums, keyOf(call.slot, by.date, by.agent, by.team, call.campaignName), { handled: 1 });
    }
    if (!isAttempt(call)) continue;
    const day = [call.date, call.agent, call.team, call.campaignName, call.customerRef].join(' | ');
    const seen = customerDays[day] ?? { dials: 0, connects: 0 };
    customerDays[day] = { dials: seen.dials + 1, connects: seen.connects + (call.outcome === 'answered' ? 1 : 0) };
  }
  for (const customer of new Set(calls.filter(isAttempt).map((call) => call.customerRef))) {
    const attempts = calls
      .filter((call) => isAttempt(call) && call.customerRef === customer)
      .sort((a, b) => a.startedAt - b.startedAt || (a.key < b.key ? -1 : 1));
    const [first] = attempts;
    if (first === undefined || customer === null) continue;
    firstDials[customer] = first.key;
    put(slotsWithFirst, rowOf(first), { first_dials: 1 });
  }
  return { calls, slots, slotsWithFirst, customerDays, firstDials };
}

/** The same sums by business day. */
export function byDay(slots: OracleSums): OracleSums {
  const days: OracleSums = {};
  for (const [key, measures] of Object.entries(slots)) put(days, key.split(' | ').slice(1).join(' | '), measures);
  return days;
}

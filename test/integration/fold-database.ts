/** The generated organisation and histories in a real database, and what the sums there say, in the oracle's words. */
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { TranslatedEvent, TranslatedParty } from '../../src/calls/index.js';
import type { Core } from '../../src/core.js';
import type { Entry } from '../../src/ingest/index.js';
import { MEASURE_COLUMNS } from '../../src/kpi/catalog/index.js';
import {
  AGENT_PHONE,
  CUSTOMERS,
  keyOf,
  ORGANISATION,
  type OracleEvent,
  type OracleOrganisation,
  type OracleSums,
  OWN_NUMBERS,
  type Party,
} from '../oracle/index.js';

/** Fei is left out: the fold has to make that agent itself. */
export const KNOWN_ORGANISATION: OracleOrganisation = {
  ...ORGANISATION,
  agents: ORGANISATION.agents.filter((agent) => agent.name !== 'Fei'),
};

const numberOf = (ref: string): string => `+8613800000${ref}`;
const stamp = (ms: number): string => (Number.isFinite(ms) ? new Date(ms).toISOString() : '-infinity');

async function idOf(pool: Pool, table: string, name: string, columns: string, values: unknown[]): Promise<number> {
  const known = await pool.query<{ id: number }>(`SELECT id FROM ${table} WHERE name = $1`, [name]);
  const [found] = known.rows;
  if (found !== undefined) return found.id;
  const places = values.map((_, i) => `, $${i + 2}`).join('');
  const made = await pool.query<{ id: number }>(
    `INSERT INTO ${table} (name${columns}) VALUES ($1${places}) RETURNING id`,
    [name, ...values],
  );
  return made.rows[0]?.id ?? 0;
}

/** Returns the surrogate of each number of the histories. */
export async function setUpOrganisation(core: Core): Promise<Map<string, string>> {
  const { pool } = core.database;
  const refs = [...CUSTOMERS, ...OWN_NUMBERS, AGENT_PHONE];
  const byNumber = await core.numbers.surrogates(pool, refs.map(numberOf));
  const surrogates = new Map(refs.map((ref) => [ref, byNumber.get(numberOf(ref)) ?? '']));
  for (const { name, versions } of KNOWN_ORGANISATION.sites) {
    const site = await idOf(pool, 'site', name, '', []);
    await pool.query('DELETE FROM site_version WHERE site_id = $1', [site]);
    for (const { from, zone, startMinutes } of versions) {
      await pool.query('INSERT INTO site_version VALUES ($1, $2, $3, $4)', [site, stamp(from), zone, startMinutes]);
    }
  }
  for (const { name, site } of KNOWN_ORGANISATION.teams) {
    await idOf(pool, 'team', name, ', site_id', [await idOf(pool, 'site', site, '', [])]);
  }
  for (const { name, addresses, teams } of KNOWN_ORGANISATION.agents) {
    const agent = await idOf(pool, 'agent', name, ', status', ['active']);
    for (const address of addresses) {
      const [scheme = '', text = ''] = address.split(':');
      const value = scheme === 'tel' ? surrogates.get(text) : text;
      await pool.query('INSERT INTO agent_address VALUES ($1, $2, $3)', [scheme, value, agent]);
    }
    for (const { from, team } of teams) {
      const id = await idOf(pool, 'team', team, '', []);
      await pool.query('INSERT INTO team_membership VALUES ($1, $2, $3)', [agent, stamp(from), id]);
    }
  }
  for (const { name, numbers, versions } of KNOWN_ORGANISATION.campaigns) {
    const campaign = await idOf(pool, 'campaign', name, ', currency', ['CNY']);
    await pool.query('DELETE FROM campaign_version WHERE campaign_id = $1', [campaign]);
    for (const { from, effectiveMs, assumeHuman } of versions) {
      await pool.query('INSERT INTO campaign_version VALUES ($1, $2, $3, $4)', [
        campaign,
        stamp(from),
        effectiveMs,
        assumeHuman,
      ]);
    }
    for (const number of numbers) {
      await pool.query('INSERT INTO campaign_caller_number VALUES ($1, $2)', [surrogates.get(number), campaign]);
    }
  }
  await pool.query('UPDATE organisation SET version = version + 1');
  return surrogates;
}

export async function forgetCalls(pool: Pool): Promise<void> {
  await pool.query(`TRUNCATE call_event, call_event_pending, raw_body, parked_event, call, call_leg, rollup_slot, rollup_day,
    customer_day, customer_first_dial, outcome, outcome_note, agent_interval, agent_presence, presence_slot, presence_todo`);
}

function translatedParty(party: Party): TranslatedParty {
  return party.kind === 'tel' ? { kind: 'tel', number: numberOf(party.ref) } : party;
}

/** As telephony would hand it to the log; `receivedAt` is when it came in, epoch ms. */
export function entryOf(event: OracleEvent, receivedAt: number): Entry {
  const { occurredAt, occurredAtReceived, from, to, ...core } = event;
  const fields = Object.entries(event).map(([name, value]) => [name, JSON.stringify(value)]);
  const body = Buffer.from(new URLSearchParams(fields).toString());
  const translated: TranslatedEvent = {
    ...core,
    occurredAt: occurredAtReceived ? null : occurredAt,
    from: translatedParty(from),
    to: translatedParty(to),
    dedupKey: createHash('sha256').update(body).digest(),
  };
  const raw = { provider: 'twilio', kind: 'voice', target: '/webhooks/twilio/voice', body, receivedAt };
  return {
    raw: { ...raw, receivedAt: occurredAtReceived ? occurredAt : receivedAt },
    translation: { ok: true, event: translated },
  };
}

export interface StoredTotals {
  slots: OracleSums;
  days: OracleSums;
  customerDays: Record<string, { dials: number; connects: number }>;
  firstDials: Record<string, string>;
  /** `date` → distinct customers dialled and connected. */
  distinct: Record<string, [number, number]>;
}

const NAMES =
  'JOIN agent a ON a.id = r.agent_id JOIN team t ON t.id = r.team_id JOIN campaign c ON c.id = r.campaign_id';
const WHO = 'r.business_date::text AS date, a.name AS agent, t.name AS team, c.name AS campaign';

type Row = { date: string; agent: string; team: string; campaign: string } & Record<string, string>;

function sums(rows: Row[], key: (row: Row) => string): OracleSums {
  const result: OracleSums = {};
  for (const row of rows) {
    const kept = MEASURE_COLUMNS.flatMap((name) => (Number(row[name]) === 0 ? [] : [[name, Number(row[name])]]));
    if (kept.length > 0) result[key(row)] = Object.fromEntries(kept);
  }
  return result;
}

export async function storedTotals(pool: Pool, surrogates: ReadonlyMap<string, string>): Promise<StoredTotals> {
  const refOf = new Map([...surrogates].map(([ref, id]) => [id, ref]));
  const slots = await pool.query<Row>(
    `SELECT extract(epoch FROM r.slot_start) * 1000 AS at, ${WHO}, r.* FROM rollup_slot r ${NAMES}`,
  );
  const days = await pool.query<Row>(`SELECT ${WHO}, r.* FROM rollup_day r ${NAMES}`);
  const customers = await pool.query<Row>(
    `SELECT ${WHO}, r.customer_id::text AS customer, r.dials, r.connects FROM customer_day r ${NAMES} WHERE r.dials <> 0 OR r.connects <> 0`,
  );
  const first = await pool.query<{ customer: string; call_key: string }>(
    'SELECT customer_id::text AS customer, call_key FROM customer_first_dial',
  );
  const distinct = await pool.query<{ date: string; dialled: number; connected: number }>(
    `SELECT business_date::text AS date, count(DISTINCT customer_id)::integer AS dialled,
       (count(DISTINCT customer_id) FILTER (WHERE connects > 0))::integer AS connected
     FROM customer_day WHERE dials > 0 GROUP BY business_date`,
  );
  const place = ({ date, agent, team, campaign }: Row): string => [date, agent, team, campaign].join(' | ');
  return {
    slots: sums(slots.rows, ({ at, date, agent, team, campaign }) => keyOf(Number(at), date, agent, team, campaign)),
    days: sums(days.rows, place),
    customerDays: Object.fromEntries(
      customers.rows.map((row) => [
        `${place(row)} | ${refOf.get(row.customer ?? '')}`,
        { dials: Number(row.dials), connects: Number(row.connects) },
      ]),
    ),
    firstDials: Object.fromEntries(first.rows.map((row) => [refOf.get(row.customer) ?? '?', row.call_key])),
    distinct: Object.fromEntries(distinct.rows.map((row) => [row.date, [row.dialled, row.connected]])),
  };
}

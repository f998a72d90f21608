/** A floor of three people over three weeks, made of signed webhooks and one file of outcomes, for proofs about ready-made reports. */
import { createHash } from 'node:crypto';
import type { AgentDetail, Changed, TeamView } from '../../src/shared/organisation.js';
import type { OutcomeImport } from '../../src/shared/outcomes.js';
import type { ReadyReportId, ReportDocument } from '../../src/shared/reports.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { callback, type LegEvent, postSigned, sid, softphoneCall } from '../support/twilio.js';
import { JumpingClock } from './live-client.js';
import { type Client, clientOf } from './organisation-client.js';

const HOUR = 3_600_000;
/** Tuesday; the clock says 12:00 in Shanghai. Calls of today are made until then. */
export const TODAY = '2026-05-05';
const TEAMS: Record<string, string> = { Ann: 'North', Bea: 'North', Cy: 'South' };
/** Of every six calls of a day so many are answered, and every third of these sells. */
const CONNECTS: Record<string, number> = { Ann: 4, Bea: 3, Cy: 2 };
const DAYS = [
  ...['2026-04-13', '2026-04-14', '2026-04-15', '2026-04-20', '2026-04-21', '2026-04-22'],
  ...['2026-04-27', '2026-04-28', '2026-04-30', '2026-05-04', TODAY],
];

/** Ann promises a callback for 20:00 of this day, when nobody calls any more. */
const MISSED = '2026-04-30';

export interface ReadyWorld {
  server: TestServer;
  clock: JumpingClock;
  api: Client;
  agents: Record<string, number>;
  teams: Record<string, number>;
  /** The administrator's view of a report; fails on anything but 200. */
  report(id: ReadyReportId, query: string, who?: Client): Promise<ReportDocument>;
  person(role: string, agent: number | null, team: number | null): Promise<Client>;
}

export async function readyWorld(withCalls: boolean): Promise<ReadyWorld> {
  const clock = new JumpingClock();
  const server = await startTestServer({ clock, config: { orgTimeZone: 'Asia/Shanghai' } });
  const api = clientOf(server.url);
  const world: ReadyWorld = {
    server,
    clock,
    api,
    agents: {},
    teams: {},
    report: async (id, query, who = api) => {
      const { body, error, status } = await who.get<ReportDocument>(`/reports/ready/${id}?${query}`);
      expect([id, query, status, error]).toEqual([id, query, 200, '']);
      return body;
    },
    person: (role, agent, team) => person(server, clock, role, agent, team),
  };
  for (const name of ['North', 'South']) {
    world.teams[name] = (await api.post<Changed<TeamView>>('/teams', { name, siteId: 1 })).body.result.id;
  }
  for (const [name, team] of Object.entries(TEAMS)) {
    const addresses = [{ kind: 'client', value: name.toLowerCase() }];
    const wish = { name, teamId: world.teams[team], employedFrom: null, addresses };
    world.agents[name] = (await api.post<Changed<AgentDetail>>('/agents', wish)).body.result.id;
  }
  if (withCalls) await fill(world);
  return world;
}

async function fill({ server, api }: ReadyWorld): Promise<void> {
  const lines = ['external_id,at,call,disposition,amount,callback_at'];
  const calls: LegEvent[][] = [];
  for (const [dayIndex, day] of DAYS.entries()) {
    for (const name of Object.keys(TEAMS)) {
      for (let n = 0; n < 6; n++) {
        // 09:00 to 11:30, by the half hour, in Shanghai.
        const at = Date.parse(`${day}T01:00Z`) + n * HOUR * 0.5;
        const id = `${name}${dayIndex}-${n}`;
        const call = softphoneCall(id, name.toLowerCase(), at, 20 + n);
        const connected = n < (CONNECTS[name] ?? 0) + (day >= '2026-04-27' ? 1 : 0);
        calls.push(connected ? call : unanswered(call));
        const isMissed = name === 'Ann' && day === MISSED && n === 3;
        if (connected) lines.push(outcomeOf(id, at + 60_000, n, isMissed ? Date.parse(`${MISSED}T12:00Z`) : null));
      }
    }
  }
  const lanes = Array.from({ length: 8 }, (_, lane) => calls.filter((_, index) => index % 8 === lane).flat());
  await Promise.all(
    lanes.map(async (events) => {
      for (const event of events) {
        const { status } = await postSigned(server.url, '/webhooks/twilio/voice', callback(event));
        if (status >= 300) throw new Error(`The webhook was answered ${status}`);
      }
    }),
  );
  // Not a callback at all, and parked.
  await postSigned(server.url, '/webhooks/twilio/voice', [
    ['CallSid', 'nonsense'],
    ['CallStatus', 'ringing'],
  ]);
  await server.folded();
  const { body } = await api.csv<OutcomeImport>('/outcomes/import', lines.join('\n'));
  expect([body.ok, body.errors]).toEqual([true, []]);
  await server.folded();
  // Otherwise it looks every so often which callbacks are over.
  await server.server.core.callbacks.run();
  await server.folded();
}

/** The first connect of a day sells, the second is a callback promised for an hour later, the others are not interested. */
function outcomeOf(call: string, at: number, n: number, promised: number | null): string {
  const iso = (ms: number) => new Date(ms).toISOString();
  if (promised !== null) return `o-${call},${iso(at)},${sid(call)},callback,,${iso(promised)}`;
  const said = n === 0 ? 'sale,129.50,' : n === 1 ? `callback,,${iso(at + HOUR)}` : 'not_interested,,';
  return `o-${call},${iso(at)},${sid(call)},${said}`;
}

function unanswered(events: LegEvent[]): LegEvent[] {
  return events
    .filter((event) => !(event.parent !== undefined && event.status === 'in-progress'))
    .map((event) => {
      if (event.parent === undefined || event.status !== 'completed') return event;
      const { duration: _, ...missed } = event;
      return { ...missed, status: 'no-answer', sequence: 1 };
    });
}

async function person(
  server: TestServer,
  clock: JumpingClock,
  role: string,
  agent: number | null,
  team: number | null,
): Promise<Client> {
  const { pool } = server.db;
  const { rows } = await pool.query<{ id: number }>(
    'INSERT INTO app_user (email, name, role, agent_id) VALUES ($1, $1, $2, $3) RETURNING id',
    [`${role}-${agent ?? team}@example.com`, role, agent],
  );
  if (team !== null) await pool.query('INSERT INTO user_team VALUES ($1, $2)', [rows[0]?.id, team]);
  const secret = `${role}${agent ?? team}`.padEnd(43, 'x');
  await pool.query(
    'INSERT INTO session (id_hash, user_id, created_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $3, $4)',
    [createHash('sha256').update(secret).digest(), rows[0]?.id, new Date(clock.now()), new Date(clock.now() + HOUR)],
  );
  return clientOf(server.url, { cookie: `tallyboard=${secret}` });
}

/**
 * Proves over HTTP, on calls of signed webhooks: leaderboards and quadrants show the figures of GET /kpis and open to the
 * calls behind them; the order is that of the estimates worked out here from the counts; an agent sees the own team only
 * where it shows places, nobody by name who does not want that, and never teams or quadrants; what is asked wrongly is
 * refused with its code and field.
 */
import { createHash } from 'node:crypto';
import type { CallPage, KpiReport } from '../../src/shared/api.js';
import type { Leaderboard, QuadrantsView } from '../../src/shared/comparison.js';
import type { AgentDetail, Changed, OwnDisplay, TeamView } from '../../src/shared/organisation.js';
import type { TargetProgress } from '../../src/shared/targets.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { callback, type LegEvent, postSigned, softphoneCall } from '../support/twilio.js';
import { JumpingClock } from './live-client.js';
import { type Client, clientOf } from './organisation-client.js';

const HOUR = 3_600_000;
const clock = new JumpingClock();
const TODAY = '2026-05-05';
const DAY = `from=${TODAY}&to=2026-05-06`;
let server: TestServer;
let api: Client;
const agents: Record<string, number> = {};
const teams: Record<string, number> = {};
const people: Record<string, Client> = {};

/** [team, dials, connects] of today; Ann has 20 dials and 2 connects of yesterday, too. */
const CALLS: Record<string, [team: string, dials: number, connects: number]> = {
  Ann: ['North', 30, 15],
  Bea: ['North', 25, 15],
  Cy: ['North', 3, 3],
  Dan: ['South', 24, 6],
};

beforeAll(async () => {
  server = await startTestServer({ clock, config: { orgTimeZone: 'Asia/Shanghai' } });
  api = clientOf(server.url);
  await makePeople();
  const now = clock.now();
  const events = Object.entries(CALLS).flatMap(([name, [, dials, connects]]) =>
    callsOf(name, now - 3 * HOUR, dials, connects),
  );
  await post([...events, ...callsOf('Ann', now - 24 * HOUR, 20, 2)]);
});
afterAll(() => server.close());

async function makePeople(): Promise<void> {
  for (const name of ['North', 'South']) {
    teams[name] = (await api.post<Changed<TeamView>>('/teams', { name, siteId: 1 })).body.result.id;
  }
  const employed: Record<string, string> = { Ann: '2020-01-01', Bea: '2026-04-20', Dan: '2026-04-20' };
  for (const [name, [team]] of Object.entries(CALLS)) {
    const wish = {
      name,
      teamId: teams[team],
      employedFrom: employed[name] ?? null,
      addresses: [{ kind: 'client', value: name.toLowerCase() }],
    };
    agents[name] = (await api.post<Changed<AgentDetail>>('/agents', wish)).body.result.id;
  }
  people.Ann = await person('agent', agents.Ann ?? 0, null);
  people.Bea = await person('agent', agents.Bea ?? 0, null);
  people.South = await person('supervisor', null, teams.South ?? 0);
}

async function person(role: string, agent: number | null, team: number | null): Promise<Client> {
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

function callsOf(name: string, at: number, dials: number, connects: number): LegEvent[][] {
  const hour = Math.floor(at / HOUR) % 100;
  return Array.from({ length: dials }, (_, index) => {
    // A CallSid has room for fifteen letters.
    const call = softphoneCall(`${name}${hour}-${index}`, name.toLowerCase(), at + index * 60_000, 20);
    return index < connects ? call : unanswered(call);
  });
}

function unanswered(events: LegEvent[]): LegEvent[] {
  return events
    .filter((event) => !(event.parent !== undefined && event.status === 'in-progress'))
    .map((event) => (event.parent !== undefined && event.status === 'completed' ? noAnswer(event) : event));
}

function noAnswer({ duration: _, ...event }: LegEvent): LegEvent {
  return { ...event, status: 'no-answer', sequence: 1 };
}

async function post(calls: LegEvent[][]): Promise<void> {
  const batches = Array.from({ length: 8 }, (_, lane) => calls.filter((_, index) => index % 8 === lane).flat());
  await Promise.all(
    batches.map(async (events) => {
      for (const event of events) {
        const { status } = await postSigned(server.url, '/webhooks/twilio/voice', callback(event));
        if (status >= 300) throw new Error(`The webhook was answered ${status}`);
      }
    }),
  );
  await server.folded();
}

const board = async (query: string, who: Client = api): Promise<Leaderboard> => {
  const { body, error } = await who.get<Leaderboard>(`/leaderboards?${query}`);
  expect([query, error]).toEqual([query, '']);
  return body;
};
const placesOf = ({ rows }: Leaderboard): string[] =>
  rows.map(({ agent, team, rank, missing, self }) => {
    const name = agent?.name ?? (team === null ? '?' : `(${team.name})`);
    return `${name}${self ? '*' : ''} ${rank ?? missing}`;
  });

describe('what everybody who sees the organisation gets', () => {
  it('the figures of GET /kpis, each with the calls behind it', async () => {
    const found = await board(`kpi=connect_rate&${DAY}`);
    const report: KpiReport = await server.kpis(`${DAY}&groupBy=agent&kpis=connect_rate,connects,dials`);
    const expected = new Map(report.rows.map(({ label, values }) => [label, values]));
    expect(found.rows).toHaveLength(4);
    for (const row of found.rows) {
      const values = expected.get(row.agent?.name ?? '');
      expect([row.value, row.numerator, row.denominator]).toEqual([
        values?.connect_rate,
        values?.connects,
        values?.dials,
      ]);
      const filter = `${DAY}&agent=${row.agent?.id}&limit=200&measure=${found.callMeasure}`;
      const { calls }: CallPage = await server.get(`/api/v1/calls?${filter}`);
      expect(calls).toHaveLength(row.numerator ?? -1);
    }
  });

  it('rates by their estimate: (successes + strength × group rate) ÷ (trials + strength)', async () => {
    const found = await board(`kpi=connect_rate&${DAY}`);
    expect(placesOf(found)).toEqual(['Bea 1', 'Ann 2', 'Dan 3', 'Cy not_enough']);
    const [group] = found.method.groups;
    // Cy's 3 of 3 are too few to tell anything, also of the group.
    expect(group).toMatchObject({ people: 3, trials: 79 });
    const { rate = 0, strength = 0 } = group ?? {};
    for (const { numerator, denominator, estimate } of found.rows.slice(0, 3)) {
      const value = ((numerator ?? 0) + strength * rate) / ((denominator ?? 0) + strength);
      expect(estimate?.value).toBeCloseTo(value, 10);
    }
    expect(found.rows[3]).toMatchObject({ value: 1, estimate: null, score: null });
  });

  it('sums by place, teams per head, bands, improvement and targets', async () => {
    expect(placesOf(await board(`kpi=dials&${DAY}`))).toEqual(['Ann 1', 'Bea 2', 'Dan 3', 'Cy 4']);
    const byTeam = await board(`kpi=dials&mode=team&${DAY}`);
    // South has 24 for one person, North 58 for three.
    expect(placesOf(byTeam)).toEqual(['(South) 1', '(North) 2']);
    expect(byTeam.rows.map(({ value, people, perHead }) => [value, people, perHead])).toEqual([
      [24, 1, 24],
      [58, 3, 58 / 3],
    ]);
    expect(placesOf(await board(`kpi=dials&mode=team&per=total&${DAY}`))).toEqual(['(North) 1', '(South) 2']);
    expect(
      (await board(`kpi=dials&mode=tenure&${DAY}`)).rows.map(({ agent, band, rank }) => [agent?.name, band, rank]),
    ).toEqual([
      ['Bea', 'under_1', 1],
      ['Dan', 'under_1', 2],
      ['Ann', 'over_12', 1],
      ['Cy', 'unknown', 1],
    ]);
    const improved = await board(`kpi=dials&mode=improved&${DAY}`);
    expect([improved.previous, improved.unfinished]).toEqual([{ from: '2026-05-04', to: TODAY }, true]);
    expect(placesOf(improved)).toEqual(['Ann 1', 'Bea no_previous', 'Cy no_previous', 'Dan no_previous']);
    expect(improved.rows[0]?.change).toBeCloseTo(30 / 20 - 1, 12);
  });

  it('by how much of the own target of that period is reached, as GET /attainment says', async () => {
    const query = `kpi=dials&mode=of_target&${DAY}`;
    expect((await board(query)).rows.map(({ missing }) => missing)).toEqual(Array(4).fill('no_target'));
    const targets = { Ann: 40, Dan: 20 };
    for (const [name, value] of Object.entries(targets)) {
      const scope = { kind: 'agent', id: agents[name] };
      const wish = { scope, kpi: 'dials', period: 'day', value, validFrom: '2026-05-01' };
      expect((await api.post('/targets', wish)).error).toBe('');
    }
    const found = await board(query);
    // Dan 24 of 20, Ann 30 of 40.
    expect(placesOf(found)).toEqual(['Dan 1', 'Ann 2', 'Bea no_target', 'Cy no_target']);
    expect(found.rows.slice(0, 2).map(({ target }) => target)).toEqual([
      { value: 20, attainment: 1.2 },
      { value: 40, attainment: 0.75 },
    ]);
    const { body } = await api.get<TargetProgress[]>(`/attainment?scope=agent:${agents.Ann}&date=${TODAY}`);
    expect(body.map(({ kpi, attainment }) => [kpi, attainment])).toEqual([['dials', 0.75]]);
    // The week has no target of its own.
    const week = await board('kpi=dials&mode=of_target&from=2026-05-04&to=2026-05-11');
    expect([week.targetPeriod, week.rows[0]?.missing]).toEqual(['week', 'no_target']);
  });

  it('quadrants part at the medians of those with enough calls and know where people were before', async () => {
    const { body } = await api.get<QuadrantsView>(`/quadrants?x=dials&y=connect_rate&${DAY}`);
    expect(body.medians?.x).toBe(25);
    expect(body.people.map(({ agent, x, quadrant }) => [agent.name, x, quadrant])).toEqual([
      ['Ann', 30, 'star'],
      ['Bea', 25, 'star'],
      ['Cy', 3, null],
      ['Dan', 24, 'attention'],
    ]);
    expect(body.people.map(({ previous }) => previous?.x ?? null)).toEqual([20, null, null, null]);
  });
});

describe('who sees whom', () => {
  it('a supervisor sees the teams they lead', async () => {
    const { South } = people;
    expect(placesOf(await board(`kpi=dials&${DAY}`, South))).toEqual(['Dan 1']);
    expect((await South?.get(`/leaderboards?team=${teams.North}`))?.error).toBe('outside_scope team');
    expect((await South?.get<QuadrantsView>(`/quadrants?y=connect_rate&${DAY}`))?.body.people).toHaveLength(1);
  });

  it('an agent sees the own team, and nobody by name who does not want that', async () => {
    const { Ann, Bea } = people;
    expect(placesOf(await board(`kpi=dials&${DAY}`, Ann))).toEqual(['Ann* 1', 'Bea 2', 'Cy 3']);
    expect((await Bea?.put<OwnDisplay>('/me/display', { display: 'hidden' }))?.body).toEqual({ display: 'hidden' });
    const seen = await board(`kpi=dials&${DAY}`, Ann);
    expect(seen.visible).toBe('own_team');
    expect(placesOf(seen)).toEqual(['Ann* 1', '(North) 2', 'Cy 3']);
    expect(JSON.stringify(seen)).not.toContain('Bea');
    // She herself and those who lead see who it is.
    expect(placesOf(await board(`kpi=dials&${DAY}`, Bea))).toEqual(['Ann 1', 'Bea* 2', 'Cy 3']);
    expect((await board(`kpi=dials&${DAY}`)).rows[1]).toMatchObject({ agent: { name: 'Bea' }, hidden: true });
    const { rows } = await server.db.pool.query(
      `SELECT 1 FROM audit_event WHERE action = 'agent.changed' AND subject_id = $1 AND actor_kind = 'user'`,
      [String(agents.Bea)],
    );
    expect(rows).toHaveLength(1);
    expect((await Bea?.get<OwnDisplay>('/me/display'))?.body).toEqual({ display: 'hidden' });
    expect((await api.get('/me/display')).status).toBe(403);
    expect((await people.South?.get('/me/display'))?.error).toBe('not_an_agent');
  });

  it('an agent compares neither teams nor the people of others', async () => {
    const { Ann } = people;
    expect((await Ann?.get('/leaderboards?mode=team'))?.error).toBe('comparison_for_leads');
    expect((await Ann?.get('/quadrants?y=connect_rate'))?.error).toBe('comparison_for_leads');
    expect((await Ann?.get(`/leaderboards?team=${teams.South}`))?.error).toBe('outside_scope team');
  });

  it('where the team shows no places an agent sees the own figures and nothing that tells of others', async () => {
    await api.patch(`/teams/${teams.North}`, { showsRanks: false });
    const alone = await board(`kpi=connect_rate&${DAY}`, people.Ann);
    expect(placesOf(alone)).toEqual(['Ann* not_shown']);
    expect(alone).toMatchObject({ visible: 'self', method: { groups: [] } });
    expect(alone.rows[0]).toMatchObject({ value: 0.5, estimate: null, score: null });
    await api.patch(`/teams/${teams.North}`, { showsRanks: true });
    expect((await board(`kpi=dials&${DAY}`, people.Ann)).rows).toHaveLength(3);
  });
});

it.each([
  ['/leaderboards?kpi=nothing', 'kpi_unknown kpi'],
  ['/leaderboards?kpi=attainment', 'kpi_not_comparable kpi'],
  ['/leaderboards?kpi=avg_talk_s&mode=improved', 'kpi_not_comparable kpi'],
  ['/leaderboards?mode=fastest', 'choice_unknown mode'],
  ['/leaderboards?from=2026-05-05T00:00Z', 'date_only from'],
  ['/leaderboards?from=2026-05-05&to=2026-05-05', 'range_empty to'],
  ['/leaderboards?mode=of_target&from=2026-05-05&to=2026-05-08', 'comparison_range_no_period from'],
  ['/leaderboards?colour=red', 'parameter_unknown colour'],
  ['/leaderboards?kpi=revenue&currency=yuan', 'choice_unknown currency'],
  ['/quadrants?y=dials', 'kpi_not_comparable y'],
  ['/quadrants?x=nothing', 'choice_unknown x'],
])('%s is refused: %s', async (path, error) => {
  expect((await api.get(path)).error).toBe(error);
});

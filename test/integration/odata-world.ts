/** A floor with three days of calls, outcomes, targets and a call that goes on, behind a real server, and a client of its feed. */
import { createHash, randomBytes } from 'node:crypto';
import { ManualClock } from '../../src/platform/index.js';
import { API_KEY, startTestServer, type TestServer } from '../support/server.js';
import { callback, type LegEvent, postSigned } from '../support/twilio.js';

/** 18:00 of Sunday 22 November in Shanghai, the zone of these tests. */
export const NOW = Date.parse('2026-11-22T10:00:00Z');
const HOUR = 3_600_000;

export interface FeedAnswer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the feed says is what is looked at
  body: any;
}

export type Row = Record<string, string | number | boolean | null>;

export class FeedWorld {
  readonly clock = new ManualClock(NOW);
  readonly agents: Record<string, number> = {};
  readonly teams: Record<string, number> = {};

  private constructor(readonly server: TestServer) {}

  static async build(): Promise<FeedWorld> {
    const clock = new ManualClock(NOW);
    const server = await startTestServer({ clock, config: { orgTimeZone: 'Asia/Shanghai' } });
    const world = Object.assign(new FeedWorld(server), { clock });
    try {
      await world.people();
      await world.phoneCalls();
      await world.said();
      await world.expected();
      return world;
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.server.close();
  }

  get pool() {
    return this.server.db.pool;
  }

  /** `path`: below the root of the feed, options not escaped yet. */
  async feed(path: string, headers: Record<string, string> = {}): Promise<FeedAnswer> {
    const [resource = '', query] = path.split(/\?(.*)/s);
    const escaped =
      query === undefined
        ? ''
        : `?${query
            .split(/&(?=[$@\w]+=)/)
            .map((one) => encodeURI(one).replaceAll('&', '%26').replaceAll('#', '%23'))
            .join('&')}`;
    return this.get(`${this.server.url}/odata/v4/${resource}${escaped}`, headers);
  }

  async get(url: string, headers: Record<string, string> = {}): Promise<FeedAnswer> {
    const response = await fetch(url, { headers: { authorization: `Bearer ${API_KEY}`, ...headers } });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : null };
  }

  /** Every page of a set; throws on anything but 200. */
  async all(path: string, headers: Record<string, string> = {}): Promise<Row[]> {
    let answer = await this.feed(path, headers);
    const rows: Row[] = [];
    for (;;) {
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`);
      rows.push(...(answer.body.value as Row[]));
      const next: string | undefined = answer.body['@odata.nextLink'];
      if (next === undefined) return rows;
      answer = await this.get(next, headers);
    }
  }

  async make<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(this.server.url + path, {
      method,
      headers: {
        authorization: `Bearer ${API_KEY}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? null : JSON.parse(text)) as T;
  }

  /** Somebody signed in, as their cookie. */
  async person(role: string, more: object): Promise<Record<string, string>> {
    const wish = { email: `${role}-${randomBytes(4).toString('hex')}@example.com`, name: `The ${role}`, role, ...more };
    const { user } = await this.make<{ user: { id: number } }>('POST', '/api/v1/users', wish);
    const id = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    await this.pool.query(
      'INSERT INTO session (id_hash, user_id, created_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $3, $4)',
      [createHash('sha256').update(id).digest(), user.id, new Date(now), new Date(now + 11 * HOUR)],
    );
    return { cookie: `tallyboard=${id}`, authorization: '' };
  }

  async key(
    scopes: readonly string[],
    ratePerMinute = 60_000,
    teams: readonly number[] | null = null,
  ): Promise<string> {
    const wish = { name: `key ${scopes.join()}`, scopes, ratePerMinute, teams };
    return (await this.make<{ secret: string }>('POST', '/api/v1/keys', wish)).secret;
  }

  private async people(): Promise<void> {
    for (const [name, parent] of [
      ['North', null],
      ['Below', 'North'],
      ['South', null],
      ['Nobody', null],
    ] as const) {
      const wish = { name, siteId: 1, parentId: parent === null ? null : (this.teams[parent] ?? null) };
      this.teams[name] = (await this.make<{ result: { id: number } }>('POST', '/api/v1/teams', wish)).result.id;
    }
    const of = { ann: 'North', bo: 'Below', cy: 'South', di: 'South' } as const;
    for (const [agent, team] of Object.entries(of)) {
      const wish = {
        name: agent === 'di' ? `陈 O'Di` : `Agent ${agent}`,
        teamId: this.teams[team],
        addresses: [{ kind: 'client', value: agent }],
      };
      this.agents[agent] = (await this.make<{ result: { id: number } }>('POST', '/api/v1/agents', wish)).result.id;
    }
    const euro = { key: 'euro', currency: 'EUR', title: 'Euro "campaign" & more' };
    await this.make('POST', '/api/v1/campaigns', euro);
  }

  private async phoneCalls(): Promise<void> {
    let seed = 20261122;
    const pick = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    const agents = ['ann', 'bo', 'cy', 'di', 'nobody-yet'];
    for (let n = 0; n < 60; n++) {
      const at = NOW - 3 * 24 * HOUR + 2 * HOUR + Math.floor((n * 68 * HOUR) / 60) + pick(900_000);
      const agent = agents[pick(agents.length)] ?? 'ann';
      await this.send(callOf(`call${n}`, agent, at, pick(12), pick(4), pick(500) + 5), n % 3 === 0 ? 'euro' : '');
    }
    const open = callOf('open', 'ann', NOW - 600_000, 1, 0, 60).slice(0, 3);
    await this.send(open, '');
    await this.server.folded();
  }

  private async send(events: LegEvent[], campaign: string): Promise<void> {
    const target = `/webhooks/twilio/voice${campaign === '' ? '' : `?campaign=${campaign}`}`;
    for (const event of events) {
      const { status } = await postSigned(this.server.url, target, callback(event));
      if (status >= 300) throw new Error(`A callback was answered ${status}`);
    }
  }

  /** Outcomes of every third call: sales, callbacks, refusals. */
  private async said(): Promise<void> {
    const { rows } = await this.pool.query<{ key: string; at: Date }>(
      `SELECT key, started_at AS at FROM call WHERE outcome = 'answered' AND agent_id <> 0 ORDER BY started_at, key`,
    );
    const kinds = ['sale', 'callback', 'refused', 'not_interested'];
    const outcomes = rows
      .filter((_, n) => n % 2 === 0)
      .map(({ key, at }, n) => {
        const disposition = kinds[n % kinds.length];
        return {
          externalId: `o${n}`,
          call: key,
          at: new Date(at.getTime() + 700_000).toISOString(),
          disposition,
          note: 'a note that no feed shows',
          ...(disposition === 'sale' ? { sale: { amountMinor: 12_345 + n } } : {}),
          ...(disposition === 'callback' ? { callbackAt: new Date(at.getTime() + HOUR).toISOString() } : {}),
        };
      });
    // Of no call, and one person's day with amounts in two currencies.
    const other = ['', 'euro'].map((campaign, n) => ({
      externalId: `other${n}`,
      agentId: this.agents.ann,
      at: new Date(NOW - 2 * HOUR).toISOString(),
      disposition: 'sale',
      ...(campaign === '' ? {} : { campaign }),
      sale: { amountMinor: 5_000 + n },
    }));
    await this.make('POST', '/api/v1/outcomes', [...outcomes, ...other]);
    await this.server.folded();
    // Those whose window is over, now and not at some time in between.
    await this.server.server.core.callbacks.run();
    await this.server.folded();
  }

  private async expected(): Promise<void> {
    const of = (scope: object, kpi: string, period: string, value: number) => ({
      scope,
      kpi,
      period,
      value,
      validFrom: '2026-11-01',
    });
    const targets = [
      of({ kind: 'organisation' }, 'dials', 'month', 500),
      of({ kind: 'organisation' }, 'revenue', 'month', 5_000_000),
      of({ kind: 'team', id: this.teams.North }, 'connects', 'week', 30),
      of({ kind: 'team', id: this.teams.North }, 'customers', 'week', 30),
      of({ kind: 'team', id: this.teams.South }, 'connect_rate', 'day', 0.4),
      ...Object.values(this.agents).map((id) => of({ kind: 'agent', id }, 'dials', 'day', 50)),
      { ...of({ kind: 'agent', id: this.agents.ann }, 'talk_s', 'day', 3_600), validFrom: '2027-01-01' },
    ];
    await this.make('POST', '/api/v1/targets/batch', { targets });
  }
}

/** A softphone call: `result` 0–1 answered, 2 not answered, 3 busy. */
function callOf(name: string, agent: string, at: number, customer: number, result: number, talk: number): LegEvent[] {
  const to = `+86138000011${String(10 + customer)}`;
  const root = { leg: name, direction: 'inbound', from: `client:${agent}`, to };
  const leg = { leg: `${name}c`, parent: name, direction: 'outbound-dial', from: '+862100000001', to };
  const first: LegEvent[] = [
    { ...root, status: 'in-progress', at },
    { ...leg, status: 'ringing', at },
  ];
  if (result >= 2) {
    const status = result === 2 ? 'no-answer' : 'busy';
    const end = at + 20_000;
    return [...first, { ...leg, status, at: end, sequence: 1 }, { ...root, status: 'completed', at: end, sequence: 1 }];
  }
  const end = at + 5_000 + talk * 1_000;
  return [
    ...first,
    { ...leg, status: 'in-progress', at: at + 5_000, sequence: 1 },
    { ...leg, status: 'completed', at: end, sequence: 2, duration: talk },
    { ...root, status: 'completed', at: end, sequence: 1, duration: talk + 5 },
  ];
}

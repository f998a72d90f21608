/**
 * The organisation the access matrix is asked about: two teams, one with a team below it, an agent with calls in each,
 * a person of every role, keys with one scope and with all but one, a paired TV, and one of each that is over.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../src/platform/index.js';
import { API_KEY, startTestServer, type TestServer } from '../support/server.js';
import { callback, postSigned, softphoneCall } from '../support/twilio.js';

export const VIEWERS = [
  'agent',
  'supervisor',
  'ops',
  'auditor',
  'admin',
  'key',
  'other key',
  'screen',
  'signed out',
  'revoked',
] as const;
export type Viewer = (typeof VIEWERS)[number];
/** Beside the columns of the tables: a key limited to the supervisor's team. */
export const ASKERS = [...VIEWERS, 'team key'] as const;
export type Asker = (typeof ASKERS)[number];
export const ROLES = ['agent', 'supervisor', 'ops', 'auditor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Whose thing a row is about: of the viewer's scope, outside it, nobody's, or no matter. */
export type Of = 'own' | 'other' | 'none' | '–';

export const SCOPES = [
  'kpis:read',
  'calls:read',
  'outcomes:read',
  'outcomes:write',
  'targets:write',
  'people:read',
  'people:write',
  'settings:read',
  'settings:write',
  'boards:read',
  'boards:write',
  'screens:manage',
  'users:read',
  'users:write',
  'keys:manage',
  'audit:read',
  'privacy:manage',
  'exports:make',
  'ingest:read',
  'ingest:write',
] as const;

/** Of these, what a key of some teams may have. */
const OF_TEAMS = [
  'kpis:read',
  'calls:read',
  'outcomes:read',
  'outcomes:write',
  'targets:write',
  'people:read',
  'boards:read',
  'exports:make',
];

/** Ann is the viewing agent, in North; Bo is in the team below North, which the supervisor leads; Cy is in South. */
export type Person = 'ann' | 'bo' | 'cy';
export const PEOPLE: Record<Person, { name: string; number: string; calls: number }> = {
  // Numbers of calls of which every sum says whose they are.
  ann: { name: 'Ann Anders', number: '+8613800001111', calls: 1 },
  bo: { name: 'Bo Below', number: '+8613800002222', calls: 2 },
  cy: { name: 'Cy Beyond', number: '+8613800003333', calls: 4 },
};
const NAMES = Object.keys(PEOPLE) as Person[];

export interface Credentials {
  headers: Record<string, string>;
}

/** 08:00 in Shanghai, moved a little with every request: no midnight, no throttle that never refills. */
export class SteppingClock implements Clock {
  private current = Date.parse('2026-05-05T00:00:00Z');
  now(): number {
    return this.current;
  }
  step(ms: number): void {
    this.current += ms;
  }
}

export class World {
  readonly clock = new SteppingClock();
  readonly teams: Record<Person, number> = { ann: 0, bo: 0, cy: 0 };
  readonly agents: Record<Person, number> = { ann: 0, bo: 0, cy: 0 };
  readonly customers: Record<Person, string> = { ann: '', bo: '', cy: '' };
  readonly calls: Record<Person, string> = { ann: '', bo: '', cy: '' };
  readonly users: Record<Role, number> = { agent: 0, supervisor: 0, ops: 0, auditor: 0, admin: 0 };
  private readonly known = new Map<string, Credentials>();
  private made = 0;

  private constructor(readonly server: TestServer) {}

  static async build(): Promise<World> {
    const clock = new SteppingClock();
    // Single sign-on is set up, and its provider does not answer.
    const oidc = {
      issuer: 'http://127.0.0.1:9',
      clientId: 'tallyboard',
      clientSecret: 'no-secret-at-all',
      name: 'Nobody',
      groupsClaim: 'groups',
      scopes: 'openid',
      roles: [],
    };
    const server = await startTestServer({ clock, config: { oidc } });
    const world = Object.assign(new World(server), { clock });
    try {
      await world.people();
      await world.phoneCalls();
      await world.persons();
      return world;
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  get pool() {
    return this.server.db.pool;
  }

  /** A number nobody had before. */
  next(): number {
    this.made++;
    return this.made;
  }

  /** As the bootstrap key; throws on anything but 2xx. */
  async make<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { status, text } = await this.send(method, path, { authorization: `Bearer ${API_KEY}` }, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    return (text === '' ? null : JSON.parse(text)) as T;
  }

  async send(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: unknown,
    textType = 'text/csv',
  ): Promise<{ status: number; text: string; cookies: string[] }> {
    const type = typeof body === 'string' ? textType : 'application/json';
    const response = await fetch(this.server.url + path, {
      method,
      redirect: 'manual',
      headers: { 'x-tallyboard': '1', ...(body === undefined ? {} : { 'content-type': type }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text(), cookies: response.headers.getSetCookie() };
  }

  /** Whom a row means: an agent owns what is theirs, everybody else is asked about the team below. */
  person(viewer: Asker, of: Of): Person {
    if (viewer === 'agent') return of === 'own' ? 'ann' : 'bo';
    return of === 'own' ? 'bo' : 'cy';
  }

  // ── who asks ──────────────────────────────────────────────────────────────────────────────────────────────────

  /** One of each kind for most; `revoked` stands for three: a session, a key and a TV that were ended. */
  async credentials(viewer: Asker, needs: string): Promise<Credentials[]> {
    if (viewer === 'signed out') return [{ headers: {} }];
    if (viewer === 'revoked') {
      return [await this.once('revoked session'), await this.once('revoked key'), await this.once('revoked screen')];
    }
    if (viewer === 'key' || viewer === 'other key' || viewer === 'team key')
      return [await this.once(`${viewer} ${needs}`)];
    return [await this.once(viewer)];
  }

  private async once(name: string): Promise<Credentials> {
    const credentials = this.known.get(name) ?? (await this.credential(name));
    this.known.set(name, credentials);
    return credentials;
  }

  private async credential(name: string): Promise<Credentials> {
    const role = ROLES.find((candidate) => candidate === name);
    if (role !== undefined) return this.session(this.users[role]);
    if (name === 'screen') return (await this.screen()).credentials;
    if (name === 'revoked session') {
      const ended = await this.session(this.users.admin);
      await this.send('DELETE', '/api/v1/session', ended.headers);
      return ended;
    }
    if (name === 'revoked screen') {
      const { id, credentials } = await this.screen();
      await this.make('DELETE', `/api/v1/screens/${id}`);
      return credentials;
    }
    if (name === 'revoked key') {
      const { id, credentials } = await this.key([...SCOPES]);
      await this.make('DELETE', `/api/v1/keys/${id}`);
      return credentials;
    }
    if (name.startsWith('team key ')) {
      const own = OF_TEAMS.filter((scope) => name.endsWith(` ${scope}`));
      return (await this.key(own.length > 0 ? own : OF_TEAMS, [this.teams.ann])).credentials;
    }
    // With nothing but what the route needs, and with everything but that.
    const needs = name.replace(/^(other )?key /, '');
    const isScope = SCOPES.some((scope) => scope === needs);
    const others = SCOPES.filter((scope) => scope !== needs);
    const scopes = name.startsWith('other') || !isScope ? others : [needs];
    return (await this.key(scopes)).credentials;
  }

  async key(
    scopes: readonly string[],
    teams: readonly number[] | null = null,
  ): Promise<{ id: number; credentials: Credentials }> {
    const wish = { name: `key ${this.next()}`, scopes, teams, ratePerMinute: 60_000 };
    const { key, secret } = await this.make<{ key: { id: number }; secret: string }>('POST', '/api/v1/keys', wish);
    return { id: key.id, credentials: { headers: { authorization: `Bearer ${secret}` } } };
  }

  async session(userId: number): Promise<Credentials> {
    const id = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    // Seen in the future: the clock is put forward between requests, and going idle is not what is asked about.
    await this.pool.query(
      'INSERT INTO session (id_hash, user_id, created_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $4, $4)',
      [createHash('sha256').update(id).digest(), userId, new Date(now), new Date(now + 11 * 3_600_000)],
    );
    return { headers: { cookie: `tallyboard=${id}` } };
  }

  /** Somebody of the same rights, for a request after which they are not the same. Null for keys, TVs and nobody. */
  async double(viewer: Asker): Promise<{ id: number; credentials: Credentials } | null> {
    const role = ROLES.find((candidate) => candidate === viewer);
    if (role === undefined) return null;
    const id = await this.user(role);
    return { id, credentials: await this.session(id) };
  }

  async user(role: Role): Promise<number> {
    const { rows } = await this.pool.query<{ id: number }>(
      `INSERT INTO app_user (email, name, role, password_hash, agent_id, sees_numbers)
       SELECT $1, 'Double', role, password_hash, agent_id, sees_numbers FROM app_user WHERE id = $2 RETURNING id`,
      [`double-${this.next()}@example.com`, this.users[role]],
    );
    const id = rows[0]?.id ?? 0;
    await this.pool.query('INSERT INTO user_team SELECT $1, team_id FROM user_team WHERE user_id = $2', [
      id,
      this.users[role],
    ]);
    return id;
  }

  async pairing(): Promise<{ code: string; secret: string }> {
    this.clock.step(60_000);
    return this.make('POST', '/api/v1/screens/pairings');
  }

  async screen(): Promise<{ id: number; credentials: Credentials }> {
    const { code, secret } = await this.pairing();
    const wish = { code, name: 'Hall', boardId: 'default' };
    const { id } = await this.make<{ id: number }>('POST', '/api/v1/screens', wish);
    const { cookies } = await this.send('POST', '/api/v1/screens/pairings/poll', {}, { secret });
    return { id, credentials: { headers: { cookie: cookies.map((line) => line.split(';')[0]).join('; ') } } };
  }

  // ── what is asked about ───────────────────────────────────────────────────────────────────────────────────────

  async agent(team: number, status: 'new' | 'active' = 'active'): Promise<number> {
    const { rows } = await this.pool.query<{ id: number }>(
      `WITH made AS (INSERT INTO agent (name, status) VALUES ($1, $2) RETURNING id)
       INSERT INTO team_membership (agent_id, valid_from, team_id) SELECT id, '-infinity', $3 FROM made RETURNING agent_id AS id`,
      [`Spare ${this.next()}`, status, team],
    );
    return rows[0]?.id ?? 0;
  }

  async team(parentId: number | null = null): Promise<number> {
    const wish = { name: `Team ${this.next()}`, siteId: 1, parentId };
    return (await this.make<{ result: { id: number } }>('POST', '/api/v1/teams', wish)).result.id;
  }

  private async people(): Promise<void> {
    const team = async (name: string, parentId: number | null): Promise<number> => {
      const made = await this.make<{ result: { id: number } }>('POST', '/api/v1/teams', { name, siteId: 1, parentId });
      return made.result.id;
    };
    this.teams.ann = await team('North', null);
    this.teams.bo = await team('North-East', this.teams.ann);
    this.teams.cy = await team('South', null);
    for (const person of NAMES) {
      const wish = {
        name: PEOPLE[person].name,
        teamId: this.teams[person],
        addresses: [{ kind: 'client', value: person }],
      };
      this.agents[person] = (await this.make<{ result: { id: number } }>('POST', '/api/v1/agents', wish)).result.id;
    }
  }

  private async phoneCalls(): Promise<void> {
    for (const person of NAMES) {
      const { number, calls } = PEOPLE[person];
      for (let n = 0; n < calls; n++) {
        for (const event of softphoneCall(`${person}${n}`, person, this.clock.now() - 600_000, 30)) {
          const form = callback({ ...event, to: number });
          const { status } = await postSigned(this.server.url, '/webhooks/twilio/voice', form);
          if (status >= 300) throw new Error(`A callback was answered ${status}`);
        }
      }
    }
    await this.server.folded();
    const { rows } = await this.pool.query<{ key: string; agent: number; customer: string }>(
      'SELECT key, agent_id AS agent, customer_id::text AS customer FROM call ORDER BY key',
    );
    for (const person of NAMES) {
      const call = rows.find((row) => row.agent === this.agents[person]);
      if (call === undefined) throw new Error(`${person} has no call`);
      this.calls[person] = call.key;
      this.customers[person] = call.customer;
    }
  }

  /** An outcome of a call of each, with a callback, and each the owner of their customer. */
  async saidOfCalls(): Promise<void> {
    const callbackAt = new Date(this.clock.now() + 3_600_000).toISOString();
    const said = NAMES.map((person) => ({
      externalId: `of-${person}`,
      call: this.calls[person],
      disposition: 'callback',
      callbackAt,
    }));
    await this.make('POST', '/api/v1/outcomes', said);
    await this.server.folded();
    for (const person of NAMES) {
      const owner = { customerId: this.customers[person], agentId: this.agents[person] };
      await this.make('PUT', '/api/v1/owners', owner);
    }
  }

  private async persons(): Promise<void> {
    for (const role of ROLES) {
      const wish = {
        email: `${role}@matrix.example`,
        name: `The ${role}`,
        role,
        ...(role === 'agent' ? { agentId: this.agents.ann } : {}),
        ...(role === 'supervisor' ? { teams: [this.teams.ann] } : {}),
      };
      this.users[role] = (await this.make<{ user: { id: number } }>('POST', '/api/v1/users', wish)).user.id;
    }
    await this.pool.query(
      'UPDATE app_user SET password_hash = (SELECT password_hash FROM app_user ORDER BY id LIMIT 1) WHERE password_hash IS NULL',
    );
  }
}

/**
 * How each row of the access matrix is asked for: what stands for the parameters of its path and what it carries. A route
 * that needs neither is not in here.
 */
import { DEFAULT_STATE_THRESHOLDS } from '../../src/shared/presence.js';
import { ADMIN } from '../support/server.js';
import { EXPORTS } from './matrix-export-requests.js';
import { ODATA } from './matrix-odata-requests.js';
import { OUTCOMES } from './matrix-outcomes-requests.js';
import { CALENDAR, FILES, PEOPLE_PLANS, PRIVACY } from './matrix-people-requests.js';
import {
  type Asked,
  agentId,
  bySum,
  callId,
  customerId,
  NOBODY,
  named,
  type RequestPlan,
  teamId,
} from './matrix-plan.js';
import { READY_REPORTS } from './matrix-ready-report-requests.js';
import { REPORTS } from './matrix-report-requests.js';
import { SAVED_REPORTS } from './matrix-saved-report-requests.js';
import { SCHEDULES } from './matrix-schedule-requests.js';
import { TARGETS } from './matrix-target-requests.js';

const PASSWORD = ADMIN.password;
const NEW_PASSWORD = 'ninety-nine quiet violins';

const spareUser = async ({ world, of }: Asked) => ({ id: of === 'none' ? NOBODY : await world.user('agent') });
const spareLink = async ({ world }: Asked) => {
  const path = `/api/v1/users/${await world.user('agent')}/link`;
  return (await world.make<{ token: string }>('POST', path)).token;
};
const withPassword = { asDouble: true, body: () => ({ password: PASSWORD }) } as const;

const ACCESS: Record<string, RequestPlan> = {
  // Signing in ends the session of the same browser.
  'POST /api/v1/session': {
    asDouble: true,
    body: ({ world }) => {
      world.clock.step(60_000);
      return { ...ADMIN };
    },
  },
  'DELETE /api/v1/session': { asDouble: true },
  'PATCH /api/v1/account': { body: () => ({ language: 'zh' }) },
  'POST /api/v1/account/password': {
    asDouble: true,
    body: () => ({ current: PASSWORD, password: NEW_PASSWORD }),
  },
  'POST /api/v1/account/totp': withPassword,
  'POST /api/v1/account/totp/confirm': { asDouble: true, body: () => ({ code: '123456' }) },
  'POST /api/v1/account/totp/remove': withPassword,
  'POST /api/v1/account/recovery-codes': withPassword,
  'DELETE /api/v1/account/sessions/:id': {
    asDouble: true,
    ids: async ({ world, of, userId }) => {
      const owner = of === 'own' && userId !== 0 ? userId : world.users.admin;
      if (of === 'none') return { id: NOBODY };
      await world.session(owner);
      const { rows } = await world.pool.query<{ id: string }>('SELECT max(id) AS id FROM session WHERE user_id = $1', [
        owner,
      ]);
      return { id: rows[0]?.id ?? 0 };
    },
  },
  'DELETE /api/v1/account/sessions': { asDouble: true },
  'POST /api/v1/links/inspect': { body: async (asked) => ({ token: await spareLink(asked) }) },
  'POST /api/v1/links/redeem': {
    body: async (asked) => ({ token: await spareLink(asked), password: `${NEW_PASSWORD} ${asked.world.next()}` }),
  },
  'GET /api/v1/users/:id': { ids: ({ world, of }) => ({ id: of === 'none' ? NOBODY : world.users.ops }) },
  'POST /api/v1/users': {
    body: ({ world }) => ({ email: `new-${world.next()}@example.com`, name: 'New', role: 'agent' }),
  },
  'PATCH /api/v1/users/:id': { ids: spareUser, body: () => ({ name: 'Renamed' }) },
  'DELETE /api/v1/users/:id': { ids: spareUser },
  'POST /api/v1/users/:id/link': { ids: spareUser },
  'DELETE /api/v1/users/:id/sessions': { ids: spareUser },
  'DELETE /api/v1/users/:id/totp': {
    ids: async (asked) => {
      const { id } = await spareUser(asked);
      const on = `UPDATE app_user SET totp_secret = '\\x00', totp_enabled_at = now() WHERE id = $1`;
      await asked.world.pool.query(on, [id]);
      return { id };
    },
  },
  'POST /api/v1/keys': { body: ({ world }) => ({ name: `key ${world.next()}`, scopes: ['keys:manage'] }) },
  'DELETE /api/v1/keys/:id': {
    ids: async ({ world, of }) => ({ id: of === 'none' ? NOBODY : (await world.key(['kpis:read'])).id }),
  },
  'POST /api/v1/screens/pairings': { body: ({ world }) => void world.clock.step(60_000) },
  'POST /api/v1/screens/pairings/poll': { body: async ({ world }) => ({ secret: (await world.pairing()).secret }) },
  'POST /api/v1/screens': {
    body: async ({ world }) => ({ code: (await world.pairing()).code, name: 'Hall', boardId: 'default' }),
  },
  'PATCH /api/v1/screens/:id': {
    ids: async ({ world, of }) => ({ id: of === 'none' ? NOBODY : (await world.screen()).id }),
    body: () => ({ name: 'Hall 2' }),
  },
  'DELETE /api/v1/screens/:id': {
    ids: async ({ world, of }) => ({ id: of === 'none' ? NOBODY : (await world.screen()).id }),
  },
};

const NUMBERS: Record<string, RequestPlan> = {
  'GET /api/v1/kpis': { sees: bySum },
  'GET /api/v1/kpis?agent=:id': { ...named(agentId), sees: bySum },
  'GET /api/v1/kpis?team=:id': { ...named(teamId), sees: bySum },
  'GET /api/v1/leaderboards?team=:id': named(teamId),
  'GET /api/v1/quadrants?team=:id': named(teamId),
  'PUT /api/v1/me/display': { body: () => ({ display: 'public' }) },
  'GET /api/v1/agents/:id/day-norm': named(agentId),
  'GET /api/v1/calls?agent=:id': named(agentId),
  'GET /api/v1/calls?team=:id': named(teamId),
  'GET /api/v1/calls?customer=:id': named(customerId),
  'GET /api/v1/calls/:id': named(callId),
  'POST /api/v1/ingest/parked/:id/replay': { ids: () => ({ id: NOBODY }) },
};

export const BOARD = {
  name: 'Board',
  audience: 'scope',
  theme: 'dark',
  trendColours: 'organisation',
  names: 'names',
  language: 'auto',
  rotationSeconds: 0,
  pages: [{ id: 'page-1', tiles: [] }],
};

/** A board of the team the row means. */
async function spareBoard({ world, who, of }: Asked): Promise<{ id: string; revision: number }> {
  if (of === 'none') return { id: 'no-such-board', revision: 1 };
  return world.make('POST', '/api/v1/boards', { ...BOARD, teams: [world.teams[who]] });
}

const BOARDS: Record<string, RequestPlan> = {
  'GET /api/v1/boards/:id': { ids: spareBoard },
  'POST /api/v1/boards': { body: () => ({ ...BOARD, teams: null }) },
  'PUT /api/v1/boards/:id': { ids: spareBoard, body: () => ({ ...BOARD, teams: null, revision: 1 }) },
  'DELETE /api/v1/boards/:id?revision=:revision': { ids: spareBoard },
};

const RETENTION: Record<string, RequestPlan> = {
  'PUT /api/v1/retention': { body: () => ({ raw: 90 }) },
  'POST /api/v1/retention/preview': { body: () => ({ raw: 30 }) },
};

const STATES: Record<string, RequestPlan> = {
  'GET /api/v1/agents/:id/timeline': named(agentId),
  'PUT /api/v1/me/state': { body: () => ({ state: 'available' }) },
  'PUT /api/v1/pause-reasons': { body: () => ({ reasons: [{ key: 'break', name: { en: 'Break', zh: '小休' } }] }) },
  'PUT /api/v1/state-thresholds': { body: () => DEFAULT_STATE_THRESHOLDS },
  'PUT /api/v1/status-limit': { body: () => ({ hours: 16 }) },
  'PUT /api/v1/taskrouter-activities': { body: () => ({ activities: [{ name: 'Lunch', state: 'paused' }] }) },
};

const unsigned: RequestPlan = { body: () => 'CallSid=CA1', type: 'application/x-www-form-urlencoded' };
const WEBHOOKS: Record<string, RequestPlan> = {
  'POST /webhooks/twilio/voice': unsigned,
  'POST /webhooks/twilio/amd': unsigned,
  'POST /webhooks/twilio/recording': unsigned,
  'POST /webhooks/twilio/taskrouter': unsigned,
};

export const REQUESTS: Record<string, RequestPlan> = {
  ...ACCESS,
  ...NUMBERS,
  ...OUTCOMES,
  ...EXPORTS,
  ...PEOPLE_PLANS,
  ...FILES,
  ...CALENDAR,
  ...PRIVACY,
  ...BOARDS,
  ...RETENTION,
  ...STATES,
  ...REPORTS,
  ...READY_REPORTS,
  ...SAVED_REPORTS,
  ...SCHEDULES,
  ...TARGETS,
  ...ODATA,
  ...WEBHOOKS,
};

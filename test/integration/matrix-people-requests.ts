/** How the rows about people, calendars, campaigns and personal data are asked for. */
import {
  type Asked,
  agentId,
  customerId,
  NOBODY,
  named,
  type RequestPlan,
  spareAgent,
  spareNumber,
  spareTeam,
  teamId,
} from './matrix-plan.js';
import { PEOPLE, type World } from './matrix-world.js';

export const PEOPLE_PLANS: Record<string, RequestPlan> = {
  'GET /api/v1/agents?team=:id': named(teamId),
  'GET /api/v1/agents/:id': named(agentId),
  'POST /api/v1/agents': { body: ({ world }) => ({ name: `Made ${world.next()}`, teamId: world.teams.ann }) },
  'PATCH /api/v1/agents/:id': { ...named(agentId), body: () => ({ display: 'public' }) },
  'POST /api/v1/agents/:id/confirm': {
    ids: (asked) => spareAgent(asked, 'new'),
    body: ({ world }) => ({ name: `Confirmed ${world.next()}`, teamId: world.teams.ann }),
  },
  'POST /api/v1/agents/:id/memberships': { ids: spareAgent, body: ({ world }) => ({ teamId: world.teams.cy }) },
  'DELETE /api/v1/agents/:id/memberships/:validFrom': {
    ids: async (asked) => {
      const { id } = await spareAgent(asked);
      if (id === NOBODY) return { id, validFrom: '2026-05-06T00:00:00.000Z' };
      const wish = { teamId: asked.world.teams.cy, validFrom: '2026-05-06T00:00:00.000Z' };
      await asked.world.make('POST', `/api/v1/agents/${id}/memberships`, wish);
      return { id, validFrom: wish.validFrom };
    },
  },
  'POST /api/v1/agents/:id/addresses': {
    ids: spareAgent,
    body: ({ world }) => ({ kind: 'client', value: `client-${world.next()}` }),
  },
  'DELETE /api/v1/agents/:id/addresses/:addressId': {
    ids: async (asked) => {
      const { id } = await spareAgent(asked);
      if (id === NOBODY) return { id, addressId: 1 };
      const wish = { kind: 'client', value: `client-${asked.world.next()}` };
      type Changed = { result: { addresses: { id: number }[] } };
      const { result } = await asked.world.make<Changed>('POST', `/api/v1/agents/${id}/addresses`, wish);
      return { id, addressId: result.addresses[0]?.id ?? 0 };
    },
  },
  'GET /api/v1/agents/:id/merge?into=:into': {
    ids: async (asked) => ({ ...(await spareAgent(asked)), into: asked.world.agents.ann }),
  },
  'POST /api/v1/agents/:id/merge': {
    ids: spareAgent,
    body: async ({ world }) => ({ into: await world.agent(world.teams.ann) }),
  },
  'GET /api/v1/teams/:id': named(teamId),
  'POST /api/v1/teams': { body: ({ world }) => ({ name: `Team ${world.next()}`, siteId: 1 }) },
  'PATCH /api/v1/teams/:id': {
    ids: spareTeam,
    body: ({ world }) => ({ name: `Team ${world.next()}` }),
  },
  'GET /api/v1/sites/:id': { ids: ({ of }) => ({ id: of === 'none' ? NOBODY : 1 }) },
  'POST /api/v1/sites': { body: ({ world }) => ({ name: `Site ${world.next()}`, timeZone: 'Europe/Berlin' }) },
  'PATCH /api/v1/sites/:id': {
    ids: ({ of }) => ({ id: of === 'none' ? NOBODY : 1 }),
    body: () => ({ name: 'Main site' }),
  },
  'POST /api/v1/sites/:id/versions': {
    ids: async ({ world, of }) => ({ id: of === 'none' ? NOBODY : await spareSite(world) }),
    body: () => ({ timeZone: 'Asia/Tokyo', validFrom: '2026-05-07T00:00:00.000Z' }),
  },
  'DELETE /api/v1/sites/:id/versions/:validFrom': {
    ids: async ({ world, of }) => {
      const validFrom = LATER;
      if (of === 'none') return { id: NOBODY, validFrom };
      const id = await spareSite(world);
      await world.make('POST', `/api/v1/sites/${id}/versions`, { timeZone: 'Asia/Tokyo', validFrom });
      return { id, validFrom };
    },
  },
  'PATCH /api/v1/organisation': { body: () => ({ name: 'Tally' }) },
  'GET /api/v1/campaigns/:id': { ids: ({ of }) => ({ id: of === 'none' ? NOBODY : 1 }) },
  'POST /api/v1/campaigns': { body: ({ world }) => ({ key: `campaign-${world.next()}` }) },
  'PATCH /api/v1/campaigns/:id': { ids: spareCampaign, body: () => ({ title: 'Spring' }) },
  'POST /api/v1/campaigns/:id/versions': {
    ids: spareCampaign,
    body: () => ({ effectiveSeconds: 60, validFrom: LATER }),
  },
  'DELETE /api/v1/campaigns/:id/versions/:validFrom': {
    ids: async (asked) => {
      const { id } = await spareCampaign(asked);
      if (id === NOBODY) return { id, validFrom: LATER };
      const wish = { effectiveSeconds: 60, validFrom: LATER };
      await asked.world.make('POST', `/api/v1/campaigns/${id}/versions`, wish);
      return { id, validFrom: LATER };
    },
  },
  'POST /api/v1/campaigns/:id/numbers': {
    ids: spareCampaign,
    body: ({ world }) => ({ number: spareNumber(world) }),
  },
  'DELETE /api/v1/campaigns/:id/numbers/:numberId': {
    ids: async (asked) => {
      const { id } = await spareCampaign(asked);
      if (id === NOBODY) return { id, numberId: 1 };
      const wish = { number: spareNumber(asked.world) };
      type Changed = { result: { callerNumbers: { id: string }[] } };
      const { result } = await asked.world.make<Changed>('POST', `/api/v1/campaigns/${id}/numbers`, wish);
      return { id, numberId: result.callerNumbers[0]?.id ?? 0 };
    },
  },
};

/** A quarter hour that is still to come. */
const LATER = '2026-05-08T00:00:00.000Z';

async function spareCampaign({ world, of }: Asked): Promise<{ id: number }> {
  if (of === 'none') return { id: NOBODY };
  const made = await world.make<{ result: { id: number } }>('POST', '/api/v1/campaigns', {
    key: `campaign-${world.next()}`,
  });
  return { id: made.result.id };
}

async function spareSite(world: World): Promise<number> {
  const wish = { name: `Site ${world.next()}`, timeZone: 'Europe/Berlin' };
  return (await world.make<{ result: { id: number } }>('POST', '/api/v1/sites', wish)).result.id;
}

const DAY = '2026-06-01';
const SHIFTS = { shifts: [{ weekday: 1, startMinutes: 540, endMinutes: 1080, breakMinutes: 60 }] };

/** A week of shifts that is there to be taken away. */
const withShifts = (of: 'agents' | 'teams') => async (asked: Asked) => {
  const { id } = of === 'agents' ? await spareAgent(asked) : await spareTeam(asked);
  if (id !== NOBODY) await asked.world.make('PUT', `/api/v1/${of}/${id}/shifts/${DAY}`, SHIFTS);
  return { id, validFrom: DAY };
};

export const FILES: Record<string, RequestPlan> = {
  'POST /api/v1/people/import': { body: ({ world }) => `name,team\nImported ${world.next()},North\n` },
  'POST /api/v1/people/import?dryRun=true': { body: () => 'name,team\nNobody,North\n' },
};

export const CALENDAR: Record<string, RequestPlan> = {
  'GET /api/v1/sites/:id/holidays': { ids: ({ of }) => ({ id: of === 'none' ? NOBODY : 1 }) },
  'PUT /api/v1/sites/:id/holidays/:date': {
    ids: ({ of }) => ({ id: of === 'none' ? NOBODY : 1, date: '2026-10-01' }),
    body: () => ({ kind: 'holiday', name: 'National Day' }),
  },
  'DELETE /api/v1/sites/:id/holidays/:date': {
    ids: async ({ world, of }) => {
      const holiday = { kind: 'holiday', name: 'A day off' };
      if (of !== 'none') await world.make('PUT', `/api/v1/sites/1/holidays/${DAY}`, holiday);
      return { id: of === 'none' ? NOBODY : 1, date: DAY };
    },
  },
  'GET /api/v1/teams/:id/shifts': named(teamId),
  'PUT /api/v1/teams/:id/shifts/:validFrom': {
    ids: async (asked) => ({ ...(await spareTeam(asked)), validFrom: DAY }),
    body: () => SHIFTS,
  },
  'DELETE /api/v1/teams/:id/shifts/:validFrom': { ids: withShifts('teams') },
  'GET /api/v1/agents/:id/shifts': named(agentId),
  'PUT /api/v1/agents/:id/shifts/:validFrom': {
    ids: async (asked) => ({ ...(await spareAgent(asked)), validFrom: DAY }),
    body: () => SHIFTS,
  },
  'DELETE /api/v1/agents/:id/shifts/:validFrom': { ids: withShifts('agents') },
  'GET /api/v1/agents/:id/leave': named(agentId),
  'POST /api/v1/agents/:id/leave': { ids: spareAgent, body: () => ({ kind: 'leave', from: DAY, until: DAY }) },
  'DELETE /api/v1/agents/:id/leave/:leaveId': {
    ids: async (asked) => {
      const { id } = await spareAgent(asked);
      if (id === NOBODY) return { id, leaveId: 1 };
      const wish = { kind: 'leave', from: DAY, until: DAY };
      type Changed = { result: { id: number } };
      const { result } = await asked.world.make<Changed>('POST', `/api/v1/agents/${id}/leave`, wish);
      return { id, leaveId: result.id };
    },
  },
  'GET /api/v1/agents/:id/calendar?from=2026-06-01&to=2026-06-08': named(agentId),
};

export const PRIVACY: Record<string, RequestPlan> = {
  'POST /api/v1/customers/search': {
    body: ({ who, of }) => ({ number: of === 'none' ? '+8613899999999' : PEOPLE[who].number }),
  },
  'GET /api/v1/customers/:id': named(customerId),
  'POST /api/v1/customers/:id/reveal': { ...named(customerId), body: () => ({ reason: 'callback' }) },
  'GET /api/v1/customers/:id/erasure': named(customerId),
  'POST /api/v1/customers/:id/erase': {
    ids: async ({ world, of }) => ({ id: of === 'none' ? NOBODY : await spareCustomer(world) }),
    body: () => ({ reason: 'subject_request' }),
  },
  'POST /api/v1/customers/erase': {
    body: ({ world }) => ({ number: spareNumber(world), reason: 'subject_request' }),
  },
  'GET /api/v1/agents/:id/erasure': named(agentId),
  'POST /api/v1/agents/:id/erase': { ids: spareAgent, body: () => ({ reason: 'subject_request' }) },
};

async function spareCustomer(world: World): Promise<string> {
  const number = spareNumber(world);
  const known = await world.server.server.core.numbers.surrogates(world.pool, [number]);
  return known.get(number) ?? '';
}

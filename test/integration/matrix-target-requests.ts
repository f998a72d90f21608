/** How the rows of targets and closed months are asked for. */
import { type Asked, NOBODY, named, type RequestPlan } from './matrix-plan.js';
import type { World } from './matrix-world.js';

const NOBODY_SCOPE = { kind: 'agent', id: NOBODY };

/** One of each: of the calls of each person, so that a list says whose it holds. */
async function ofEverybody({ world }: Asked): Promise<Record<string, never>> {
  const people = Object.values(world.agents);
  const targets = people.map((id) => target(world, { kind: 'agent', id }, '2020-01-01'));
  await world.make('POST', '/api/v1/targets/batch', { targets });
  return {};
}

function target(world: World, scope: object, validFrom = dayOf(world.next())) {
  return { scope, kpi: 'dials', period: 'day', value: 10, validFrom };
}

const dayOf = (n: number): string => new Date(Date.UTC(2021, 0, 1 + n)).toISOString().slice(0, 10);
const agentScope = ({ world, who, of }: Asked) =>
  of === 'none' ? NOBODY_SCOPE : { kind: 'agent', id: world.agents[who] };
const spare = async (asked: Asked) => {
  if (asked.of === 'none') return { id: NOBODY };
  const body = target(asked.world, { kind: 'agent', id: asked.world.agents[asked.who] });
  return { id: (await asked.world.make<{ id: number }>('POST', '/api/v1/targets', body)).id };
};
const ofTeam = async ({ world, who, of }: Asked): Promise<number> => {
  if (of === 'none') return NOBODY;
  const body = target(world, { kind: 'team', id: world.teams[who] });
  return (await world.make<{ id: number }>('POST', '/api/v1/targets', body)).id;
};
const scopeId = ({ world, who, of }: Asked) => ({ id: `agent:${of === 'none' ? NOBODY : world.agents[who]}` });
let months = 0;
/** Another one each time, from 2000 on; all are over. */
const nextMonth = (): string => new Date(Date.UTC(2000, months++, 1)).toISOString().slice(0, 7);

export const TARGETS: Record<string, RequestPlan> = {
  'GET /api/v1/targets': { ids: ofEverybody },
  'GET /api/v1/targets?scope=:id': named(scopeId),
  'GET /api/v1/targets/:id': { ids: spare },
  'POST /api/v1/targets': { body: (asked) => target(asked.world, agentScope(asked)) },
  'POST /api/v1/targets/batch': { body: (asked) => ({ targets: [target(asked.world, agentScope(asked))] }) },
  'PATCH /api/v1/targets/:id': { ids: spare, body: () => ({ revision: 1, value: 20 }) },
  'DELETE /api/v1/targets/:id?revision=1': { ids: spare },
  'POST /api/v1/targets/preview': { body: () => ({ targets: [{ kpi: 'dials', value: 50 }] }) },
  'POST /api/v1/targets/cascade/preview': {
    body: async (asked) => ({ targetId: await ofTeam(asked), to: 'agents', by: 'equal' }),
  },
  'POST /api/v1/targets/cascade': {
    body: async (asked) => ({
      targetId: await ofTeam(asked),
      revision: 1,
      parts: [
        { scope: agentScope(asked), period: 'day', validFrom: '2020-02-02', validUntil: '2020-02-02', value: 10 },
      ],
    }),
  },
  'POST /api/v1/targets/rollup': {
    body: ({ world, who, of }) => ({
      scope: { kind: 'team', id: of === 'none' ? NOBODY : world.teams[who] },
      kpi: 'dials',
      period: 'day',
      from: 'agents',
      at: '2026-05-05',
    }),
  },
  'GET /api/v1/attainment?scope=:id': named(scopeId),
  'GET /api/v1/periods/:month': {
    ids: async ({ world, of }) => {
      if (of === 'none') return { month: '1999-01' };
      const month = nextMonth();
      await world.make('POST', '/api/v1/periods/close', { month });
      return { month };
    },
  },
  'POST /api/v1/periods/close': { body: () => ({ month: nextMonth() }) },
};

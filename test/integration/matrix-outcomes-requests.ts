/** How the rows about outcomes and lists of customers are asked for. */
import { type Asked, agentId, customerId, NOBODY, named, type RequestPlan, spareNumber } from './matrix-plan.js';
import type { World } from './matrix-world.js';

const outcomeId = ({ who, of }: Asked) => ({
  id: of === 'none' ? 'me|nothing' : `key:bootstrap|of-${who}`,
});
const entry = ({ world, who }: Asked) => ({
  externalId: `said-${world.next()}`,
  call: world.calls[who],
  disposition: 'no_use',
});

const spareDisposition = async ({ world, of }: Asked) => {
  if (of === 'none') return { id: NOBODY };
  const wish = { key: `spare-${world.next()}`, name: { en: 'Spare', zh: '备用' } };
  return { id: (await world.make<{ result: { id: number } }>('POST', '/api/v1/dispositions', wish)).result.id };
};

const listed = async (world: World) => {
  const made = await world.make<{ customerId: string }>('POST', '/api/v1/do-not-call', { number: spareNumber(world) });
  // A removal lies behind its entry.
  world.clock.step(1_000);
  return { customerId: made.customerId };
};

export const OUTCOMES: Record<string, RequestPlan> = {
  'POST /api/v1/dispositions': {
    body: ({ world }) => ({ key: `made-${world.next()}`, name: { en: 'Made', zh: '新增' } }),
  },
  'PATCH /api/v1/dispositions/:id': { ids: spareDisposition, body: () => ({ position: 5 }) },
  'GET /api/v1/outcomes?agent=:id': named(agentId),
  'GET /api/v1/outcomes/:id': { ids: outcomeId },
  'POST /api/v1/outcomes': { body: entry },
  'PATCH /api/v1/outcomes/:id': { ids: outcomeId, body: () => ({ note: 'seen' }) },
  'POST /api/v1/outcomes/import': {
    body: (asked) => `external_id,call,disposition\nfile-${asked.world.next()},${asked.world.calls.ann},no_use\n`,
  },
  'GET /api/v1/callbacks?agent=:id': named(agentId),
  'POST /api/v1/do-not-call': { body: ({ world }) => ({ number: spareNumber(world) }) },
  'POST /api/v1/do-not-call/check': { body: () => ({ numbers: ['+8613800001111'] }) },
  'POST /api/v1/do-not-call/import': { body: ({ world }) => `number\n${spareNumber(world)}\n` },
  'POST /api/v1/do-not-call/:customerId/removal': {
    ids: ({ world }) => listed(world),
    body: () => ({ reason: 'asked for calls again' }),
  },
  'GET /api/v1/customers/:id/owners': named(customerId),
  'PUT /api/v1/owners': { body: ({ world }) => ({ number: spareNumber(world), agentId: world.agents.cy }) },
  'DELETE /api/v1/owners': { body: ({ world }) => ({ number: spareNumber(world) }) },
  'POST /api/v1/owners/import': { body: ({ world }) => `number,agent\n${spareNumber(world)},cy\n` },
};

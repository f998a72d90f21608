/** How the rows of saved reports are asked for: one's own, somebody else's private one, none. */
import { type Asked, NOBODY, type RequestPlan } from './matrix-plan.js';
import { ROLES } from './matrix-world.js';

const SOURCE = {
  kind: 'explore',
  spec: { range: { preset: 'today' }, kpis: ['dials'], groupBy: [], filters: {}, compare: 'none' },
};

/** Of a person their own; a key has none, and reads what is shared with everybody. */
async function spare({ world, viewer, of }: Asked): Promise<{ id: number }> {
  if (of === 'none') return { id: NOBODY };
  const role = ROLES.find((one) => one === viewer);
  const isShared = of === 'own' && role === undefined;
  const owner = of === 'own' ? world.users[role ?? 'admin'] : world.users[role === 'ops' ? 'auditor' : 'ops'];
  const { rows } = await world.pool.query<{ id: number }>(
    `INSERT INTO saved_report (name, owner_id, visibility, private_to, source, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, now(), now()) RETURNING id`,
    [`Spare ${world.next()}`, owner, isShared ? 'organisation' : 'private', isShared ? null : owner, SOURCE],
  );
  return { id: rows[0]?.id ?? 0 };
}

const named = ({ world }: Asked) => ({ name: `Named ${world.next()}` });

export const SAVED_REPORTS: Record<string, RequestPlan> = {
  'GET /api/v1/reports/saved/:id': { ids: spare },
  'POST /api/v1/reports/saved': { body: (asked) => ({ ...named(asked), visibility: 'private', source: SOURCE }) },
  'PATCH /api/v1/reports/saved/:id': { ids: spare, body: named },
  'POST /api/v1/reports/saved/:id/copy': { ids: spare, body: named },
  'DELETE /api/v1/reports/saved/:id': { ids: spare },
};

/** How the rows of exports are asked for: one's own, somebody else's, none. Those that wait are never taken up. */
import { uuid } from '../../src/platform/index.js';
import type { Asked, RequestPlan } from './matrix-plan.js';
import { ROLES } from './matrix-world.js';

const SOURCE = { kind: 'calls', query: '' };

/** Of a person their own; a key of one scope has none. */
const spare =
  (state: 'waiting' | 'failed') =>
  async ({ world, viewer, of }: Asked): Promise<{ id: string }> => {
    const id = uuid();
    if (of === 'none') return { id };
    const role = ROLES.find((one) => one === viewer);
    const maker = of === 'own' ? world.users[role ?? 'ops'] : world.users[role === 'ops' ? 'supervisor' : 'ops'];
    await world.pool.query(
      `INSERT INTO export_job (id, maker_kind, maker_id, scope, source, format, language, byte_order_mark, full_numbers, state,
         not_before, created_at)
       VALUES ($1, 'user', $2, '{"kind": "all"}', $3, 'csv', 'en', false, false, $4, 'infinity', now())`,
      [id, maker, SOURCE, state],
    );
    return { id };
  };

export const EXPORTS: Record<string, RequestPlan> = {
  'POST /api/v1/exports': {
    body: async ({ world }) => {
      // As many as anybody may have at once are asked for in no time here.
      await world.pool.query(`DELETE FROM export_job WHERE state IN ('waiting', 'running')`);
      return { source: SOURCE, format: 'csv', language: 'en' };
    },
  },
  'GET /api/v1/exports/:id': { ids: spare('failed') },
  'GET /api/v1/exports/:id/file': { ids: spare('failed') },
  'POST /api/v1/exports/:id/cancel': { ids: spare('waiting') },
  'POST /api/v1/exports/:id/link': { ids: spare('failed') },
  'DELETE /api/v1/exports/:id': { ids: spare('failed') },
};

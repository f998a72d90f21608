/** How the rows of scheduled reports are asked for: one's own, somebody else's, none. A key has none. */
import { type Asked, NOBODY, type RequestPlan } from './matrix-plan.js';
import { ROLES } from './matrix-world.js';

const SOURCE = {
  kind: 'explore',
  spec: { range: { preset: 'today' }, kpis: ['dials'], groupBy: [], filters: {}, compare: 'none' },
};
const RHYTHM = { every: 'day', at: '08:30' };
const SCHEDULE = {
  name: 'Spare',
  sources: [SOURCE],
  format: 'csv',
  language: 'en',
  rhythm: RHYTHM,
  zone: null,
  workingDaysOnly: false,
  destinations: [{ kind: 'mail', to: ['spare@example.com'] }],
  active: false,
};

/** Not active: nothing is sent from here. */
async function spare({ world, viewer, of }: Asked): Promise<{ id: number }> {
  if (of === 'none') return { id: NOBODY };
  const role = ROLES.find((one) => one === viewer);
  const owner = of === 'own' ? world.users[role ?? 'admin'] : world.users[role === 'ops' ? 'auditor' : 'ops'];
  const { rows } = await world.pool.query<{ id: number }>(
    `INSERT INTO report_schedule (name, owner_id, sources, format, language, rhythm, minute_of_day, active, created_at,
       updated_at) VALUES ('Spare', $1, $2, 'csv', 'en', 'daily', 510, false, now(), now()) RETURNING id`,
    [owner, JSON.stringify([SOURCE])],
  );
  return { id: rows[0]?.id ?? 0 };
}

/** A run whose file is there, of what every owner of a schedule may still see. */
async function spareRun(asked: Asked): Promise<{ id: string | number }> {
  const { id } = await spare(asked);
  if (asked.of === 'none') return { id };
  const { rows } = await asked.world.pool.query<{ id: string }>(
    `INSERT INTO report_run (schedule_id, due, kind, state, next_attempt, made_at, file_name, file, bytes, sha256, scope,
       erasures_seen)
     VALUES ($1, now(), 'by_hand', 'made', now(), now(), 'spare.csv', 'a', 1, 'b', '{"kind":"teams","teams":[]}',
       (SELECT max(id) FROM erasure)) RETURNING id::text AS id`,
    [id],
  );
  return { id: rows[0]?.id ?? '' };
}

/** A delivery that has failed. */
async function spareDelivery(asked: Asked): Promise<{ id: string | number }> {
  const run = await spareRun(asked);
  if (asked.of === 'none') return run;
  const { rows } = await asked.world.pool.query<{ id: string }>(
    `WITH run AS (SELECT id, schedule_id, due FROM report_run WHERE id = $1),
       destination AS (INSERT INTO report_destination (schedule_id, kind) SELECT schedule_id, 'mail' FROM run RETURNING id)
     INSERT INTO report_delivery (message_id, run_id, schedule_id, due, destination_id, state, next_attempt)
     SELECT gen_random_uuid(), run.id, schedule_id, due, destination.id, 'failed', now() FROM run, destination
     RETURNING id::text AS id`,
    [run.id],
  );
  return { id: rows[0]?.id ?? '' };
}

/** A link of a message nobody has the token of; one that is good is in its own proof. */
const NO_LINK = { body: () => ({ token: 'x'.repeat(43) }) };

export const SCHEDULES: Record<string, RequestPlan> = {
  'POST /api/v1/schedules': { body: () => SCHEDULE },
  'POST /api/v1/schedules/upcoming': { body: () => ({ rhythm: RHYTHM, zone: null, workingDaysOnly: false }) },
  'POST /api/v1/schedules/preview': { asDouble: true, body: () => SCHEDULE },
  'POST /api/v1/schedules/test': {
    asDouble: true,
    body: () => ({ destination: { kind: 'mail', to: ['spare@example.com'] }, language: 'en' }),
  },
  'GET /api/v1/schedules/:id': { ids: spare },
  'PATCH /api/v1/schedules/:id': { ids: spare, body: () => ({ revision: 1, name: 'Named' }) },
  'DELETE /api/v1/schedules/:id': { ids: spare },
  'POST /api/v1/schedules/:id/run': { ids: spare },
  'GET /api/v1/schedules/:id/deliveries': { ids: spare },
  'GET /api/v1/schedules/runs/:id/file': { ids: spareRun },
  'POST /api/v1/schedules/deliveries/:id/retry': { ids: spareDelivery },
  'POST /api/v1/packs/inspect': NO_LINK,
  'POST /api/v1/packs/open': NO_LINK,
  'POST /api/v1/packs/fetch': NO_LINK,
};

/** What the organisation calls its pauses, when a state is long, what activities mean, how long a status lasts. */
import type { Pool, PoolClient } from 'pg';
import type { SettingsChanges } from '../../organisation/index.js';
import { AppError, isoOf } from '../../platform/index.js';
import type { AuditActor } from '../../shared/audit.js';
import {
  type ActivityMapping,
  DEFAULT_STATE_THRESHOLDS,
  type PauseReason,
  type StateThresholds,
  type StatusLimit,
  type TaskRouterActivity,
} from '../../shared/presence.js';
import { queueActivities } from '../facts/todo.repository.js';

type Db = Pick<Pool | PoolClient, 'query'>;

const ORGANISATION = { kind: 'organisation', id: '1' };
const SECONDS_MAX = 86_400;

export class StateSettingsService {
  constructor(
    private readonly pool: Pool,
    private readonly changes: SettingsChanges,
  ) {}

  reasons(): Promise<PauseReason[]> {
    return reasonsOf(this.pool);
  }

  /** Throws `pause_reason_used` for one that is left out and was chosen before. */
  async putReasons(actor: AuditActor, reasons: readonly PauseReason[]): Promise<PauseReason[]> {
    const { result } = await this.changes.run(actor, async (tx) => {
      const before = await reasonsOf(tx);
      const kept = new Set(reasons.map(({ key }) => key));
      for (const { key } of before) if (!kept.has(key)) await requireUnused(tx, key);
      await tx.query('DELETE FROM pause_reason WHERE NOT key = ANY($1::text[])', [[...kept]]);
      await tx.query(
        `INSERT INTO pause_reason (key, name_en, name_zh, position, archived)
         SELECT x.key, x.name->>'en', x.name->>'zh', x.position, x.archived
         FROM jsonb_to_recordset($1::jsonb) AS x(key text, name jsonb, position integer, archived boolean)
         ON CONFLICT (key) DO UPDATE SET name_en = excluded.name_en, name_zh = excluded.name_zh,
           position = excluded.position, archived = excluded.archived`,
        [JSON.stringify(reasons.map((reason, position) => ({ ...reason, position })))],
      );
      const keysOf = (list: readonly PauseReason[]) => list.map(({ key, archived }) => (archived ? `${key} ✕` : key));
      return {
        audit: [
          {
            action: 'pause_reasons.changed',
            subject: ORGANISATION,
            before: { reasons: keysOf(before) },
            after: { reasons: keysOf(reasons) },
          },
        ],
        result: () => reasonsOf(tx),
      };
    });
    return result;
  }

  thresholds(): Promise<StateThresholds> {
    return thresholdsOf(this.pool);
  }

  /** Throws `thresholds_unordered`. */
  async putThresholds(actor: AuditActor, thresholds: StateThresholds): Promise<StateThresholds> {
    for (const [state, steps] of Object.entries(thresholds) as [keyof StateThresholds, number[]][]) {
      const grows = steps.every((step, i) => step > (steps[i - 1] ?? 0) && step <= SECONDS_MAX);
      if (!grows) throw new AppError('thresholds_unordered', { field: state, params: { state } });
    }
    const { result } = await this.changes.run(actor, async (tx) => {
      const before = await thresholdsOf(tx);
      await tx.query('UPDATE organisation SET state_thresholds = $1::jsonb', [JSON.stringify(thresholds)]);
      const change = { before: { ...before }, after: { ...thresholds } };
      return {
        audit: [{ action: 'organisation.changed', subject: ORGANISATION, ...change }],
        result: () => thresholdsOf(tx),
      };
    });
    return result;
  }

  limit(): Promise<StatusLimit> {
    return limitOf(this.pool);
  }

  async putLimit(actor: AuditActor, { hours }: StatusLimit): Promise<StatusLimit> {
    const { result } = await this.changes.run(actor, async (tx) => {
      const before = await limitOf(tx);
      await tx.query('UPDATE organisation SET status_hours = $1', [hours]);
      const change = { before: { statusHours: before.hours }, after: { statusHours: hours } };
      return {
        audit: [{ action: 'organisation.changed', subject: ORGANISATION, ...change }],
        result: () => limitOf(tx),
      };
    });
    return result;
  }

  activities(): Promise<TaskRouterActivity[]> {
    return activitiesOf(this.pool);
  }

  /** Throws `reason_unknown`. Time that counted otherwise until now is moved in the background. */
  async putActivities(actor: AuditActor, mappings: readonly ActivityMapping[]): Promise<TaskRouterActivity[]> {
    const { result } = await this.changes.run(actor, async (tx) => {
      await requireReasons(tx, mappings);
      const { rows } = await tx.query<{ name: string }>(
        `INSERT INTO taskrouter_activity AS a (name, state, reason)
         SELECT x.name, x.state, x.reason FROM jsonb_to_recordset($1::jsonb) AS x(name text, state text, reason text)
         ON CONFLICT (name) DO UPDATE SET state = excluded.state, reason = excluded.reason
         WHERE (a.state, a.reason) IS DISTINCT FROM (excluded.state, excluded.reason) RETURNING name`,
        [JSON.stringify(mappings)],
      );
      const changed = rows.map(({ name }) => name);
      await queueActivities(tx, changed);
      const after = Object.fromEntries(
        mappings
          .filter(({ name }) => changed.includes(name))
          .map(({ name, state, reason }) => [name, reason ? `${state}: ${reason}` : state]),
      );
      return {
        audit: changed.length === 0 ? [] : [{ action: 'activities.mapped', subject: ORGANISATION, after }],
        result: () => activitiesOf(tx),
      };
    });
    return result;
  }
}

async function reasonsOf(db: Db): Promise<PauseReason[]> {
  const { rows } = await db.query<PauseReason>(
    `SELECT key, jsonb_build_object('en', name_en, 'zh', name_zh) AS name, archived FROM pause_reason
     ORDER BY archived, position, key`,
  );
  return rows;
}

async function requireUnused(tx: Db, key: string): Promise<void> {
  const { rowCount } = await tx.query(
    `SELECT 1 WHERE EXISTS (SELECT 1 FROM taskrouter_activity WHERE reason = $1)
       OR EXISTS (SELECT 1 FROM agent_interval WHERE reason = $1)`,
    [key],
  );
  if (rowCount !== 0) throw new AppError('pause_reason_used', { field: 'reasons', params: { key } });
}

async function thresholdsOf(db: Db): Promise<StateThresholds> {
  const { rows } = await db.query<{ steps: StateThresholds | null }>(
    'SELECT state_thresholds AS steps FROM organisation',
  );
  return rows[0]?.steps ?? DEFAULT_STATE_THRESHOLDS;
}

async function limitOf(db: Db): Promise<StatusLimit> {
  const { rows } = await db.query<StatusLimit>('SELECT status_hours AS hours FROM organisation');
  return rows[0] ?? { hours: 16 };
}

/** Not mapped ones first, then those in use, by name. */
async function activitiesOf(db: Db): Promise<TaskRouterActivity[]> {
  const { rows } = await db.query<Omit<TaskRouterActivity, 'lastSeenAt'> & { lastSeenAt: Date | null }>(
    `SELECT a.name, a.state, a.reason, s.last AS "lastSeenAt", coalesce(s.agents, 0)::integer AS agents
     FROM taskrouter_activity a LEFT JOIN LATERAL (
       SELECT max(i.from_at) AS last, count(DISTINCT i.agent_id) AS agents FROM agent_interval i
       WHERE i.mark->>'activity' IS NOT NULL AND i.mark->>'activity' = a.name) s ON true
     ORDER BY a.state IS NOT NULL, s.last IS NULL, a.name`,
  );
  return rows.map(({ lastSeenAt, ...row }) => ({
    ...row,
    lastSeenAt: lastSeenAt === null ? null : isoOf(lastSeenAt.getTime()),
  }));
}

async function requireReasons(tx: Db, mappings: readonly ActivityMapping[]): Promise<void> {
  const reasons = (await reasonsOf(tx)).map(({ key }) => key);
  for (const { reason } of mappings) {
    if (reason !== undefined && !reasons.includes(reason)) {
      const params = { key: reason.slice(0, 40), keys: reasons.join(', ') || '–' };
      throw new AppError('reason_unknown', { field: 'activities', params });
    }
  }
}

/** Targets, with how far each in force today is. */
import { type AddParameter, scopeSql } from '../../../access/index.js';
import { currentTeamSql } from '../../../organisation/index.js';
import type { Scope } from '../../../shared/access.js';
import type { TargetProgress, TargetScope } from '../../../shared/targets.js';
import { reachedToday } from '../../../targets/index.js';
import { type EntitySet, property, type ReadContext } from './entity-set.js';

const NULLABLE = { nullable: true } as const;
const PROGRESS = [
  property('period_from', 'Date', 'p.period_from', 'First business date of the period that lasts today.', NULLABLE),
  property('period_until', 'Date', 'p.period_until', 'Its end, exclusive.', NULLABLE),
  property('prorated', 'Double', 'p.prorated', 'The target after leave, employment and holidays.', NULLABLE),
  property('actual', 'Double', 'p.actual', 'What was reached so far, in the unit of the KPI.', NULLABLE),
  property(
    'attainment',
    'Double',
    'p.attainment',
    'Target attainment / 目标达成率: actual ÷ target; where low is good, target ÷ actual. As of now.',
    NULLABLE,
  ),
  property(
    'expected_share',
    'Double',
    'p.expected_share',
    'Share of the target expected by now; null: a ratio.',
    NULLABLE,
  ),
  property('expected', 'Double', 'p.expected', 'target × expected_share.', NULLABLE),
  property('pace', 'Double', 'p.pace', 'Pace / 进度: actual ÷ expected; of ratios their attainment.', NULLABLE),
];
const PROGRESS_NAMES = PROGRESS.map(({ name }) => name);
/** Of people who became others, or were erased, nobody expects anything. */
const ALIVE = `(a.id IS NULL OR a.status IN ('new', 'active', 'left'))`;
const FROM = 'target t LEFT JOIN team tm ON tm.id = t.team_id LEFT JOIN agent a ON a.id = t.agent_id';

export const TARGETS: EntitySet = {
  name: 'Targets',
  type: 'Target',
  permission: 'kpis:read',
  description: 'What is expected, of whom, by when. Those in force today say how far they are; of others that is null.',
  key: ['target_id'],
  order: ['target_id'],
  properties: [
    property('target_id', 'Int64', 't.id', 'Id.'),
    property(
      'scope',
      'String',
      `(CASE WHEN t.team_id IS NOT NULL THEN 'team' WHEN t.agent_id IS NOT NULL THEN 'agent' ELSE 'organisation' END)`,
      'organisation, team or agent.',
    ),
    property('team_id', 'Int64', 't.team_id', 'Team, with those below it.', NULLABLE),
    property('agent_id', 'Int64', 't.agent_id', 'Agent.', NULLABLE),
    property('label', 'String', `coalesce(tm.name, a.name, '')`, 'Name of the team or agent; empty: the organisation.'),
    property('kpi', 'String', 't.kpi', 'Id of the catalog.'),
    property('period', 'String', 't.period', 'day, week, month, quarter or year.'),
    property('value', 'Double', 't.value', 'As entered, in the unit of the KPI; money in minor units.'),
    property('currency', 'String', 't.currency', 'Of money, ISO 4217.', NULLABLE),
    property('valid_from', 'Date', 't.valid_from', 'In force from this business date on.'),
    property('valid_until', 'Date', 't.valid_until', 'Last day, inclusive; null: until the next.', NULLABLE),
    property('locked', 'Boolean', 't.locked', 'Cascading leaves it as it is.'),
    ...PROGRESS,
  ],
  source: async (context) => {
    const { add, scope, now } = context;
    const where = [ALIVE, ...seenSql(scope, now, add)];
    const rows = context.asks(PROGRESS_NAMES) ? await progressRows(context) : [];
    const progress = `json_to_recordset(${add(JSON.stringify(rows), 'json')}) AS p(id integer, period_from date,
      period_until date, prorated float8, actual float8, attainment float8, expected_share float8, expected float8,
      pace float8)`;
    return { from: `${FROM} LEFT JOIN ${progress} ON p.id = t.id`, where };
  },
};

/** Like GET /targets: people by the team they are in now, the organisation's only to whoever sees all numbers. */
function seenSql(scope: Scope, now: number, add: AddParameter): string[] {
  if (scope.kind === 'all') return [];
  const current = (): string => currentTeamSql(add(new Date(now), 'timestamptz'));
  const team = scope.kind === 'teams' ? `coalesce(t.team_id, ${current()})` : 't.team_id';
  return [scopeSql(scope, { agent: 't.agent_id', team }, add) ?? 'true'];
}

async function progressRows({ tx, scope, now }: ReadContext): Promise<Record<string, unknown>[]> {
  const values: unknown[] = [];
  const seen = seenSql(scope, now, (value, type) => `$${values.push(value)}::${type}`);
  const { rows } = await tx.query<{ teamId: number | null; agentId: number | null }>(
    `SELECT DISTINCT t.team_id AS "teamId", t.agent_id AS "agentId" FROM ${FROM} WHERE ${[ALIVE, ...seen].join(' AND ')}`,
    values,
  );
  const scopes = rows.map(({ teamId, agentId }): TargetScope => {
    if (teamId !== null) return { kind: 'team', id: teamId };
    return agentId === null ? { kind: 'organisation' } : { kind: 'agent', id: agentId };
  });
  return (await reachedToday(tx, scopes, now)).map(progressRow);
}

/** By id of the target, as the feed shows it: amounts as minor units. */
function progressRow(progress: TargetProgress): Record<string, unknown> {
  const { actual } = progress;
  const number =
    actual === null || typeof actual === 'number' ? actual : Array.isArray(actual) ? null : actual.amountMinor;
  return {
    id: progress.targetId,
    period_from: progress.from,
    period_until: progress.until,
    prorated: progress.target,
    actual: number,
    attainment: progress.attainment,
    expected_share: progress.expectedShare,
    expected: progress.expectedNow,
    pace: progress.pace,
  };
}

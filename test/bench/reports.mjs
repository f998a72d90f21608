/**
 * Reports at the API beside what one would write otherwise, over the same data in the same run: the raw GROUP BY over calls
 * in PostgreSQL, and the same through TypeORM's query builder. Calls and sums are made by SQL: 300 agents over 13 weeks, as
 * many calls each day as asked for. Requests one after the other, over HTTP with a key, from this process.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { DataSource, EntitySchema } from 'typeorm';
import { loadConfig, openDatabase } from '../../dist/server/platform/index.js';
import { PUBLIC_URL, TOKEN } from './events.mjs';
import { API_KEY } from './ingest.mjs';
import { shares } from './pages.mjs';
import { startProcess } from './processes.mjs';

export const AGENTS = 300;
export const DAYS = 91;
/** Half-open business dates; long ago, so that nothing of today is in them. */
export const FROM = '2026-01-05';
export const TO = '2026-04-06';
const MONTH_FROM = '2026-03-01';
const MONTH_TO = '2026-03-31';
const KPIS = 'dials,connects,connect_rate,talk_s,avg_talk_s,effective_rate,no_answer';
const HUNDRED = Array.from({ length: 100 }, (_, n) => n + 1);

const QUESTIONS = {
  '30 days × 100 agents': `from=${MONTH_FROM}&to=${MONTH_TO}&kpis=${KPIS}&groupBy=agent&agent=${HUNDRED}`,
  '300 agents × 13 weeks': `from=${FROM}&to=${TO}&kpis=${KPIS}&groupBy=agent`,
  '300 agents × 13 weeks, by week': `from=${FROM}&to=${TO}&kpis=${KPIS}&groupBy=agent,week`,
  '30 days, weekday × hour': `from=${MONTH_FROM}&to=${MONTH_TO}&kpis=${KPIS}&groupBy=weekday,hour_of_day`,
  '30 days by disposition, from calls': `from=${MONTH_FROM}&to=${MONTH_TO}&kpis=${KPIS}&groupBy=disposition`,
};
/** Whose answer takes as long as there are calls. */
const OF_CALLS = '30 days by disposition, from calls';

/** `keep`: a directory in which the data stays for the next run; null: made anew and removed. */
export async function benchReports({ sizes, requests, keep, say }) {
  for (const calls of sizes) await withCalls(calls, keep, (place) => measure(calls, place, requests, say));
}

/** A server with so many calls and their sums. */
export async function withCalls(calls, keep, work) {
  const scratch = keep === null ? mkdtempSync(join(tmpdir(), 'tallyboard-bench-')) : join(keep, String(calls));
  const dataDir = join(scratch, 'data');
  const made = join(scratch, 'made');
  const server = await startProcess('product.mjs', [dataDir, PUBLIC_URL, TOKEN, API_KEY]);
  const database = await openDatabase(loadConfig({ DATA_DIR: dataDir }));
  try {
    if (!existsSync(made)) await makeFacts(database.url, Math.round(calls / AGENTS / DAYS));
    if (keep !== null) writeFileSync(made, '');
    const heldUp = () => server.ask('held up');
    await work({ base: `http://127.0.0.1:${server.port}`, url: database.url, heldUp });
  } finally {
    await database.close();
    await server.stop();
    if (keep === null) rmSync(scratch, { recursive: true, force: true });
  }
}

async function measure(calls, { base, url }, requests, say) {
  for (const [name, query] of Object.entries(QUESTIONS)) {
    const asked = async () => {
      const response = await fetch(`${base}/api/v1/reports/explore?${query}`, {
        headers: { authorization: `Bearer ${API_KEY}` },
      });
      const body = await response.json();
      // Counting by the call may be refused as too long: that is what it is measured for.
      if (!response.ok && body.error?.code !== 'report_too_slow') throw new Error(`${name}: ${JSON.stringify(body)}`);
      return body;
    };
    const times = name === OF_CALLS ? Math.min(5, requests) : requests;
    say(calls, name, 'at the API', await timed(asked, times));
  }
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC' });
  await client.connect();
  say(calls, '30 days × 100 agents', 'GROUP BY over calls', await timed(() => client.query(RAW, MONTH), few(requests)));
  await client.end();
  const source = await new DataSource({ type: 'postgres', url, entities: [CallRow] }).initialize();
  say(calls, '30 days × 100 agents', 'through TypeORM', await timed(() => throughTypeOrm(source), few(requests)));
  await source.destroy();
}

const few = (requests) => Math.max(3, Math.round(requests / 10));

async function timed(work, times) {
  for (let i = 0; i < Math.min(5, times); i++) await work();
  const taken = [];
  for (let i = 0; i < times; i++) {
    const begun = performance.now();
    await work();
    taken.push(performance.now() - begun);
  }
  return shares(taken);
}

const MONTH = [MONTH_FROM, MONTH_TO, HUNDRED];
const RAW = `SELECT agent_id, count(*) AS dials, count(*) FILTER (WHERE outcome = 'answered') AS connects,
    sum(talk_ms) FILTER (WHERE outcome = 'answered') AS talk_ms,
    count(*) FILTER (WHERE outcome = 'answered' AND talk_ms >= effective_ms) AS effective,
    count(*) FILTER (WHERE outcome = 'no_answer') AS no_answer
  FROM call WHERE started_at >= $1::timestamptz AND started_at < $2::timestamptz AND agent_id = ANY($3::integer[])
    AND direction = 'outbound' AND counted GROUP BY agent_id`;

const CallRow = new EntitySchema({
  name: 'CallRow',
  tableName: 'call',
  columns: {
    key: { type: 'text', primary: true },
    direction: { type: 'text' },
    counted: { type: 'boolean' },
    outcome: { type: 'text' },
    agentId: { type: 'integer', name: 'agent_id' },
    startedAt: { type: 'timestamptz', name: 'started_at' },
    talkMs: { type: 'bigint', name: 'talk_ms' },
    effectiveMs: { type: 'integer', name: 'effective_ms' },
  },
});

/** As one writes it first. */
function throughTypeOrm(source) {
  const [from, to, agents] = MONTH;
  return source
    .getRepository(CallRow)
    .createQueryBuilder('call')
    .select('call.agentId', 'agent')
    .addSelect('COUNT(*)', 'dials')
    .addSelect(`SUM(CASE WHEN call.outcome = 'answered' THEN 1 ELSE 0 END)`, 'connects')
    .addSelect(`SUM(CASE WHEN call.outcome = 'answered' THEN call.talkMs ELSE 0 END)`, 'talk')
    .addSelect(
      `SUM(CASE WHEN call.outcome = 'answered' AND call.talkMs >= call.effectiveMs THEN 1 ELSE 0 END)`,
      'effective',
    )
    .addSelect(`SUM(CASE WHEN call.outcome = 'no_answer' THEN 1 ELSE 0 END)`, 'noAnswer')
    .where('call.startedAt >= :from AND call.startedAt < :to', { from, to })
    .andWhere('call.agentId IN (:...agents)', { agents })
    .andWhere(`call.direction = 'outbound' AND call.counted`)
    .groupBy('call.agentId')
    .getRawMany();
}

/** `perDay`: calls of each agent a day, evenly over eight hours; two campaigns, every third call answered. */
async function makeFacts(url, perDay) {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC -c statement_timeout=0' });
  await client.connect();
  await client.query(
    `INSERT INTO team (id, name, site_id) SELECT 100 + n, 'Team ' || n, 1 FROM generate_series(1, 15) n`,
  );
  await client.query(
    `INSERT INTO agent (id, name, status) SELECT n, 'Agent ' || n, 'active' FROM generate_series(1, $1::integer) n`,
    [AGENTS],
  );
  await client.query(
    `INSERT INTO team_membership SELECT n, '-infinity', 101 + n % 15 FROM generate_series(1, $1::integer) n`,
    [AGENTS],
  );
  await client.query(`INSERT INTO campaign (id, name, currency) VALUES (50, 'second', 'CNY')`);
  for (let day = 0; day < DAYS; day++) await client.query(DAY_OF_CALLS, [FROM, day, AGENTS, perDay]);
  await client.query(sumsSql('rollup_slot', 'slot_start, '));
  await client.query(sumsSql('rollup_day', ''));
  for (const table of ['call', 'rollup_slot', 'rollup_day']) await client.query(`VACUUM ANALYZE ${table}`);
  // What making the data leaves to be written is no question's.
  await client.query('CHECKPOINT');
  await client.end();
}

const DAY_OF_CALLS = `
  INSERT INTO call (key, legs, direction, counted, outcome, started_at, answered_at, ended_at, ring_ms, talk_ms, stale,
    incomplete, agent_id, team_id, campaign_id, handled, effective_ms, assume_human, time_zone, slot_start, business_date, disposition_id)
  SELECT 'B' || $2 || '-' || a || '-' || n, '[]', 'outbound', true, CASE WHEN h % 3 = 0 THEN 'answered' ELSE 'no_answer' END,
    at, CASE WHEN h % 3 = 0 THEN at END, at + interval '5 minutes', 4000, CASE WHEN h % 3 = 0 THEN 20000 + (h % 400) * 1000 ELSE 0 END,
    false, '{}', a, 101 + a % 15, CASE WHEN n % 2 = 0 THEN 1 ELSE 50 END, '[]', 300000, true, 'UTC',
    date_bin('15 minutes', at, '2000-01-01Z'), at::date, CASE WHEN h % 3 = 0 THEN 1 + h % 9 END
  FROM generate_series(1, $3::integer) a, generate_series(1, $4::integer) n,
    LATERAL (SELECT ($1::date + $2::integer)::timestamptz + interval '1 hour' + n * (interval '8 hours' / ($4::integer + 1)), (a * 7919 + n * 104729 + $2::integer * 31) % 1000) x(at, h)`;

/** In the order of time, as the fold writes them. */
const sumsSql = (table, slot) => `
  INSERT INTO ${table} (${slot}business_date, agent_id, team_id, campaign_id, dials, connects, connects_ended, humans, effective,
    no_answer, talk_ms, ring_ms)
  SELECT ${slot}business_date, agent_id, team_id, campaign_id, count(*), count(*) FILTER (WHERE outcome = 'answered'),
    count(*) FILTER (WHERE outcome = 'answered'), count(*) FILTER (WHERE outcome = 'answered'),
    count(*) FILTER (WHERE outcome = 'answered' AND talk_ms >= effective_ms), count(*) FILTER (WHERE outcome = 'no_answer'),
    sum(talk_ms), sum(ring_ms) FROM call GROUP BY ${slot}business_date, agent_id, team_id, campaign_id
  ORDER BY ${slot}business_date, agent_id, team_id, campaign_id`;

/**
 * How long an answer holds up the process that gives it: the longest time in which nobody else was heard, while one client
 * asks for the largest reports, files and pages there are, one after the other. The data is that of the reports.
 */
import { setTimeout } from 'node:timers/promises';
import { API_KEY } from './ingest.mjs';
import { AGENTS, DAYS, FROM, TO, withCalls } from './reports.mjs';

const SEVEN = 'dials,connects,connect_rate,talk_s,avg_talk_s,effective_rate,no_answer';
const TWENTY = `${SEVEN},humans,human_rate,contacts,contact_rate,sales,conversion_rate,revenue,logged_in_s,occupancy,dials_per_hour,sales_per_hour,revenue_per_hour,aht_s`;
/** Answers have no more. */
const ROWS_MAX = 50_000;
const WORKING_HOURS = 8;
/** Of each: the first one compiles. */
const TIMES = 4;

const SPAN = `from=${FROM}&to=${TO}`;
const WEEKS = `from=2026-03-01&to=2026-04-06`;
const READY = {
  daily_floor: WEEKS,
  agent_scorecard: `${SPAN}&agent=1`,
  target_attainment: SPAN,
  team_comparison: SPAN,
  campaign_funnel: SPAN,
  best_hours: SPAN,
  dispositions: WEEKS,
  callbacks: SPAN,
  data_quality: 'from=2026-03-07&to=2026-04-06',
  what_changed: SPAN,
};
const FEED = ['KpiByAgentDay', 'KpiByAgentInterval', 'KpiByInterval', 'Calls', 'Outcomes'];

export async function benchHoldUps({ calls, keep, say }) {
  await withCalls(calls, keep, async (server) => {
    const client = clientOf(server.base);
    for (const [name, work] of Object.entries(requests(calls, client))) {
      await server.heldUp();
      let taken = 0;
      for (let n = 0; n < TIMES; n++) {
        const begun = performance.now();
        await work();
        taken = Math.max(taken, performance.now() - begun);
      }
      say(name, await server.heldUp(), taken);
    }
  });
}

function requests(calls, { read, file }) {
  const hours = Math.min(WORKING_HOURS, Math.round(calls / AGENTS / DAYS));
  const most = new Date(Date.parse(FROM) + Math.floor(ROWS_MAX / AGENTS / hours) * 86_400_000)
    .toISOString()
    .slice(0, 10);
  const explore = (query) => () => read(`/api/v1/reports/explore?${query}`);
  const document = (query) => () => read(`/api/v1/reports/explore/document?${query}`);
  const largest = (format, kpis, groupBy, to = TO) => {
    const spec = { range: { from: FROM, to }, kpis: kpis.split(','), groupBy, filters: {}, compare: 'none' };
    return () => file({ kind: 'explore', spec }, format);
  };
  const before = `from=2026-02-20&to=${TO}&groupBy=agent,day&compare=previous`;
  return {
    'nothing asked': () => setTimeout(1_000),
    'agent × day, 7 KPIs': explore(`${SPAN}&kpis=${SEVEN}&groupBy=agent,day`),
    'agent × day, 20 KPIs': explore(`${SPAN}&kpis=${TWENTY}&groupBy=agent,day`),
    'agent × day, 20 KPIs, the range before': explore(`${before}&kpis=${TWENTY}`),
    'agent × quarter hour of the day, 20 KPIs': explore(`${SPAN}&kpis=${TWENTY}&groupBy=agent,interval`),
    'agent × hour, 7 KPIs, most rows': explore(`from=${FROM}&to=${most}&kpis=${SEVEN}&groupBy=agent,hour`),
    'agent × hour, 20 KPIs, most rows': explore(`from=${FROM}&to=${most}&kpis=${TWENTY}&groupBy=agent,hour`),
    '… as a document': document(`from=${FROM}&to=${most}&kpis=${TWENTY}&groupBy=agent,hour`),
    'agent × hour, too many rows, refused': explore(`from=${FROM}&to=2026-03-08&kpis=${TWENTY}&groupBy=agent,hour`),
    ...Object.fromEntries(
      Object.entries(READY).map(([id, query]) => [`report ${id}`, () => read(`/api/v1/reports/ready/${id}?${query}`)]),
    ),
    'CSV of most rows, 20 KPIs': largest('csv', TWENTY, ['agent', 'hour'], most),
    'XLSX of most rows, 7 KPIs': largest('xlsx', SEVEN, ['agent', 'hour'], most),
    'PDF of agent × day, 7 KPIs': largest('pdf', SEVEN, ['agent', 'day'], '2026-02-15'),
    'CSV of 100,000 calls': () => file({ kind: 'calls', query: SPAN }, 'csv'),
    ...Object.fromEntries(FEED.map((set) => [`feed ${set}, a page`, () => read(`/odata/v4/${set}`)])),
  };
}

function clientOf(base) {
  const headers = { authorization: `Bearer ${API_KEY}` };
  const read = async (path) => {
    const response = await fetch(base + path, { headers });
    const body = Buffer.from(await response.arrayBuffer());
    if (response.ok || body.includes('report_too_many_rows')) return body;
    throw new Error(`${path}: ${body.subarray(0, 400)}`);
  };
  const post = async (path, body) => {
    const json = { ...headers, 'content-type': 'application/json' };
    const response = await fetch(base + path, { method: 'POST', headers: json, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response.json();
  };
  const file = async (source, format) => {
    let made = await post('/api/v1/exports', { source, format, language: 'zh' });
    while (made.state === 'waiting' || made.state === 'running') {
      await setTimeout(100);
      made = JSON.parse(await read(`/api/v1/exports/${made.id}`));
    }
    if (made.state !== 'done') throw new Error(`${format}: ${JSON.stringify(made)}`);
    const { url } = await post(`/api/v1/exports/${made.id}/link`, {});
    const bytes = await read(url);
    await fetch(`${base}/api/v1/exports/${made.id}`, { method: 'DELETE', headers });
    return bytes;
  };
  return { read, file };
}

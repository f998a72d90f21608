/** What an answer or a file may not say to whoever sees some teams only, and the feed as a key of these teams reads it. */
import { type Counted, countedIn, KPIS, sumOf, type Truth, type View } from './scope-plans.js';
import type { ScopeWorld } from './scope-world.js';

/** No name, no number. */
export function proveSilent(what: string, text: string, { forbidden, numbers }: View): void {
  const said = text.toLowerCase();
  const names = forbidden.filter((word) => said.includes(word.toLowerCase()));
  const others = [...text.matchAll(/\d*\*{4}\d{4}/g)].map(([one]) => one).filter((one) => !numbers.has(one));
  expect([what, names, others]).toEqual([what, [], []]);
  // Nor one of full length; figures have as many digits behind a point.
  const whole = [...text.matchAll(/(?<![\d.])(?:86)?138\d{8}(?!\d)/g)].map(([one]) => one);
  expect([what, whole]).toEqual([what, []]);
}

const SETS = [
  'KpiByInterval',
  'KpiByAgentDay',
  'KpiByAgentInterval',
  'Agents',
  'Teams',
  'Campaigns',
  'Outcomes',
  'Targets',
];

export async function proveFeed({ feed }: ScopeWorld, truth: Truth, view: View): Promise<void> {
  const [days, calls, outcomes] = [await feed('KpiByDay'), await feed('Calls'), await feed('Outcomes')];
  for (const set of SETS) proveSilent(`feed of ${set}`, JSON.stringify(await feed(set)), view);
  proveSilent('feed of days and calls', JSON.stringify([days, calls]), view);
  const counted = countedIn(truth, view);
  for (const kpi of KPIS) {
    const column = kpi === 'revenue' ? 'revenue_minor' : kpi;
    const sum = days.reduce((all, row) => all + Number(row[column] ?? 0), 0);
    expect([kpi, sum]).toEqual([kpi, sumOf(counted)[kpi]]);
  }
  const named = (of: (one: Counted) => string): string[] => [...new Set(counted.map(of))].sort();
  const inRows = days.filter((row) => KPIS.some((kpi) => Number(row[kpi] ?? 0) !== 0));
  expect([...new Set(inRows.map((row) => String(row.team)))].sort()).toEqual(named(({ team }) => team));
  expect(calls.map((row) => row.call_id).sort()).toEqual(view.calls.map(({ key }) => key).sort());
  expect(outcomes.map((row) => row.call_id).sort()).toEqual(view.outcomes.map(({ call }) => `k${call}`).sort());
}

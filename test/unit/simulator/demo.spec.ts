// Proves: the demo's history, today and live floor fit together without a seam, whatever the time of day.
import {
  type DemoBatch,
  type DemoOptions,
  demoTimeZone,
  historyOf,
  liveFloor,
  type SimulatedPost,
  shiftStartHour,
  todaySoFar,
} from '../../../src/simulator/index.js';

const ANCHOR = Date.parse('2026-11-22T06:30:00Z');
const options: DemoOptions = { seed: 3, agents: 8, timeZone: 'Asia/Shanghai', anchor: ANCHOR };
const field = (post: SimulatedPost, name: string) =>
  post.kind === 'outcome' ? undefined : post.form.find(([key]) => key === name)?.[1];
const content = (post: SimulatedPost) => JSON.stringify(post.kind === 'outcome' ? post.json : post.form);

async function all(batches: AsyncIterable<DemoBatch>): Promise<DemoBatch['posts']> {
  const found: DemoBatch['posts'] = [];
  for await (const batch of batches) found.push(...batch.posts);
  return found;
}

/** The live stream as far as `until`, on a clock that jumps to whatever is waited for. */
async function liveUntil(from: number, until: number): Promise<SimulatedPost[]> {
  // A day passes between the first reading and the second: everything is already due, so nothing waits.
  let readings = 0;
  const clock = { now: () => (readings++ === 0 ? from : from + 7 * 86_400_000) };
  const stop = new AbortController();
  const found: SimulatedPost[] = [];
  const disturbance = { duplicates: 0, late: 0 };
  const live = liveFloor({ ...options, from, clock, signal: stop.signal, disturbance });
  for await (const webhook of live) {
    if (webhook.dueAt > until) break;
    found.push(webhook);
  }
  stop.abort();
  return found;
}

describe('shift', () => {
  it.each([
    ['03:10', 0],
    ['06:10', 1],
    ['10:59', 5],
    ['11:00', 9],
    ['17:59', 9],
    ['18:00', 12],
    ['20:59', 12],
    ['21:00', 15],
    ['23:50', 15],
  ])('at %s began at %i h, so that the floor is busy', (time, hour) => {
    expect(shiftStartHour(Date.parse(`2026-03-05T${time}:00+08:00`), 'Asia/Shanghai')).toBe(hour);
  });
});

describe('zone', () => {
  const WISHED = ['Europe/Berlin', 'Asia/Shanghai'];
  it.each([
    ['2026-03-05T13:00:00Z', 'Europe/Berlin', 'it is 14:00 there'],
    ['2026-03-05T19:30:00Z', 'Europe/Berlin', '20:30: a late shift'],
    ['2026-03-05T06:00:00Z', 'Asia/Shanghai', 'early morning in Berlin, 14:00 in Shanghai'],
    ['2026-03-05T21:00:00Z', 'America/Denver', '22:00 in Berlin, night in Shanghai, 14:00 in Denver'],
    ['2026-03-06T00:30:00Z', 'Pacific/Honolulu', '14:30 there'],
  ])('at %s is %s: %s', (now, zone) => {
    expect(demoTimeZone(Date.parse(now), WISHED)).toBe(zone);
  });

  it('is always one in which the day has begun two hours ago and customers may still be called', () => {
    for (let now = Date.parse('2026-03-05T00:00:00Z'); now < Date.parse('2026-03-07T00:00:00Z'); now += 1_800_000) {
      const timeZone = demoTimeZone(now, ['Etc/UTC']);
      const hour = Number(
        new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(now),
      );
      const start = shiftStartHour(now, timeZone);
      expect([timeZone, hour >= 11 && hour < 21, start >= 9 && start + 9 <= 21]).toEqual([timeZone, true, true]);
    }
  });
});

describe('history', () => {
  it('is four weeks of working days and of this weekday, every call ended, in batches that progress to 1', async () => {
    let progress = 0;
    const days = new Set<string>();
    const ofOutcomes = new Set<unknown>();
    const ended = new Set<unknown>();
    let size = 0;
    for await (const batch of historyOf(options)) {
      expect(batch.progress).toBeGreaterThanOrEqual(progress);
      progress = batch.progress;
      size += batch.posts.length;
      expect(batch.posts.length).toBeLessThanOrEqual(1_000);
      for (const webhook of batch.posts) {
        if (webhook.kind === 'outcome' && 'call' in webhook.json) ofOutcomes.add(webhook.json.call);
        if (field(webhook, 'CallDuration') === undefined) continue;
        const sid = field(webhook, 'CallSid') ?? '';
        ended.add(sid);
        days.add(new Date(webhook.dueAt + 8 * 3_600_000).toISOString().slice(0, 10));
        expect(webhook.rawBody).toContain(`CallSid=${sid}`);
      }
    }
    expect(ofOutcomes.size).toBeGreaterThan(1_000);
    expect([...ofOutcomes].filter((sid) => !ended.has(sid))).toEqual([]);
    expect(progress).toBeCloseTo(1, 6);
    expect(days.size).toBe(24);
    expect([...days].sort()[0]).toBe('2026-10-25');
    expect([...days].sort().at(-1)).toBe('2026-11-21'.replace('21', '20'));
    expect(size).toBeGreaterThan(20_000);
  });
});

describe('today and live', () => {
  it('are one stream: what today leaves open, live ends, and nothing is told twice or left out', async () => {
    const later = ANCHOR + 3_600_000;
    const today = await all(todaySoFar(options));
    const live = await liveUntil(ANCHOR, later);
    const whole = (await all(todaySoFar({ ...options, anchor: later }))).map(content);
    expect([...today, ...live].map(content)).toEqual(whole);
    expect(today.length).toBeGreaterThan(1_000);
    expect(live.length).toBeGreaterThan(100);
  });

  it('share no call with history, and the floor is busy long after the shift', async () => {
    const history = new Set(
      (await all(historyOf({ ...options, days: 3 }))).flatMap((webhook) => field(webhook, 'CallSid') ?? []),
    );
    const live = await liveUntil(ANCHOR, ANCHOR + 20 * 3_600_000);
    expect(live.some((webhook) => history.has(field(webhook, 'CallSid') ?? ''))).toBe(false);
    const hours = new Set(live.map(({ dueAt }) => Math.floor((dueAt - ANCHOR) / 3_600_000)));
    expect(hours.size).toBe(20);
  });
});

/**
 * Proves: the settled rules for edge cases hold for outcomes and states as they do for calls: midnight, both changes of the
 * clock, a transfer, a change of team, a call that never ended, a zone off the full hour. Each case carries its arithmetic;
 * nothing differs from the events afterwards.
 */
import type { KpiReport } from '../../src/shared/api.js';
import { GoldenFloor, local } from './golden-floor.js';

type Values = KpiReport['totals'];

async function on(floor: GoldenFloor, from: string, to: string, kpis: string[]): Promise<Values> {
  return (await floor.kpis(`from=${from}&to=${to}&kpis=${kpis.join(',')}`)).totals;
}

async function hours(floor: GoldenFloor, date: string, next: string, kpi: string): Promise<[string, number][]> {
  const { rows } = await floor.kpis(`from=${date}&to=${next}&groupBy=hour&kpis=${kpi}`);
  return rows.flatMap(({ key, values }) => {
    const value = values[kpi];
    return typeof value === 'number' && value !== 0 ? [[key, value] as [string, number]] : [];
  });
}

describe('midnight, transfers, teams and calls without an end', () => {
  const floor = new GoldenFloor({ zone: 'Asia/Shanghai', now: '2026-03-06T11:00:00+08:00' });
  const at = (date: string, time: string) => local(date, time, '+08:00');
  const iso = (date: string, time: string) => `${date}T${time}+08:00`;
  beforeAll(() => floor.start(), 60_000);
  afterAll(() => floor.close());

  test('a call from 23:58 to 00:10 and its sale at 00:12: dial and talk of one day, sale of the next', async () => {
    const [start, answer, end] = [
      at('2026-03-01', '23:58:00'),
      at('2026-03-01', '23:58:10'),
      at('2026-03-02', '00:10:10'),
    ];
    await floor.dial('night', 'ada', 201, { start, answer, end });
    await floor.outcomes([
      {
        externalId: 'night',
        call: 'night',
        at: iso('2026-03-02', '00:12:00'),
        disposition: 'sale',
        sale: { amountMinor: 100 },
      },
    ]);
    await floor.settled();
    const kpis = [
      'dials',
      'talk_s',
      'contacts',
      'sales',
      'conversion_dial',
      'conversion_rate',
      'first_call_sales',
      'on_call_s',
    ];
    // The sale says contact of the call, on the call's day; the first-call sale is counted on the attempt's day. Time in a
    // state is split at midnight: 120 s of it before, 610 s after.
    expect(await on(floor, '2026-03-01', '2026-03-02', kpis)).toEqual({
      dials: 1,
      talk_s: 720,
      contacts: 1,
      sales: 0,
      conversion_dial: 0,
      conversion_rate: 0,
      first_call_sales: 1,
      on_call_s: 120,
    });
    expect(await on(floor, '2026-03-02', '2026-03-03', kpis)).toEqual({
      dials: 0,
      talk_s: 0,
      contacts: 0,
      sales: 1,
      conversion_dial: null,
      conversion_rate: null,
      first_call_sales: 0,
      on_call_s: 610,
    });
  });

  test('the night’s sale is taken back a week later: the day of the sale changes, no other', async () => {
    await floor.outcomes([{ externalId: 'night', cancelled: true }]);
    await floor.settled();
    const kpis = ['sales', 'first_call_sales', 'contacts'];
    expect(await on(floor, '2026-03-02', '2026-03-03', kpis)).toEqual({ sales: 0, first_call_sales: 0, contacts: 0 });
    // Detection did not run and the campaign assumes a person, but nobody says any more that it was the right one.
    const day = await on(floor, '2026-03-01', '2026-03-02', [...kpis, 'humans']);
    expect(day).toEqual({ sales: 0, first_call_sales: 0, contacts: 0, humans: 1 });
  });

  test('a transfer to a closer: dial and talk of who dialled, handled by both, the sale of the closer', async () => {
    const date = '2026-03-04';
    await floor.dial('sold', 'ada', 202, {
      start: at(date, '10:00:00'),
      answer: at(date, '10:00:10'),
      end: at(date, '10:10:10'),
    });
    // bo is put through at 10:04 and stays to the end.
    const leg = {
      leg: 'sold-closer',
      parent: 'sold',
      direction: 'outbound-dial',
      from: '+862100000001',
      to: 'client:bo',
    };
    await floor.report([
      { ...leg, status: 'ringing', at: at(date, '10:03:55') },
      { ...leg, status: 'in-progress', at: at(date, '10:04:00'), sequence: 1 },
      { ...leg, status: 'completed', at: at(date, '10:10:10'), sequence: 2, duration: 370 },
    ]);
    await floor.outcomes([
      {
        externalId: 'sold',
        call: 'sold',
        agent: 'bo',
        at: iso(date, '10:11:00'),
        disposition: 'sale',
        sale: { amountMinor: 90_000 },
      },
    ]);
    await floor.settled();
    const kpis = ['dials', 'talk_s', 'handled', 'sales', 'conversion_handled', 'conversion_dial', 'on_call_s'];
    const { rows } = await floor.kpis(`from=${date}&to=2026-03-05&groupBy=agent&kpis=${kpis.join(',')}`);
    expect(Object.fromEntries(rows.map(({ label, values }) => [label, kpis.map((id) => values[id])]))).toEqual({
      // ada's leg lasted from 10:00:00 to 10:10:10, bo's from 10:04:00.
      ada: [1, 600, 1, 0, 0, 0, 610],
      bo: [0, 0, 1, 1, 1, null, 370],
    });
  });

  test('an agent moves to another team between the call and the sale: each counts for the team of its time', async () => {
    const ada = await floor.agentId('ada');
    const made = await floor.send<{ result?: { id: number }; value?: { id: number } }>('POST', '/api/v1/teams', {
      name: 'Closers',
      siteId: 1,
      parentId: null,
    });
    const team = JSON.stringify(made).match(/"id":(\d+)/)?.[1];
    await floor.send('POST', `/api/v1/agents/${ada}/memberships`, {
      teamId: Number(team),
      validFrom: new Date(at('2026-03-06', '12:00:00')).toISOString(),
    });
    floor.passes('2026-03-20T12:00:00+08:00');
    const date = '2026-03-06';
    await floor.dial('moved', 'ada', 203, {
      start: at(date, '11:50:00'),
      answer: at(date, '11:50:10'),
      end: at(date, '12:05:10'),
    });
    await floor.outcomes([
      {
        externalId: 'moved',
        call: 'moved',
        at: iso(date, '12:06:00'),
        disposition: 'sale',
        sale: { amountMinor: 100 },
      },
    ]);
    await floor.settled();
    const kpis = ['dials', 'talk_s', 'sales', 'on_call_s'];
    const { rows } = await floor.kpis(`from=${date}&to=2026-03-07&groupBy=team&kpis=${kpis.join(',')}`);
    expect(Object.fromEntries(rows.map(({ label, values }) => [label, kpis.map((id) => values[id])]))).toEqual({
      // 600 s on the call before the move, 310 s after it.
      'New agents': [1, 900, 0, 600],
      Closers: [0, 0, 1, 310],
    });
  });

  test('a call nobody reported the end of is closed without talk; its sale counts, and a late end brings talk back', async () => {
    const date = '2026-03-09';
    const [start, answer] = [at(date, '09:00:00'), at(date, '09:00:10')];
    const root = { leg: 'lost', direction: 'inbound', from: 'client:ada', to: floor.number(204) };
    const leg = {
      leg: 'lost-customer',
      parent: 'lost',
      direction: 'outbound-dial',
      from: '+862100000001',
      to: root.to,
    };
    await floor.report([
      { ...root, status: 'in-progress', at: start },
      { ...leg, status: 'initiated', at: start },
      { ...leg, status: 'ringing', at: start, sequence: 1 },
      { ...leg, status: 'in-progress', at: answer, sequence: 2 },
    ]);
    await floor.outcomes([
      { externalId: 'lost', call: 'lost', at: iso(date, '09:20:00'), disposition: 'sale', sale: { amountMinor: 100 } },
    ]);
    const kpis = ['dials', 'connects', 'connects_ended', 'stale', 'talk_s', 'sales', 'conversion_rate', 'effective'];
    const day = () => on(floor, date, '2026-03-10', kpis);
    await floor.closeStale();
    expect(await day()).toEqual({
      dials: 1,
      connects: 1,
      connects_ended: 1,
      stale: 1,
      talk_s: 0,
      sales: 1,
      conversion_rate: 1,
      effective: 0,
    });
    const end = at(date, '09:15:10');
    await floor.report([{ ...leg, status: 'completed', at: end, sequence: 3, duration: 900 }]);
    await floor.settled();
    expect(await day()).toMatchObject({ stale: 0, talk_s: 900, effective: 1, sales: 1 });
  });

  test('nothing differs from the events', async () => {
    expect(await floor.verify()).toEqual({ clean: true, differences: 0 });
  });
});

describe('New York, both changes of the clock', () => {
  const floor = new GoldenFloor({ zone: 'America/New_York', now: '2026-11-10T12:00:00-05:00' });
  beforeAll(() => floor.start(), 60_000);
  afterAll(() => floor.close());

  test('the day of 25 hours: from 00:30 to 02:30 are three hours, the hour from one to two comes twice', async () => {
    // 00:30 EDT = 04:30 Z; 02:30 EST = 07:30 Z.
    await floor.activity('ada', 'Available', Date.parse('2026-11-01T04:30:00Z'));
    await floor.activity('ada', 'Offline', Date.parse('2026-11-01T07:30:00Z'));
    await floor.settled();
    expect(await on(floor, '2026-11-01', '2026-11-02', ['logged_in_s'])).toEqual({ logged_in_s: 10_800 });
    expect(await hours(floor, '2026-11-01', '2026-11-02', 'available_s')).toEqual([
      ['2026-11-01T04:00:00.000Z', 1_800],
      ['2026-11-01T05:00:00.000Z', 3_600],
      ['2026-11-01T06:00:00.000Z', 3_600],
      ['2026-11-01T07:00:00.000Z', 1_800],
    ]);
  });

  test('the day of 23 hours: from 01:30 to 03:30 is one hour; sales on both sides of it are of the same day', async () => {
    // 01:30 EST = 06:30 Z; 03:30 EDT = 07:30 Z.
    await floor.activity('ada', 'Available', Date.parse('2026-03-08T06:30:00Z'));
    await floor.activity('ada', 'Offline', Date.parse('2026-03-08T07:30:00Z'));
    await floor.outcomes([
      { externalId: 'a', agent: 'ada', at: '2026-03-08T06:45:00Z', disposition: 'sale', sale: { amountMinor: 100 } },
      { externalId: 'b', agent: 'ada', at: '2026-03-08T07:15:00Z', disposition: 'sale', sale: { amountMinor: 200 } },
      // 23:59 EDT and 00:01 EDT of the next day.
      { externalId: 'c', agent: 'ada', at: '2026-03-09T03:59:00Z', disposition: 'sale', sale: { amountMinor: 300 } },
      { externalId: 'd', agent: 'ada', at: '2026-03-09T04:01:00Z', disposition: 'sale', sale: { amountMinor: 400 } },
    ]);
    await floor.settled();
    expect(await on(floor, '2026-03-08', '2026-03-09', ['logged_in_s', 'other_sales', 'sales_per_hour'])).toEqual({
      logged_in_s: 3_600,
      other_sales: 3,
      sales_per_hour: 3,
    });
    expect(await hours(floor, '2026-03-08', '2026-03-09', 'available_s')).toEqual([
      ['2026-03-08T06:00:00.000Z', 1_800],
      ['2026-03-08T07:00:00.000Z', 1_800],
    ]);
    expect(await floor.verify()).toEqual({ clean: true, differences: 0 });
  });
});

describe('Kolkata, five and a half hours ahead', () => {
  const floor = new GoldenFloor({ zone: 'Asia/Kolkata', now: '2026-03-20T12:00:00+05:30' });
  beforeAll(() => floor.start(), 60_000);
  afterAll(() => floor.close());

  test('a state over midnight is split at 18:30 Z, and a sale at 00:10 is of the new day', async () => {
    // 23:40 to 00:25 local: 20 and 25 minutes.
    await floor.activity('ada', 'Available', local('2026-03-05', '23:40:00', '+05:30'));
    await floor.activity('ada', 'Offline', local('2026-03-06', '00:25:00', '+05:30'));
    await floor.outcomes([
      {
        externalId: 'a',
        agent: 'ada',
        at: '2026-03-06T00:10:00+05:30',
        disposition: 'sale',
        sale: { amountMinor: 100 },
      },
    ]);
    await floor.settled();
    const kpis = ['available_s', 'other_sales'];
    expect(await on(floor, '2026-03-05', '2026-03-06', kpis)).toEqual({ available_s: 1_200, other_sales: 0 });
    expect(await on(floor, '2026-03-06', '2026-03-07', kpis)).toEqual({ available_s: 1_500, other_sales: 1 });
    expect(await hours(floor, '2026-03-06', '2026-03-07', 'available_s')).toEqual([
      ['2026-03-05T18:30:00.000Z', 1_500],
    ]);
    expect(await floor.verify()).toEqual({ clean: true, differences: 0 });
  });

  test('a sign-off that is heard of only after the next sign-in, three days later: nothing of the time between is kept', async () => {
    const at = (date: string, time: string) => local(date, time, '+05:30');
    await floor.activity('bo', 'Available', at('2026-03-10', '10:07:00'));
    await floor.activity('bo', 'Available', at('2026-03-13', '09:00:00'));
    await floor.activity('bo', 'Offline', at('2026-03-13', '09:01:00'));
    await floor.settled();
    // Until then: nobody is at it for longer than 24 hours; 10:07 to midnight are 13 h 53 min.
    const day = () => on(floor, '2026-03-10', '2026-03-11', ['available_s']);
    expect(await day()).toEqual({ available_s: 49_980 });
    await floor.activity('bo', 'Offline', at('2026-03-10', '10:09:00'));
    await floor.settled();
    expect(await day()).toEqual({ available_s: 120 });
    expect(await on(floor, '2026-03-11', '2026-03-13', ['available_s'])).toEqual({ available_s: 0 });
    expect(await floor.verify()).toEqual({ clean: true, differences: 0 });
  });
});

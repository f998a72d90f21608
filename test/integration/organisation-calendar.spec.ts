/** Proves over HTTP: what is expected of somebody follows shifts, holidays, make-up days, leave and employment. */
import type {
  AgentDetail,
  CalendarDay,
  Changed,
  HolidayView,
  LeaveView,
  TeamView,
} from '../../src/shared/organisation.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { JumpingClock } from './live-client.js';
import { type Client, clientOf } from './organisation-client.js';

let server: TestServer;
let api: Client;

beforeAll(async () => {
  server = await startTestServer({ clock: new JumpingClock() });
  api = clientOf(server.url);
});
afterAll(() => server.close());

test('what is expected of somebody, from the patterns of team and site', async () => {
  const { body: calendar } = await api.post<Changed<TeamView>>('/teams', { name: 'Calendar', siteId: 1 });
  const desk = calendar.result.id;
  const { body: made } = await api.post<Changed<AgentDetail>>('/agents', {
    name: 'Cal',
    teamId: desk,
    employedFrom: '2026-09-29',
  });
  const path = `/agents/${made.result.id}`;
  const day = { startMinutes: 540, endMinutes: 1080, breakMinutes: 60 };
  const shifts = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, ...day }));
  expect((await api.put(`/teams/${desk}/shifts/2026-01-01`, { shifts })).status).toBe(200);
  expect((await api.put(`/teams/${desk}/shifts/2026-13-01`, { shifts })).error).toBe('time_invalid date');
  const overlapping = [...shifts, { weekday: 2, startMinutes: 1_000, endMinutes: 1_200, breakMinutes: 0 }];
  expect((await api.put(`/teams/${desk}/shifts/2026-01-01`, { shifts: overlapping })).error).toBe(
    'shifts_overlap shifts',
  );
  await api.put('/sites/1/holidays/2026-10-01', { kind: 'holiday', name: '国庆节' });
  await api.put('/sites/1/holidays/2026-10-10', { kind: 'workday', name: '调休', asWeekday: 4 });
  expect((await api.put('/sites/1/holidays/2026-10-02', { kind: 'workday', name: 'x' })).error).toBe(
    'request_invalid asWeekday',
  );
  const leave = await api.post<Changed<LeaveView>>(`${path}/leave`, {
    kind: 'leave',
    from: '2026-10-05',
    until: '2026-10-06',
  });
  expect(leave.status).toBe(201);
  const reversed = { kind: 'leave', from: '2026-10-06', until: '2026-10-05' };
  expect((await api.post(`${path}/leave`, reversed)).error).toBe('dates_reversed until');
  const days = async () =>
    (await api.get<CalendarDay[]>(`${path}/calendar?from=2026-09-28&to=2026-10-11`)).body
      .filter(({ minutes, reason }) => minutes > 0 || reason !== null)
      .map(({ date, minutes, reason }) => `${date} ${minutes} ${reason}`);
  expect(await days()).toEqual([
    '2026-09-28 0 not_employed',
    '2026-09-29 480 null',
    '2026-09-30 480 null',
    '2026-10-01 0 holiday',
    '2026-10-02 480 null',
    '2026-10-05 0 leave',
    '2026-10-06 0 leave',
    '2026-10-07 480 null',
    '2026-10-08 480 null',
    '2026-10-09 480 null',
    '2026-10-10 480 workday',
  ]);
  expect((await api.get<HolidayView[]>('/sites/1/holidays')).body.map(({ date }) => date)).toEqual([
    '2026-10-01',
    '2026-10-10',
  ]);
  await api.put(`${path}/shifts/2026-10-07`, { shifts: [] });
  await api.delete(`${path}/leave/${leave.body.result.id}`);
  await api.delete('/sites/1/holidays/2026-10-10');
  expect((await days()).slice(-3)).toEqual(['2026-10-02 480 null', '2026-10-05 480 null', '2026-10-06 480 null']);
  expect((await api.delete(`${path}/shifts/2026-10-08`)).error).toBe('not_found');
  expect((await api.delete(`${path}/shifts/2026-10-07`)).status).toBe(200);
  expect((await api.get(`${path}/calendar?from=2026-01-01&to=2026-12-31`)).error).toBe('range_too_long to');
});

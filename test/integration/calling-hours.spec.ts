/**
 * Proves over HTTP that the calling hours are a setting: kept, audited and refused by field where they make no sense, and that best
 * hours, the scorecard and data quality go by them and say so.
 */
import type { CallPage } from '../../src/shared/api.js';
import type { AuditEventView } from '../../src/shared/audit.js';
import type { CallingHours, Changed, OrganisationView } from '../../src/shared/organisation.js';
import type { ReportDocument } from '../../src/shared/reports.js';
import { CALLING_HOURS_AT_FIRST } from '../support/calling-hours.js';
import { type ReadyWorld, readyWorld } from './ready-reports-world.js';

const RANGE = 'from=2026-04-13&to=2026-05-06';
const span = (from: number, to: number) => ({ startMinutes: from * 60, endMinutes: to * 60 });
let world: ReadyWorld;

beforeAll(async () => {
  world = await readyWorld(true);
});
afterAll(() => world.server.close());

const set = (callingHours: unknown) => world.api.patch<Changed<OrganisationView>>('/organisation', { callingHours });
const headline = ({ headline: figures }: ReportDocument) =>
  Object.fromEntries(figures.map(({ kpi, value }) => [kpi, value]));
const hoursOf = (document: ReportDocument, id: string) => {
  const found = document.sections.find((section) => section.id === id);
  return found?.kind === 'chart' ? found.categories.map(({ en }) => en) : [];
};
const segments = ({ sections }: ReportDocument) =>
  sections.flatMap((one) => (one.kind === 'table' && /^advice_(campaign|team)$/.test(one.id) ? one.rows : []));
const notesOf = ({ notes }: ReportDocument) => notes.map(({ en }) => en).join('\n');

test('begin with 08:00–21:00 on every day', async () => {
  const { body } = await world.api.get<OrganisationView>('/organisation');
  expect(body.callingHours).toEqual(CALLING_HOURS_AT_FIRST);
  const report = await world.report('best_hours', RANGE);
  expect(notesOf(report)).toContain('08:00–21:00');
  expect(hoursOf(report, 'connect_rate_map')).toHaveLength(13);
});

test.each([
  [{ weekdays: span(9, 18) }, 'callingHours.weekends'],
  [{ weekdays: { startMinutes: 541, endMinutes: 1_080 }, weekends: null }, 'callingHours.weekdays.startMinutes'],
  [{ weekdays: span(18, 9), weekends: null }, 'callingHours.weekdays'],
  [{ weekdays: span(9.25, 10.75), weekends: null }, 'callingHours.weekdays'],
  [{ weekdays: span(9, 18), weekends: span(20, 25) }, 'callingHours.weekends.endMinutes'],
])('%j is refused: %s', async (hours, field) => {
  expect((await set(hours)).error).toBe(`request_invalid ${field}`);
  expect((await world.api.get<OrganisationView>('/organisation')).body.callingHours).toEqual(CALLING_HOURS_AT_FIRST);
});

test('once set they are kept and audited, and every report that uses them follows', async () => {
  // Of the calls by the half hour from 09:00 to 11:30 only those from 10:00 to 11:00 lie in a whole hour inside.
  const hours: CallingHours = { weekdays: span(9.5, 11.25), weekends: null };
  const { body } = await set(hours);
  expect(body.result.callingHours).toEqual(hours);
  expect(body.recount).toBeUndefined();
  const audit = await world.api.get<{ events: AuditEventView[] }>('/audit?action=organisation.changed');
  expect(audit.body.events[0]).toMatchObject({
    before: { callingHours: '08:00–21:00', weekendCallingHours: '08:00–21:00' },
    after: { callingHours: '09:30–11:15', weekendCallingHours: null },
  });

  const best = await world.report('best_hours', RANGE);
  // 11 days × 3 people × 2 calls; of each person's six a day 3 or 4 fewer are inside.
  expect(headline(best).dials).toBe(66);
  expect(hoursOf(best, 'connect_rate_map')).toEqual(['10:00']);
  expect(notesOf(best)).toContain('09:30–11:15 Monday to Friday, not at weekends');
  expect(notesOf(best)).toContain('132 dials outside');
  // What a figure opens are the dials it counts, and none outside.
  for (const [query, count] of [
    [best.calls, 66],
    ...segments(best).map(({ calls, cells }) => [calls, cells[1]] as const),
  ] as const) {
    const listed = await world.api.get<CallPage>(`/calls?${query}&measure=dials&limit=200`);
    expect([query, listed.body.calls.length]).toEqual([query, count]);
  }
  expect(segments(best).length).toBeGreaterThan(2);

  const card = await world.report('agent_scorecard', `${RANGE}&agent=${world.agents.Ann}`);
  expect(hoursOf(card, 'hours')).toEqual(['10:00']);
  expect(notesOf(card)).toContain('09:30–11:15');

  // The first day has no four weeks before it: what is expected is what the setting says.
  const quality = await world.report('data_quality', 'from=2026-04-13&to=2026-04-14');
  const silence = quality.sections.find(({ id }) => id === 'silence');
  expect(JSON.stringify(silence)).toContain('09:30–11:15 Monday to Friday');
});

test('hours of their own at weekends are asked for beside those of the other days, and add up', async () => {
  const before = headline(await world.report('best_hours', RANGE));
  await set({ weekdays: span(10, 11), weekends: span(9, 12) });
  const report = await world.report('best_hours', RANGE);
  // Nobody called at a weekend.
  expect(headline(report)).toEqual(before);
  expect(hoursOf(report, 'connect_rate_map')).toEqual(['09:00', '10:00', '11:00']);
  // No one list holds them.
  expect([report.calls, ...segments(report).map(({ calls }) => calls)]).toEqual([
    null,
    undefined,
    undefined,
    undefined,
  ]);
  await set({ weekdays: span(10, 11), weekends: span(10, 11) });
  expect(headline(await world.report('best_hours', RANGE))).toEqual(before);
});

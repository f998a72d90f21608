/** Proves what of TaskRouter's callbacks becomes an event, whose it is and when, and why others are passed over or parked. */

import { parkReason } from '../../../src/ingest/parked/park-reasons.js';
import { TASKROUTER_PARK_REASONS, translateTaskRouter } from '../../../src/telephony/index.js';

const NOW = Date.parse('2026-11-22T06:00:00Z');
const BASE = {
  AccountSid: 'AC00000000000000000000000000000001',
  Sid: 'EV00000000000000000000000000000001',
  WorkerSid: 'WK00000000000000000000000000000001',
  WorkerName: 'alice',
  WorkerAttributes: '{"contact_uri":"client:alice_40example_2Ecom","skills":["x"]}',
  WorkerActivityName: 'Available',
  WorkerVersion: '7',
  ReservationSid: 'WR00000000000000000000000000000001',
  Timestamp: String(NOW / 1000),
  TimestampMs: String(NOW + 123),
};

const of = (more: Record<string, string>) => Object.entries({ ...BASE, ...more });
const translate = (more: Record<string, string>) => translateTaskRouter(of(more), NOW);
function event(more: Record<string, string>) {
  const translation = translate(more);
  if (translation === 'passed' || !translation.ok) throw new Error(JSON.stringify(translation));
  return translation.event;
}

test('an activity: the worker’s stream, by id, name and softphone, at its own millisecond', () => {
  expect(event({ EventType: 'worker.activity.update' })).toMatchObject({
    type: 'presence.state',
    legId: `worker|${BASE.WorkerSid}`,
    agentParam: 'alice',
    from: { kind: 'client', identity: 'alice_40example_2Ecom' },
    told: { worker: BASE.WorkerSid, activity: 'Available', sequence: 7 },
    occurredAt: NOW + 123,
  });
});

test.each([
  ['reservation.accepted', 'on_call'],
  ['reservation.wrapup', 'wrap_up'],
  ['reservation.completed', 'offline'],
  ['reservation.canceled', 'offline'],
])('%s: a stream of its own that says %s', (EventType, state) => {
  expect(event({ EventType })).toMatchObject({
    type: 'presence.task',
    legId: `task|${BASE.ReservationSid}`,
    told: { worker: BASE.WorkerSid, state },
  });
});

test('without milliseconds the second counts, without either the receipt', () => {
  expect(event({ EventType: 'worker.activity.update', TimestampMs: '' }).occurredAt).toBe(NOW);
  expect(event({ EventType: 'worker.activity.update', TimestampMs: '', Timestamp: 'soon' }).occurredAt).toBeNull();
});

test('attributes that are no JSON, or name no softphone, say nothing', () => {
  for (const WorkerAttributes of ['{', '[]', 'null', '{"contact_uri":7}', '{"contact_uri":"sip:x"}']) {
    expect(event({ EventType: 'worker.activity.update', WorkerAttributes }).from).toEqual({ kind: 'none' });
  }
});

test('the same event has the same key whatever it carries; without an id of its own its content is the key', () => {
  const key = (more: Record<string, string>) =>
    event({ EventType: 'worker.activity.update', ...more }).dedupKey.toString('hex');
  expect(key({ TaskAge: '1' })).toBe(key({ TaskAge: '2' }));
  expect(key({ Sid: '' })).not.toBe(key({ Sid: '', WorkerVersion: '8' }));
});

test.each([
  'task.created',
  'reservation.created',
  'reservation.rejected',
  'workflow.entered',
  'worker.capacity.update',
  'activity.created',
])('%s is passed over', (EventType) => expect(translate({ EventType })).toBe('passed'));

test.each([
  [{}, 'event_type_missing'],
  [{ EventType: 'moon.landed' }, 'event_type_unknown'],
  [{ EventType: 'worker.activity.update', WorkerSid: '' }, 'worker_sid_missing'],
  [{ EventType: 'worker.activity.update', WorkerActivityName: ' ' }, 'activity_missing'],
  [{ EventType: 'worker.activity.update', AccountSid: '' }, 'account_sid_missing'],
  [{ EventType: 'worker.activity.update', AccountSid: 'é' }, 'account_sid_invalid'],
  [{ EventType: 'reservation.accepted', ReservationSid: '' }, 'reservation_sid_missing'],
  [{ EventType: 'worker.activity.update', TimestampMs: String(NOW + 25 * 3_600_000) }, 'timestamp_future'],
])('%j is parked: %s', (more, reason) =>
  expect(translate(more as Record<string, string>)).toMatchObject({ ok: false, reason }),
);

test('a parameter twice with two values has no meaning', () => {
  const form = [...of({ EventType: 'worker.activity.update' }), ['WorkerSid', 'WK2222'] as const];
  expect(translateTaskRouter(form as [string, string][], NOW)).toMatchObject({ reason: 'parameter_repeated' });
});

test('every reason is explained to people', () => {
  for (const reason of TASKROUTER_PARK_REASONS) expect(parkReason(reason).en).not.toBe(reason);
});

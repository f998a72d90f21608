// Proves: the simulated floor is the same for the same seed, reports calls exactly as Twilio would (both legs, orders,
// times, durations), in full and in compact detail with the same meaning, and its numbers belong to nobody.
import { parsePhoneNumberFromString } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';
import {
  CAMPAIGNS,
  customerNumber,
  type Detail,
  disturbed,
  floorCalls,
  floorOf,
  SHIFT_SECONDS,
  type Shift,
  type SimulatedWebhook,
  seeded,
  TEAMS,
  webhookStream,
} from '../../../src/simulator/index.js';
import { foldCalls } from '../../simulator/fold-calls.js';

const STARTS = Date.parse('2026-11-23T01:00:00Z') / 1000;
function shift(over: Partial<Shift> = {}): Shift {
  const agents = floorOf('t', 12);
  return {
    seed: 't',
    label: 'x',
    agents,
    startsAt: STARTS,
    lengthSeconds: SHIFT_SECONDS,
    rolling: false,
    attendance: 1,
    ...over,
  };
}
const stream = (detail: Detail, over: Partial<Shift> = {}) => [...webhookStream(floorCalls(shift(over)), 't', detail)];
const field = (webhook: SimulatedWebhook, name: string) => webhook.form.find(([key]) => key === name)?.[1];

function legs(webhooks: SimulatedWebhook[]): Map<string, SimulatedWebhook[]> {
  const found = new Map<string, SimulatedWebhook[]>();
  for (const webhook of webhooks.filter(({ kind }) => kind === 'voice')) {
    const sid = field(webhook, 'CallSid') ?? '';
    found.set(sid, [...(found.get(sid) ?? []), webhook]);
  }
  return found;
}

describe('the floor', () => {
  it('has the agents it was asked for, in four teams and two campaigns, and grows without changing', () => {
    const agents = floorOf(1, 300);
    expect(new Set(agents.map(({ identity }) => identity)).size).toBe(300);
    expect(agents.every(({ identity }) => /^[a-z]+\.[a-z]+\d*$/.test(identity))).toBe(true);
    expect(new Set(agents.map(({ team }) => team.key)).size).toBe(TEAMS.length);
    expect(new Set(agents.map(({ campaign }) => campaign.key)).size).toBe(CAMPAIGNS.length);
    expect(floorOf(1, 40)).toEqual(agents.slice(0, 40));
    expect(floorOf(2, 40)).not.toEqual(floorOf(1, 40));
  });

  it('calls numbers that no operator has been given, each of them different', () => {
    const numbers = Array.from({ length: 24_000 }, (_, index) => customerNumber(index));
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const number of [...numbers.slice(0, 500), ...CAMPAIGNS.map(({ callerNumber }) => callerNumber)]) {
      expect(number).toMatch(/^\+86\d{10,11}$/);
      expect(parsePhoneNumberFromString(number, metadata)?.isValid()).toBe(false);
    }
  });

  it('is the same for the same seed and another for another', () => {
    expect(stream('full')).toEqual(stream('full'));
    expect(stream('full', { label: 'y' })).not.toEqual(stream('full'));
    expect(seeded(1, 'a').next()).toBe(seeded(1, 'a').next());
  });
});

describe('callbacks', () => {
  const full = stream('full');

  it('come in the order in which they are due, each with an id, an account and a signed campaign', () => {
    expect(full.length).toBeGreaterThan(3_000);
    for (const [i, webhook] of full.entries()) {
      expect(webhook.dueAt).toBeGreaterThanOrEqual(full[i - 1]?.dueAt ?? 0);
      expect(field(webhook, 'CallSid')).toMatch(/^CA[0-9a-f]{32}$/);
      expect(field(webhook, 'AccountSid')).toMatch(/^AC[0-9a-f]{32}$/);
      expect(webhook.rawTarget).toBe(`/webhooks/twilio/${webhook.kind}?campaign=${webhook.query[0]?.[1]}`);
    }
  });

  it('of a leg count up from 0, end once, and say seconds in CallDuration and minutes in Duration', () => {
    for (const events of legs(full).values()) {
      const ordered = [...events].sort(
        (a, b) => Number(field(a, 'SequenceNumber')) - Number(field(b, 'SequenceNumber')),
      );
      expect(ordered.map((event) => field(event, 'SequenceNumber'))).toEqual(ordered.map((_, i) => String(i)));
      const times = ordered.map((event) => Date.parse(field(event, 'Timestamp') ?? ''));
      expect([...times].sort((a, b) => a - b)).toEqual(times);
      const last = ordered.at(-1);
      if (last === undefined) throw new Error('a leg without events');
      const answered = ordered.findIndex((event) => field(event, 'CallStatus') === 'in-progress');
      const seconds = answered === -1 ? 0 : ((times.at(-1) ?? 0) - (times[answered] ?? 0)) / 1000;
      expect(field(last, 'CallDuration')).toBe(String(seconds));
      expect(field(last, 'Duration')).toBe(String(Math.ceil(seconds / 60)));
      expect(ordered.filter((event) => field(event, 'CallDuration') !== undefined)).toHaveLength(1);
      if (answered !== -1 && field(last, 'Direction') === 'outbound-dial') expect(ordered).toHaveLength(4);
    }
  });

  it('hold every topology, result and share a floor has', () => {
    const ends = full.filter((webhook) => field(webhook, 'CallDuration') !== undefined);
    const count = (test: (webhook: SimulatedWebhook) => boolean) => ends.filter(test).length;
    const roots = count((webhook) => field(webhook, 'ParentCallSid') === undefined);
    const inbound = count((w) => field(w, 'Direction') === 'inbound' && !field(w, 'From')?.startsWith('client:'));
    expect(inbound / roots).toBeGreaterThan(0.02);
    expect(inbound / roots).toBeLessThan(0.09);
    expect(count((w) => field(w, 'Direction') === 'outbound-api')).toBeGreaterThan(10);
    for (const status of ['completed', 'no-answer', 'busy', 'failed', 'canceled']) {
      expect(count((w) => field(w, 'CallStatus') === status)).toBeGreaterThan(5);
    }
    const answered = ends.filter((w) => field(w, 'Direction') === 'outbound-dial' && field(w, 'To')?.startsWith('+'));
    const connects = answered.filter((w) => field(w, 'CallStatus') === 'completed');
    expect(connects.length / answered.length).toBeGreaterThan(0.3);
    expect(connects.length / answered.length).toBeLessThan(0.55);
    const long = connects.filter((w) => Number(field(w, 'CallDuration')) >= 300).length;
    expect(long / connects.length).toBeGreaterThan(0.12);
    expect(long / connects.length).toBeLessThan(0.4);
    expect(full.filter(({ kind }) => kind === 'amd').length).toBeGreaterThan(30);
  });

  it('never have one agent in two calls at a time', () => {
    const busyUntil = new Map<string, number>();
    for (const plan of floorCalls(shift())) {
      expect(plan.startAt).toBeGreaterThanOrEqual(busyUntil.get(plan.agent.identity) ?? 0);
      busyUntil.set(plan.agent.identity, plan.startAt + plan.ringSeconds + plan.talkSeconds);
    }
  });

  it('mean the same in compact detail, with half as many, and leave nothing out', () => {
    const compact = stream('compact');
    expect(compact.length / full.length).toBeLessThan(0.62);
    const voice = (webhooks: SimulatedWebhook[]) =>
      foldCalls(
        webhooks.filter(({ kind }) => kind === 'voice'),
        (STARTS + 86_400) * 1000,
      );
    const exact = voice(full);
    const folded = voice(compact);
    expect([...folded.keys()].sort()).toEqual([...exact.keys()].sort());
    for (const [root, call] of folded) {
      expect({ root, call }).toEqual({ root, call: exact.get(root) });
      expect(call.incomplete).toEqual([]);
      expect(call.counted).toBe(true);
    }
  });
});

describe('disturbance', () => {
  const calm = stream('full');
  const stormy = [...disturbed(calm, 1, { duplicates: 0.2, late: 0.1 })];

  it('repeats and delays the given shares, loses and invents nothing, and stays in order of posting', () => {
    const bodies = (webhooks: SimulatedWebhook[]) => webhooks.map(({ form }) => JSON.stringify(form));
    expect(new Set(bodies(stormy))).toEqual(new Set(bodies(calm)));
    expect((stormy.length - calm.length) / calm.length).toBeCloseTo(0.2, 1);
    for (const [i, webhook] of stormy.entries())
      expect(webhook.dueAt).toBeGreaterThanOrEqual(stormy[i - 1]?.dueAt ?? 0);
    const times = stormy.map((webhook) => Date.parse(field(webhook, 'Timestamp') ?? '') || 0);
    expect(times.filter((time, i) => time !== 0 && time < (times[i - 1] ?? 0) - 2_000).length).toBeGreaterThan(20);
  });
});

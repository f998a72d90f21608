// Proves: what people on the simulated floor enter follows from their calls (after them, about them, most callbacks kept,
// some sales put right or taken back), and their states fit their calls without a gap.
import {
  type FloorItem,
  floorItems,
  floorOf,
  postStream,
  SHIFT_SECONDS,
  type Shift,
  type SimulatedOutcome,
} from '../../../src/simulator/index.js';

const STARTS = Date.parse('2026-11-23T01:00:00Z') / 1000;
const shift: Shift = {
  seed: 't',
  label: 'x',
  agents: floorOf('t', 20),
  startsAt: STARTS,
  lengthSeconds: SHIFT_SECONDS,
  rolling: false,
  attendance: 1,
};
const items = [...floorItems(shift)];
const posts = [...postStream(items, 't', { detail: 'full', outcomes: true })];
const calls = items.filter((item): item is FloorItem & { kind: 'call' } => item.kind === 'call');
const outcomes = posts.filter((post): post is SimulatedOutcome => post.kind === 'outcome');

describe('outcomes', () => {
  it('are entered after the call they are about, most answered calls having one', () => {
    const answered = calls.filter(({ plan }) => plan.result === 'completed' && plan.answeredBy === 'human');
    const written = answered.flatMap(({ plan, outcome }) => (outcome === null ? [] : [{ plan, outcome }]));
    expect(written.length / answered.length).toBeGreaterThan(0.93);
    for (const { plan, outcome } of written) expect(outcome.at).toBeGreaterThan(plan.startAt + plan.talkSeconds);
    expect(calls.every(({ plan, outcome }) => outcome === null || plan.result === 'completed')).toBe(true);
    expect(new Set(outcomes.map(({ json }) => `${json.externalId}|${json.version}`)).size).toBe(outcomes.length);
  });

  it('sell to between 3 and 15 in a hundred of those who answer; only sales have an amount, only callbacks a time', () => {
    const firsts = outcomes.filter(({ json }) => json.version === 1).map(({ json }) => json);
    const sold = firsts.filter(({ disposition }) => disposition === 'sale');
    const share = sold.length / calls.filter(({ plan }) => plan.result === 'completed').length;
    expect([share > 0.03, share < 0.15]).toEqual([true, true]);
    expect(firsts.every((json) => 'sale' in json === (json.disposition === 'sale'))).toBe(true);
    expect(firsts.every((json) => 'callbackAt' in json === (json.disposition === 'callback'))).toBe(true);
    const later = outcomes.filter(({ json }) => json.version === 2);
    expect(later.length).toBeGreaterThan(0);
    expect(later.every(({ json }) => sold.some(({ externalId }) => externalId === json.externalId))).toBe(true);
  });

  it('callbacks promised inside the shift are mostly kept within a quarter of an hour, by whoever promised', () => {
    const end = STARTS + SHIFT_SECONDS - 1_800;
    const promised = calls.flatMap(({ plan, outcome }) =>
      outcome?.callbackAt != null && outcome.callbackAt < end ? [{ plan, at: outcome.callbackAt }] : [],
    );
    const kept = promised.filter(({ plan, at }) =>
      calls.some(
        (other) =>
          other.plan.customer === plan.customer &&
          other.plan.agent === plan.agent &&
          other.plan.topology !== 'inbound' &&
          Math.abs(other.plan.startAt - at) <= 900,
      ),
    );
    expect(promised.length).toBeGreaterThan(20);
    expect([kept.length / promised.length > 0.5, kept.length < promised.length]).toEqual([true, true]);
  });

  it('are left out where nobody could enter them', () => {
    expect([...postStream(items, 't', { detail: 'full', outcomes: false })]).toEqual(
      posts.filter(({ kind }) => kind !== 'outcome'),
    );
  });
});

it('states of an agent follow each other, beginning and ending offline, written up after each conversation', () => {
  for (const agent of shift.agents) {
    const own = items.flatMap((item) => (item.kind === 'state' && item.agent === agent ? [item] : []));
    expect([own[0]?.before, own.at(-1)?.activity]).toEqual(['Offline', 'Offline']);
    for (const [i, state] of own.entries()) {
      expect(state.at).toBeGreaterThanOrEqual(own[i - 1]?.at ?? 0);
      if (i > 0) expect(state.before).toBe(own[i - 1]?.activity);
    }
    const talks = calls.filter(({ plan }) => plan.agent === agent && plan.talkSeconds >= 60);
    expect(own.filter(({ activity }) => activity === 'Wrap Up').length).toBe(talks.length);
  }
});

/**
 * Proves: the state of a leg is a join (commutative, associative, idempotent) whatever was reported, ties included, and
 * later reports never take away what earlier ones told.
 */
import fc from 'fast-check';
import { emptyLeg, joinLegs, legOf } from '../../../src/calls/index.js';
import { anyEvent, anyState } from './states.js';

const RUNS = { numRuns: 2_000 };

test('commutative', () => {
  fc.assert(
    fc.property(anyState, anyState, (a, b) => expect(joinLegs(a, b)).toEqual(joinLegs(b, a))),
    RUNS,
  );
});

test('associative', () => {
  fc.assert(
    fc.property(anyState, anyState, anyState, (a, b, c) =>
      expect(joinLegs(joinLegs(a, b), c)).toEqual(joinLegs(a, joinLegs(b, c))),
    ),
    RUNS,
  );
});

test('idempotent, also for what is part of it already', () => {
  fc.assert(
    fc.property(anyState, anyState, (a, b) => {
      expect(joinLegs(a, a)).toEqual(a);
      const both = joinLegs(a, b);
      expect(joinLegs(both, a)).toEqual(both);
      expect(joinLegs(both, b)).toEqual(both);
    }),
    RUNS,
  );
});

test('a leg nothing is known of changes nothing', () => {
  fc.assert(
    fc.property(anyState, (a) => expect(joinLegs(a, emptyLeg('A'))).toEqual(a)),
    RUNS,
  );
});

test('the state survives the way through JSON', () => {
  fc.assert(
    fc.property(anyState, (a) => expect(JSON.parse(JSON.stringify(a))).toEqual(a)),
    RUNS,
  );
});

test('neither operand is changed', () => {
  fc.assert(
    fc.property(anyState, anyState, (a, b) => {
      const [before, other] = [structuredClone(a), structuredClone(b)];
      joinLegs(a, b);
      expect([a, b]).toEqual([before, other]);
    }),
    RUNS,
  );
});

test('an event says its own kind of instant and no other', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      const leg = legOf(event);
      expect({
        initiated: leg.initiatedAt !== null,
        ringing: leg.ringingAt !== null,
        answered: leg.answeredAt !== null,
        ended: leg.end !== null,
        stale: leg.staleAt !== null,
      }).toEqual({
        initiated: event.type === 'leg.initiated',
        ringing: event.type === 'leg.ringing',
        answered: event.type === 'leg.answered',
        ended: event.type === 'leg.ended',
        stale: event.type === 'call.stale',
      });
    }),
    RUNS,
  );
});

describe('contradictions are decided by content', () => {
  const base = { type: 'leg.ended', legId: 'A', answeredBy: null } as const;
  const [plain] = fc.sample(anyEvent, 1);
  const event = (more: object) => legOf({ ...(plain as Parameters<typeof legOf>[0]), ...base, ...more });

  test('of two ends the longer counts, and the contradiction is kept', () => {
    const short = event({ result: 'completed', durationMs: 5_000, occurredAt: 20_000 });
    const long = event({ result: 'completed', durationMs: 9_000, occurredAt: 19_000 });
    expect(joinLegs(short, long)).toMatchObject({ end: { at: 19_000, durationMs: 9_000 }, endConflict: true });
  });

  test('the same end from two subscriptions is no contradiction', () => {
    const one = event({ result: 'busy', durationMs: null, occurredAt: 20_000, sequence: 3 });
    const two = event({ result: 'busy', durationMs: null, occurredAt: 20_000, sequence: 0 });
    expect(joinLegs(one, two)).toMatchObject({ end: { sequence: 0 }, endConflict: false });
  });

  test.each([
    // detection itself over the end over the answer; a certain word over "unknown"
    [['leg.analysis', 'human'], ['leg.ended', 'machine'], 'human'],
    [['leg.ended', 'human'], ['leg.answered', 'machine'], 'human'],
    [['leg.analysis', 'unknown'], ['leg.answered', 'machine'], 'machine'],
    [['leg.analysis', 'machine'], ['leg.analysis', 'human'], 'machine'],
    [['leg.analysis', 'unknown'], ['leg.ended', null], 'unknown'],
  ])('%j and %j: %s', ([firstType, first], [secondType, second], by) => {
    const a = event({ type: firstType, answeredBy: first });
    const b = event({ type: secondType, answeredBy: second });
    expect(joinLegs(a, b).answeredBy?.by).toBe(by);
    expect(joinLegs(b, a).answeredBy?.by).toBe(by);
  });
});

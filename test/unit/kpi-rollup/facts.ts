/** Facts drawn at random, and one plain one to vary: an answered outbound call of a minute. */
import fc from 'fast-check';
import type { CallFact } from '../../../src/calls/index.js';

export function aFact(more: Partial<CallFact> = {}): CallFact {
  const startedAt = Date.parse('2026-05-05T10:00:00Z');
  return {
    key: 'CA1',
    direction: 'outbound',
    counted: true,
    outcome: 'answered',
    answeredBy: null,
    startedAt,
    answeredAt: startedAt + 5_000,
    endedAt: startedAt + 65_000,
    ringMs: null,
    talkMs: 60_000,
    stale: false,
    incomplete: [],
    customerLeg: 'CA2',
    customerRef: '101',
    agentId: 1,
    teamId: 1,
    campaignId: 1,
    handled: [],
    busy: [],
    effectiveMs: 300_000,
    assumeHuman: true,
    timeZone: 'UTC',
    slotStart: startedAt,
    businessDate: '2026-05-05',
    dispositionId: null,
    reached: null,
    sales: 0,
    ...more,
  };
}

const SLOT = Date.parse('2026-05-05T23:45:00Z');
const date = fc.constantFrom('2026-05-05', '2026-05-06');

/** Any fact a derivation may give: talk only when answered and ended, `abandoned` only of inbound calls. */
export const anyFact: fc.Arbitrary<CallFact> = fc
  .record({
    direction: fc.constantFrom<CallFact['direction']>('outbound', 'inbound', 'internal'),
    counted: fc.boolean(),
    outcome: fc.constantFrom<CallFact['outcome']>(
      'open',
      'answered',
      'no_answer',
      'busy',
      'invalid',
      'canceled',
      'failed',
    ),
    answeredBy: fc.constantFrom<CallFact['answeredBy']>(null, 'human', 'machine', 'fax', 'unknown'),
    talkMs: fc.constantFrom(0, 1, 299_999, 300_000, 5_000_000),
    ringMs: fc.constantFrom(null, 0, 12_000),
    reached: fc.constantFrom<CallFact['reached']>(null, 'none', 'human', 'contact'),
    sales: fc.constantFrom(0, 0, 1, 2),
    stale: fc.boolean(),
    incomplete: fc.constantFrom<CallFact['incomplete']>([], ['ring_unknown']),
    agentId: fc.nat(3),
    teamId: fc.nat(2),
    campaignId: fc.integer({ min: 1, max: 2 }),
    slotStart: fc.constantFrom(SLOT, SLOT + 900_000),
    businessDate: date,
    effectiveMs: fc.constantFrom(0, 300_000),
    assumeHuman: fc.boolean(),
    handled: fc.uniqueArray(fc.record({ agent: fc.integer({ min: 1, max: 3 }), team: fc.nat(2), date }), {
      selector: (by) => by.agent,
      maxLength: 3,
    }),
  })
  .map((drawn) => {
    const inbound = drawn.direction === 'inbound';
    const outcome = inbound && drawn.outcome !== 'answered' && drawn.outcome !== 'open' ? 'abandoned' : drawn.outcome;
    const answered = outcome === 'answered';
    const fact = aFact({ ...drawn, outcome });
    return {
      ...fact,
      answeredAt: answered ? fact.answeredAt : null,
      endedAt: outcome === 'open' ? null : fact.endedAt,
      stale: outcome !== 'open' && drawn.stale,
      talkMs: answered && !drawn.stale ? drawn.talkMs : 0,
    };
  });

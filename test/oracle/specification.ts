/** What a generated call is made from: drawn by fast-check, turned into legs by topologies.ts. */
import fc from 'fast-check';
import type { Detection, Result } from './event.js';
import { BASES, CUSTOMERS, IDENTITIES, OWN_NUMBERS } from './organisation.js';

export const TOPOLOGIES = [
  'softphone',
  'sip',
  'agent-first',
  'agent-phone-first',
  'predictive',
  'inbound',
  'internal',
] as const;
export type Topology = (typeof TOPOLOGIES)[number];

const agent = fc.constantFrom(...IDENTITIES);
const RESULTS = ['completed', 'completed', 'completed', 'no-answer', 'busy', 'failed', 'canceled', 'invalid'] as const;

export const specification = fc.record({
  topology: fc.constantFrom(...TOPOLOGIES),
  salt: fc.nat(0xffff),
  base: fc.constantFrom(...BASES),
  /** Seconds from the base; often a boundary itself. */
  offsetS: fc.oneof(
    fc.integer({ min: -7_300, max: 7_300 }),
    fc.constantFrom(0, -1, 1, 900, -900, 3_600, -3_600, 1_800),
  ),
  agents: fc.uniqueArray(agent, { minLength: 4, maxLength: 4 }),
  customer: fc.constantFrom(...CUSTOMERS),
  anonymous: fc.constantFrom(false, false, false, true),
  own: fc.constantFrom(...OWN_NUMBERS),
  queueS: fc.nat(3),
  ringS: fc.nat(40),
  talkS: fc.oneof(fc.nat(20), fc.constantFrom(59, 60, 61, 89, 90, 299, 300, 301), fc.nat(5_000)),
  result: fc.constantFrom(...RESULTS),
  hungUp: fc.constantFrom(true, true, true, false),
  everything: fc.constantFrom(true, true, true, false),
  detection: fc.option(
    fc.record({
      by: fc.constantFrom<Detection>('human', 'machine', 'fax', 'unknown'),
      via: fc.constantFrom('answered', 'ended', 'analysis-before', 'analysis-after'),
      other: fc.option(fc.constantFrom<Detection>('human', 'machine', 'unknown'), { freq: 3 }),
    }),
    { freq: 2 },
  ),
  agentParam: fc.option(fc.record({ on: fc.constantFrom('customer', 'root'), who: agent }), { freq: 2 }),
  campaign: fc.constantFrom(null, null, 'spring', 'default'),
  offers: fc.array(fc.constantFrom<Result>('no-answer', 'canceled', 'busy'), { maxLength: 2 }),
  taken: fc.boolean(),
  transfers: fc.array(fc.record({ afterS: fc.nat(600), answered: fc.boolean() }), { maxLength: 2 }),
  recorded: fc.constantFrom(false, false, true),
  damage: fc.option(
    fc.record({
      lost: fc.array(fc.nat(40), { maxLength: 4 }),
      contradictions: fc.array(
        fc.record({
          which: fc.nat(40),
          shiftS: fc.integer({ min: -5, max: 90 }),
          result: fc.option(fc.constantFrom<Result>('completed', 'no-answer', 'busy', 'canceled')),
          durationS: fc.option(fc.nat(400)),
          receiptTime: fc.boolean(),
        }),
        { maxLength: 2 },
      ),
      stale: fc.boolean(),
    }),
    { freq: 2 },
  ),
});
export type Specification = typeof specification extends fc.Arbitrary<infer T> ? T : never;

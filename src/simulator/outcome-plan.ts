import type { CallPlan } from './call-plan.js';
import { type Random, seeded } from './random.js';

/** What the agent enters after a call, and what becomes of it. Times are epoch seconds. */
export interface OutcomePlan {
  disposition: SimulatedDisposition;
  /** When it is entered. */
  at: number;
  /** Minor units; null: nothing was sold. */
  amountMinor: number | null;
  callbackAt: number | null;
  /** A sale that is put right or taken back later. */
  later: { at: number; change: { amountMinor: number } | 'cancelled' } | null;
}

/** Keys every installation begins with. */
export type SimulatedDisposition =
  | 'sale'
  | 'callback'
  | 'interested'
  | 'not_interested'
  | 'not_the_person'
  | 'refused'
  | 'complaint'
  | 'no_use';

const FORGOTTEN = 0.03;
const CORRECTED = 0.02;
const CANCELLED = 0.04;

/** What people sell for: four packages, in whole units of the currency. */
const PRICES = [1_980, 2_980, 4_980, 9_800] as const;
const PRICE_WEIGHTS = [52, 30, 14, 4];

type Weights = Partial<Record<SimulatedDisposition, number>>;
const SHORT: Weights = { not_interested: 46, not_the_person: 25, no_use: 14, refused: 8, callback: 7 };
const CONVERSATION: Weights = { not_interested: 50, callback: 18, interested: 19, not_the_person: 6, refused: 4 };
const LONG: Weights = { interested: 36, callback: 18, not_interested: 24, complaint: 0.6 };

/** Null: no person answered, or nobody wrote it down. @param endsAt second at which the call is over */
export function outcomeOf(plan: CallPlan, endsAt: number, seed: number | string): OutcomePlan | null {
  if (plan.result !== 'completed' || plan.answeredBy === 'machine') return null;
  const random = seeded(seed, `${plan.id}|outcome`);
  if (random.chance(FORGOTTEN)) return null;
  const at = endsAt + random.between(3, 25);
  const disposition = choose(plan, random);
  const price = PRICES[random.weighted(PRICE_WEIGHTS)] ?? PRICES[0];
  const amountMinor = disposition === 'sale' ? price * 100 : null;
  return {
    disposition,
    at,
    amountMinor,
    // Promised on the quarter hour, one to three hours from now.
    callbackAt: disposition === 'callback' ? Math.ceil((at + random.between(3_600, 10_800)) / 900) * 900 : null,
    later: amountMinor === null ? null : afterthought(at, amountMinor, random),
  };
}

function choose({ talkSeconds, agent }: CallPlan, random: Random): SimulatedDisposition {
  const weights: Weights =
    talkSeconds < 45
      ? SHORT
      : talkSeconds < 300
        ? { ...CONVERSATION, sale: 3 * agent.skill }
        : { ...LONG, sale: 22 * agent.skill };
  const names = Object.keys(weights) as SimulatedDisposition[];
  return names[random.weighted(names.map((name) => weights[name] ?? 0))] ?? 'no_use';
}

function afterthought(at: number, amountMinor: number, random: Random): OutcomePlan['later'] {
  if (random.chance(CANCELLED)) return { at: at + random.between(600, 7_200), change: 'cancelled' };
  if (!random.chance(CORRECTED)) return null;
  return { at: at + random.between(60, 1_800), change: { amountMinor: amountMinor - 20_000 } };
}

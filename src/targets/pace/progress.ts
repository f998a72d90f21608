/** Attainment and pace (kpi.md section 3). Pure. */

/** actual ÷ target; where low is good target ÷ actual, and met at 0. Null without a target or a value. */
export function attainmentOf(actual: number | null, target: number, lowIsGood: boolean): number | null {
  if (actual === null || target <= 0) return null;
  if (!lowIsGood) return actual / target;
  return actual <= 0 ? 1 : target / actual;
}

/** Additive figures: actual ÷ expected by now, turned round where low is good. Null before the first working minute. */
export function paceOf(actual: number | null, expectedNow: number | null, lowIsGood: boolean): number | null {
  if (expectedNow === null) return null;
  return attainmentOf(actual, expectedNow, lowIsGood);
}

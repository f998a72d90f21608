/**
 * What each part contributes to a difference between two periods. Pure.
 *
 * Sums: a part contributes what it has more or less; whole numbers add up exactly.
 *
 * Ratios R = Σ over ÷ Σ under: a part contributes
 *
 *   over₁ ÷ UNDER₁ − over₀ ÷ UNDER₀ − ½ (R₁ + R₀) (share₁ − share₀),   share = under ÷ UNDER
 *
 * which adds up to R₁ − R₀, because the shares of each period add up to 1 and the last term to nothing. Taking away the
 * usual rate there says what a part's weight is worth: growing a part that is no better than all contributes nothing.
 * Where a part has a rate r in both periods the same is (Bennet's symmetric form)
 *
 *   ½ (share₁ + share₀) (r₁ − r₀)     its own rate changed
 * + (½ (r₁ + r₀) − ½ (R₁ + R₀)) (share₁ − share₀)     its weight changed
 *
 * and a part that has none in one of them contributes by its weight alone.
 */

export interface Part {
  key: string;
  now: number;
  before: number;
}

export interface Contribution {
  key: string;
  difference: number;
}

export function contributionsOfSum(parts: readonly Part[]): Contribution[] {
  return parts.map(({ key, now, before }) => ({ key, difference: now - before }));
}

export interface Counts {
  over: number;
  under: number;
}

export interface RatioPart {
  key: string;
  now: Counts;
  before: Counts;
}

export interface RatioContribution extends Contribution {
  /** Because the part's own rate changed … */
  byRate: number;
  /** … and because its weight among all changed. The two add up to `difference`. */
  byWeight: number;
}

export interface RatioChange {
  now: number;
  before: number;
  parts: RatioContribution[];
}

/** Null when there is no ratio in one of the periods: then there is no difference. */
export function contributionsOfRatio(parts: readonly RatioPart[]): RatioChange | null {
  const now = totalOf(parts.map((part) => part.now));
  const before = totalOf(parts.map((part) => part.before));
  if (now.under <= 0 || before.under <= 0) return null;
  const [rateNow, rateBefore] = [now.over / now.under, before.over / before.under];
  const usual = (rateNow + rateBefore) / 2;
  return {
    now: rateNow,
    before: rateBefore,
    parts: parts.map((part) => {
      const [shareNow, shareBefore] = [part.now.under / now.under, part.before.under / before.under];
      const difference = part.now.over / now.under - part.before.over / before.under - usual * (shareNow - shareBefore);
      const hasBoth = part.now.under > 0 && part.before.under > 0;
      const byRate = hasBoth
        ? ((shareNow + shareBefore) / 2) * (part.now.over / part.now.under - part.before.over / part.before.under)
        : 0;
      return { key: part.key, difference, byRate, byWeight: difference - byRate };
    }),
  };
}

export function totalOf(parts: readonly Counts[]): Counts {
  return parts.reduce(({ over, under }, part) => ({ over: over + part.over, under: under + part.under }), {
    over: 0,
    under: 0,
  });
}

/** The largest differences in the order of their size, and what is left as one. */
export function largest(parts: readonly Contribution[], most: number): { shown: Contribution[]; rest: number } {
  const ordered = parts
    .filter(({ difference }) => difference !== 0)
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference) || (a.key < b.key ? -1 : 1));
  return {
    shown: ordered.slice(0, most),
    rest: ordered.slice(most).reduce((sum, { difference }) => sum + difference, 0),
  };
}

import type { EstimateView } from '../../../src/shared/comparison.js';

interface Props {
  estimate: EstimateView;
  /** The group's rate: a thin line. */
  groupRate: number | null;
  /** Both ends of the scale all rows share, fractions. */
  scale: { from: number; to: number };
}

/** An estimate with the range it may lie in, on a scale all rows share. The words stand beside it. */
export function IntervalBar({ estimate, groupRate, scale }: Props) {
  const at = (value: number) => `${(100 * (value - scale.from)) / Math.max(1e-9, scale.to - scale.from)}%`;
  return (
    <svg className="interval" aria-hidden="true" width="120" height="16">
      {groupRate !== null && <line className="interval__group" x1={at(groupRate)} x2={at(groupRate)} y1="0" y2="16" />}
      <line className="interval__range" x1={at(estimate.low)} x2={at(estimate.high)} y1="8" y2="8" />
      <circle className="interval__value" cx={at(estimate.value)} cy="8" r="4" />
    </svg>
  );
}

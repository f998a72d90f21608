export interface FunnelStep {
  name: string;
  /** Both "—" where there is no value. */
  text: string;
  /** Of the first step, 0–1; null: no value. */
  share: number | null;
  /** Of the step before, in words; null for the first. */
  passed: string | null;
  /** The same share as it usually is; null: not known. */
  usual: string | null;
}

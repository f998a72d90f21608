import type { PauseReason } from '../../../src/shared/presence.js';

/** A key that says what it stands for, as far as its letters allow, and that nothing else has. */
export function newReasonKey(name: string, taken: readonly Pick<PauseReason, 'key'>[]): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 28);
  const base = plain === '' ? 'pause' : plain;
  const known = new Set(taken.map(({ key }) => key));
  for (let n = 1; ; n++) {
    const key = n === 1 ? base : `${base}_${n}`;
    if (!known.has(key)) return key;
  }
}

/** The list with one place exchanged with its neighbour. */
export function moved<T>(list: readonly T[], at: number, by: 1 | -1): T[] {
  const result = [...list];
  const [one, other] = [result[at], result[at + by]];
  if (one !== undefined && other !== undefined) {
    result[at] = other;
    result[at + by] = one;
  }
  return result;
}

/** Whole numbers of seconds, growing, one to six; null for anything else. */
export function readSteps(text: string): number[] | null {
  const parts = text.split(/[,，、\s]+/).filter((part) => part !== '');
  const steps = parts.map((part) => (/^\d{1,5}$/.test(part) ? Number(part) : Number.NaN));
  const grows = steps.every((step, i) => step > (steps[i - 1] ?? 0) && step <= 86_400);
  return grows && steps.length >= 1 && steps.length <= 6 ? steps : null;
}

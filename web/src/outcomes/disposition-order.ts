import type { DispositionFlag, DispositionView } from '../../../src/shared/outcomes.js';

/** Positions of one and of the one above it after they changed places: [its own, the other's]. Pure. */
export function swapped(
  one: Pick<DispositionView, 'position'>,
  above: Pick<DispositionView, 'position'>,
): [number, number] {
  return one.position === above.position ? [one.position, above.position + 1] : [above.position, one.position];
}

/** Flags without those another one implies. Pure. */
export function toldFlags(flags: readonly DispositionFlag[]): DispositionFlag[] {
  return flags.filter(
    (flag) => !(flag === 'human' && flags.includes('contact')) && !(flag === 'contact' && flags.includes('sale')),
  );
}

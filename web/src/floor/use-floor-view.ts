import { useCallback, useEffect, useRef, useState } from 'react';
import type { FloorAgent } from '../../../src/shared/live.js';
import { browserNow, useBoardSource } from '../live/index.js';
import { useFloorMeta } from './floor-meta.js';
import { type FloorFilter, type FloorSort, type FloorView, heldOrder, viewOf } from './floor-model.js';

/** The rows are put in order at most this often, however many of them change. */
const EVERY_MS = 1_000;
/** So long after the last move of the pointer or press of a key over the rows they stay where they are. */
const HOLD_MS = 15_000;

export interface HeldView {
  view: FloorView | null;
  /** Somebody is at a row: new figures do not move it. */
  held: boolean;
  touch(): void;
  release(): void;
}

/** The rows of the floor in order, following the live state without jumping under whoever is reading. */
export function useFloorView(filter: FloorFilter, sort: FloorSort): HeldView {
  const { store } = useBoardSource().connection;
  const meta = useFloorMeta();
  const [view, setView] = useState<FloorView | null>(null);
  const [held, setHeld] = useState(false);
  const heldUntil = useRef(0);
  const again = useRef<(() => void) | null>(null);

  useEffect(() => {
    if (meta === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = Number.NEGATIVE_INFINITY;
    // What was asked for is done at once, also while somebody is at a row.
    let asked = true;
    const evaluate = (): void => {
      timer = undefined;
      last = browserNow();
      const fresh = viewOf(store.values<FloorAgent>('agent:'), meta.teams, filter, sort, meta.currency);
      const holds = !asked && last < heldUntil.current;
      asked = false;
      setHeld(last < heldUntil.current);
      setView((before) => unlessSame(before, holds && before ? keepOrder(before, fresh) : fresh));
      if (last < heldUntil.current) schedule(heldUntil.current - last);
    };
    const schedule = (wait: number): void => {
      if (timer === undefined) timer = setTimeout(evaluate, wait);
    };
    const changed = (): void => {
      const wait = Math.max(0, last + EVERY_MS - browserNow());
      clearTimeout(timer);
      timer = undefined;
      schedule(wait);
    };
    evaluate();
    again.current = changed;
    const stop = store.subscribe('agent:', () => {
      if (timer === undefined || last < heldUntil.current) changed();
    });
    return () => {
      stop();
      clearTimeout(timer);
      again.current = null;
    };
  }, [store, meta, filter, sort]);

  const touch = useCallback(() => {
    heldUntil.current = browserNow() + HOLD_MS;
    setHeld(true);
  }, []);
  const release = useCallback(() => {
    if (heldUntil.current === 0) return;
    heldUntil.current = 0;
    setHeld(false);
    again.current?.();
  }, []);
  return { view, held, touch, release };
}

function keepOrder(before: FloorView, fresh: FloorView): FloorView {
  return { ...fresh, order: heldOrder(before.order, fresh.order) };
}

/** The identity of what did not change is kept, so that nothing renders again for it. */
function unlessSame(before: FloorView | null, next: FloorView): FloorView {
  if (before === null) return next;
  const order = sameList(before.order, next.order) ? before.order : next.order;
  const sameSize = before.total === next.total && before.matching.size === next.matching.size;
  const matching =
    sameSize && [...next.matching].every((id) => before.matching.has(id)) ? before.matching : next.matching;
  const activities = Object.keys(next.counts) as (keyof FloorView['counts'])[];
  const counts = activities.every((one) => before.counts[one] === next.counts[one]) ? before.counts : next.counts;
  const same = order === before.order && counts === before.counts && matching === before.matching;
  return same && before.total === next.total ? before : { order, counts, matching, total: next.total };
}

function sameList(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

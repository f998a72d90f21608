/**
 * Which legs make one call. Pure.
 *
 * A call is a connected component of the graph leg – parent over everything ever seen. Components only grow as edges
 * arrive, so a chain of any depth ends up as one call whatever the order, and contradicting or circular parents cannot
 * make two orders differ.
 */
import { emptyLeg, joinLegs, type LegState } from './leg-state.js';

/** Legs of one call by id. */
export type LegMap = Map<string, LegState>;

/** Joins the legs of `from` into `into` (in place). */
export function joinInto(into: LegMap, from: Iterable<LegState>): void {
  for (const leg of from) {
    const known = into.get(leg.id);
    into.set(leg.id, known === undefined ? leg : joinLegs(known, leg));
    for (const parent of leg.parents) if (!into.has(parent)) into.set(parent, emptyLeg(parent));
  }
}

/** Splits legs into calls. Every parent named is itself in the map (see joinInto). */
export function components(legs: LegMap): LegMap[] {
  const root = new Map<string, string>();
  const find = (id: string): string => {
    let at = id;
    for (let up = root.get(at); up !== undefined && up !== at; up = root.get(at)) at = up;
    root.set(id, at);
    return at;
  };
  for (const leg of legs.values()) {
    for (const parent of leg.parents) {
      const a = find(leg.id);
      const b = find(parent);
      if (a !== b) root.set(a, b);
    }
  }
  const groups = new Map<string, LegMap>();
  for (const leg of legs.values()) {
    const id = find(leg.id);
    const group: LegMap = groups.get(id) ?? new Map();
    groups.set(id, group.set(leg.id, leg));
  }
  return [...groups.values()];
}

/** The parent that counts when a provider contradicts itself: the smallest id. */
export function parentOf(leg: LegState): string | null {
  return leg.parents[0] ?? null;
}

/** Id of the root leg: the one without a parent, the smallest id where contradictions leave several or none. */
export function rootOf(legs: LegMap): LegState {
  let best: LegState | null = null;
  let smallest: LegState | null = null;
  for (const leg of legs.values()) {
    if (smallest === null || leg.id < smallest.id) smallest = leg;
    if (leg.parents.length === 0 && (best === null || leg.id < best.id)) best = leg;
  }
  const root = best ?? smallest;
  if (root === null) throw new Error('rootOf: a call has at least one leg');
  return root;
}

import { ATTENTION_RULES, type AttentionRule, type FloorAttention } from '../../../src/shared/live.js';

/** The attention list as it is shown: filtered, counted, in order. Pure. */

export interface AttentionView {
  /** Highest weight first, the longest of equals first. */
  items: FloorAttention[];
  counts: Record<AttentionRule, number>;
}

/** @param matching whoever the search and the team let through; undefined while nobody knows */
export function attentionView(
  all: readonly FloorAttention[],
  matching: ReadonlySet<number> | undefined,
  rule: AttentionRule | null,
): AttentionView {
  const counts = Object.fromEntries(ATTENTION_RULES.map((one) => [one, 0])) as Record<AttentionRule, number>;
  const theirs = all.filter(({ agentId }) => matching === undefined || matching.has(agentId));
  for (const one of theirs) counts[one.rule]++;
  const items = theirs
    .filter((one) => rule === null || one.rule === rule)
    .sort((a, b) => b.weight - a.weight || a.since - b.since || a.agentId - b.agentId);
  return { items, counts };
}

/** One line of evidence as a number; null where it is none. */
export function numberIn(evidence: FloorAttention['evidence'], name: string): number | null {
  const value = evidence[name];
  return typeof value === 'number' ? value : null;
}

export function textIn(evidence: FloorAttention['evidence'], name: string): string | null {
  const value = evidence[name];
  return typeof value === 'string' ? value : null;
}

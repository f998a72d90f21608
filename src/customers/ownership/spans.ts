/** Who owns a customer when, as spans that never overlap. Pure. */

export interface Span {
  agentId: number;
  /** Epoch ms, half-open; `until` null: still. */
  from: number;
  until: number | null;
}

const end = ({ until }: Pick<Span, 'until'>): number => until ?? Number.POSITIVE_INFINITY;

/**
 * The spans after `agentId` has been given the customer from `from` on (0 = nobody). `until` null: until the next span
 * there is, else for good. What lies within gives way; spans of one agent that touch become one.
 */
export function assign(spans: readonly Span[], given: Span): Span[] {
  const next = spans.reduce((min, span) => (span.from > given.from ? Math.min(min, span.from) : min), Infinity);
  const until = given.until ?? (Number.isFinite(next) ? next : null);
  const added: Span = { ...given, until };
  const rest = spans.flatMap((span): Span[] => [
    ...(span.from < added.from ? [{ ...span, until: Math.min(end(span), added.from) }] : []),
    ...(end(span) > end(added) ? [{ ...span, from: Math.max(span.from, end(added)) }] : []),
  ]);
  return joined([...rest, ...(added.agentId === 0 ? [] : [added])]);
}

function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    const one = { ...span, until: end(span) === Number.POSITIVE_INFINITY ? null : end(span) };
    if (last !== undefined && last.agentId === one.agentId && end(last) >= one.from) last.until = one.until;
    else result.push(one);
  }
  return result;
}

export function sameSpans(a: readonly Span[], b: readonly Span[]): boolean {
  return (
    a.length === b.length &&
    a.every((span, i) => {
      const other = b[i];
      return span.agentId === other?.agentId && span.from === other.from && span.until === other.until;
    })
  );
}

/** What one source said at one instant, as it is kept: a function of the events of that stream and instant. Pure. */
import type { PresenceEvent, PresenceTold } from '../presence-event.js';

export interface Mark extends PresenceTold {
  /** The worker's name. */
  name?: string;
  /** Softphone identity. */
  identity?: string;
  /** Made here because nobody had ended the status. */
  stale?: true;
}

export function markOf({ type, told, agentParam, from }: PresenceEvent): Mark {
  return {
    ...told,
    ...(agentParam === null ? {} : { name: agentParam }),
    ...('identity' in from ? { identity: from.identity } : {}),
    ...(type === 'presence.stale' ? { stale: true as const } : {}),
  };
}

/**
 * Which of two marks of one instant counts: what was really said, then the later by the source's own count, then by
 * content. A total order, so arrival cannot matter.
 */
export function joinMarks(a: Mark, b: Mark): Mark {
  if ((a.stale ?? false) !== (b.stale ?? false)) return a.stale ? b : a;
  const bySequence = (b.sequence ?? -1) - (a.sequence ?? -1);
  if (bySequence !== 0) return bySequence > 0 ? b : a;
  return textOf(a) >= textOf(b) ? a : b;
}

function textOf(mark: Mark): string {
  return JSON.stringify(Object.entries(mark).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Events this process has just committed, so that its fold need not read them back. Only a shortcut: what is not here
 * is read from the log, and what is here equals its row. Whoever rewrites events in the log bumps the version of the
 * settings, and the fold then forgets everything here.
 */
import type { PendingEvent } from './stored-event.js';

export class RecentEvents {
  private readonly byId = new Map<string, PendingEvent>();

  /** `max`: a few seconds at full speed; 0 where another process folds. */
  constructor(private readonly max: number) {}

  /** Once they are committed. */
  add(events: PendingEvent[]): void {
    for (const event of events) this.byId.set(event.id, event);
    if (this.byId.size <= this.max) return;
    // In the order they came: the oldest go first.
    for (const id of this.byId.keys()) {
      if (this.byId.size <= this.max) return;
      this.byId.delete(id);
    }
  }

  get(id: string): PendingEvent | undefined {
    return this.byId.get(id);
  }

  /** Once their fold is committed. */
  remove(events: PendingEvent[]): void {
    for (const { id } of events) this.byId.delete(id);
  }

  clear(): void {
    this.byId.clear();
  }
}

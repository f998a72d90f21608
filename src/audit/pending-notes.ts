/**
 * What waits to be noted: bounded, and refused attempts of one actor at one thing merged, so that somebody who hammers at
 * the door fills neither the memory nor the log. Pure.
 */
import type { AuditEntry } from './audit-log.js';

/** Attempts of one actor within this time are one entry. */
export const MERGE_MS = 60_000;
/** Actors and actions told apart at once; what is beyond shares one entry an action. */
const MERGED_MAX = 5_000;
const WAITING_MAX = 5_000;

export interface Note {
  entry: AuditEntry;
  attempts: number;
}

interface Merging {
  since: number;
  entry: AuditEntry;
  /** Attempts not yet handed out. */
  attempts: number;
}

export class PendingNotes {
  private readonly waiting: Note[] = [];
  private readonly merging = new Map<string, Merging>();
  /** Notes there was no room for, since the last `takeLost`. */
  private lost = 0;

  /** The first refused attempt is handed out at once, what follows within a minute as one. */
  add(entry: AuditEntry, now: number): void {
    if (entry.outcome !== 'refused') {
      this.wait({ entry, attempts: 1 });
      return;
    }
    const own = keyOf(entry);
    const crowded = !this.merging.has(own) && this.merging.size >= MERGED_MAX;
    const kept = crowded ? anonymous(entry) : entry;
    const key = crowded ? keyOf(kept) : own;
    const known = this.merging.get(key);
    if (known === undefined) {
      this.merging.set(key, { since: now, entry: kept, attempts: 0 });
      this.wait({ entry: kept, attempts: 1 });
      return;
    }
    known.attempts++;
    if (known.entry.subject?.id !== kept.subject?.id) known.entry = { ...kept, subject: null };
  }

  /** What may be written now; `all` also what is still being merged. */
  take(now: number, all = false): Note[] {
    for (const [key, { since, entry, attempts }] of this.merging) {
      if (!all && now - since < MERGE_MS) continue;
      this.merging.delete(key);
      if (attempts > 0) this.wait({ entry, attempts });
    }
    return this.waiting.splice(0, WAITING_MAX);
  }

  /** Puts back what could not be written, in front. */
  putBack(notes: Note[]): void {
    const room = WAITING_MAX - this.waiting.length;
    this.lost += Math.max(0, notes.length - room);
    this.waiting.unshift(...notes.slice(0, room));
  }

  takeLost(): number {
    const { lost } = this;
    this.lost = 0;
    return lost;
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0 && this.merging.size === 0;
  }

  private wait(note: Note): void {
    if (this.waiting.length < WAITING_MAX) this.waiting.push(note);
    else this.lost += note.attempts;
  }
}

function keyOf({ actor, action }: AuditEntry): string {
  return `${action}|${actor.kind}|${actor.id ?? ''}|${actor.address ?? ''}`;
}

function anonymous(entry: AuditEntry): AuditEntry {
  return { ...entry, actor: { kind: 'anonymous', id: null, address: null }, subject: null };
}

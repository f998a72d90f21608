/** Notes who reads which set through the feed: once an hour, not at every page. */
import type { AuditLog } from '../../audit/index.js';
import type { Clock } from '../../platform/index.js';
import type { AuditActor } from '../../shared/audit.js';

const HOUR_MS = 3_600_000;

export class ReadingNotes {
  private hour = -1;
  private readonly noted = new Set<string>();

  constructor(
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  note(actor: AuditActor, set: string): void {
    const hour = Math.floor(this.clock.now() / HOUR_MS);
    if (hour !== this.hour) this.noted.clear();
    this.hour = hour;
    const reading = `${actor.kind} ${actor.id} ${set}`;
    if (this.noted.has(reading)) return;
    this.noted.add(reading);
    this.audit.note({ actor, action: 'feed.read', subject: { kind: 'feed', id: set }, outcome: 'done' });
  }
}

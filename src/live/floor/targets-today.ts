/** Targets of the days somebody watches, in memory: read once, and again when a target or a calendar was changed. */
import type { Logger } from '../../platform/index.js';
import type { TargetBook, TargetsOfDay } from '../../targets/index.js';
import type { DaySource } from './day-source.js';

export class TargetsToday {
  private readonly known = new Map<DaySource, TargetsOfDay>();
  /** Days somebody watches, with the reading that counts: of two at once the older may end last. */
  private readonly wanted = new Map<DaySource, symbol>();
  private readonly listeners: ((day: DaySource) => void)[] = [];

  constructor(
    private readonly book: Pick<TargetBook, 'load' | 'onChanged'>,
    private readonly later: (action: () => void) => void,
    private readonly log: Logger,
  ) {
    book.onChanged(() => {
      for (const day of this.wanted.keys()) this.load(day);
    });
  }

  /** Called after targets of a day were read. */
  onLoaded(listener: (day: DaySource) => void): void {
    this.listeners.push(listener);
  }

  /** Null until they have been read; asking is what has them read. */
  of(day: DaySource): TargetsOfDay | null {
    if (!this.wanted.has(day)) this.load(day);
    const known = this.known.get(day) ?? null;
    return known !== null && known.date === day.facts?.businessDate ? known : null;
  }

  /** The day was read anew. */
  reset(day: DaySource): void {
    if (this.wanted.has(day)) this.load(day);
  }

  forget(used: ReadonlySet<DaySource>): void {
    for (const day of this.wanted.keys()) {
      if (used.has(day)) continue;
      this.wanted.delete(day);
      this.known.delete(day);
    }
  }

  /** Tried again until it works or the day is another one. */
  private load(day: DaySource): void {
    const { facts, zone } = day;
    const turn = Symbol(zone.timeZone);
    this.wanted.set(day, turn);
    if (facts === null) return;
    this.book.load(facts.businessDate, zone).then(
      (targets) => {
        if (day.facts !== facts || this.wanted.get(day) !== turn) return;
        this.known.set(day, targets);
        for (const listener of this.listeners) listener(day);
      },
      (error: unknown) => {
        this.log.warn({ err: error }, 'The targets of the day could not be read; trying again');
        this.later(() => {
          if (day.facts === facts && this.wanted.get(day) === turn) this.load(day);
        });
      },
    );
  }
}

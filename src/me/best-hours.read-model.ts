import { addDays, businessDayBounds, loadCallingHours } from '../organisation/index.js';
import type { Clock, Database } from '../platform/index.js';
import { hoursOn } from '../shared/calling-hours.js';
import { weekdayOf } from '../shared/format/index.js';
import { BEST_HOUR_DAYS, type BestHours } from '../shared/me.js';
import { bestHours } from './best-hours.js';
import { BestHoursRepository } from './best-hours.repository.js';
import { ownDay } from './own-day.js';

/** Answers `GET /me/best-hours`. Whole days before today: the answer is the same all day. */
export class BestHoursReadModel {
  private readonly repository: BestHoursRepository;

  constructor(
    private readonly database: Pick<Database, 'pool'>,
    private readonly clock: Clock,
  ) {
    this.repository = new BestHoursRepository(database.pool);
  }

  /** Throws `not_an_agent`. */
  async of(agentId: number | null): Promise<BestHours> {
    const day = await ownDay(this.database.pool, agentId, this.clock.now());
    const from = addDays(day.today, -BEST_HOUR_DAYS);
    const startOf = (date: string): number => businessDayBounds(date, day.timeZone, day.dayStartMinutes).start;
    const [sums, peers, callingHours] = await Promise.all([
      this.repository.sums(day, startOf(from), startOf(day.today)),
      this.repository.peers(day, from, day.today),
      loadCallingHours(this.database.pool),
    ]);
    const found = bestHours(sums, peers, hoursOn(callingHours, weekdayOf(day.today)));
    return { agentId: day.agentId, from, until: day.today, timeZone: day.timeZone, ...found };
  }
}

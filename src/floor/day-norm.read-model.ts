import type { PoolClient } from 'pg';
import { addDays, businessDate, businessDayBounds } from '../organisation/index.js';
import { type Clock, type Database, inTransaction, isoOf, READ_SNAPSHOT } from '../platform/index.js';
import type { Scope } from '../shared/access.js';
import type { DayNorm, DayNormHour } from '../shared/floor.js';
import { FLOOR_KPIS } from '../shared/live.js';
import {
  type Day,
  organisationCurrency,
  requireSeen,
  slotsOfDays,
  type Zone,
  zoneOfAgent,
} from './agent-day.repository.js';
import { type SlotSums, sumBetween, UsualDay } from './usual-day.js';

const PAST_WEEKS = [7, 14, 21, 28];
const HOUR_MS = 3_600_000;

/** Answers `GET /agents/:id/day-norm`, all of it from one snapshot of the database. */
export class DayNormReadModel {
  constructor(
    private readonly database: Pick<Database, 'pool'>,
    private readonly clock: Clock,
  ) {}

  /** `date` absent: today as the agent's team counts it. Throws `not_found` outside the scope. */
  of(agentId: number, date: string | undefined, scope: Scope): Promise<DayNorm> {
    return inTransaction(this.database.pool, (tx) => this.read(tx, agentId, date, scope), READ_SNAPSHOT);
  }

  private async read(tx: PoolClient, agentId: number, asked: string | undefined, scope: Scope): Promise<DayNorm> {
    await requireSeen(tx, scope, agentId);
    const now = this.clock.now();
    const zone = await zoneOfAgent(tx, agentId, now);
    const date = asked ?? businessDate(now, zone.timeZone, zone.dayStartMinutes);
    const day = dayOf(date, zone);
    const past = PAST_WEEKS.map((days) => dayOf(addDays(date, -days), zone));
    const slots = await slotsOfDays(tx, scope, agentId, [day, ...past]);
    const usual = UsualDay.of(slots.filter((slot) => slot.date !== date));
    const asOf = Math.min(Math.max(now, day.start), day.end);
    const currency = await organisationCurrency(tx);
    return {
      agentId,
      date,
      timeZone: zone.timeZone,
      dayStart: isoOf(day.start),
      dayEnd: isoOf(day.end),
      asOf: isoOf(asOf),
      dates: [...usual.dates],
      kpis: kpisOf(usual, day, asOf, currency),
      hours: hoursOf(
        day,
        slots.filter((slot) => slot.date === date),
        usual,
      ),
    };
  }
}

function dayOf(date: string, { timeZone, dayStartMinutes }: Zone): Day {
  return { date, ...businessDayBounds(date, timeZone, dayStartMinutes) };
}

function kpisOf(usual: UsualDay, { start, end }: Day, asOf: number, currency: string): DayNorm['kpis'] {
  const byNow = usual.upTo(asOf - start);
  // A past day can have been an hour longer than this one: the whole of it counts.
  const wholeDay = usual.upTo(end - start + HOUR_MS);
  return Object.fromEntries(
    FLOOR_KPIS.map((kpi) => [
      kpi,
      { byNow: byNow?.value(kpi, currency) ?? null, wholeDay: wholeDay?.value(kpi, currency) ?? null },
    ]),
  );
}

function hoursOf({ start, end }: Day, today: readonly SlotSums[], usual: UsualDay): DayNormHour[] {
  const hours: DayNormHour[] = [];
  for (let at = 0; start + at < end; at += HOUR_MS) {
    const counted = sumBetween(today, at, at + HOUR_MS);
    const mean = usual.between(at, at + HOUR_MS);
    hours.push({
      start: isoOf(start + at),
      dials: counted.dials,
      connects: counted.connects,
      usualDials: mean?.dials ?? null,
      usualConnects: mean?.connects ?? null,
    });
  }
  return hours;
}

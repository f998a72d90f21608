/**
 * Sends packs when they are due. The tables say what is to do, so that any number of processes may run this: a time a
 * schedule is due is one row, whoever works on a row holds a lease, and a process that dies leaves a lease that ends. A
 * pack is sent at least once: killed between sending and noting it, the same message (the same id) is sent again, and the
 * history says that it may have arrived twice.
 */
import type { Pool } from 'pg';
import type { AuditLog, Queryable } from '../../audit/index.js';
import { AppError, type Clock, inTransaction, jitter, type Keys, Rounds } from '../../platform/index.js';
import { type DestinationKind, TRIES_MAX } from '../../shared/schedules.js';
import { covers } from '../exports/index.js';
import { type Destination, fileFollows, openDestination, wantsLink } from './destinations/destination.js';
import { isWorthRetrying, type Pack, send, sendFile, type Ways } from './destinations/senders.js';
import { LEASE_MS, whileAlive } from './lease.js';
import { forgetLinks, makeLink, packPage } from './links/index.js';
import { messageOf, type PackOffer } from './message.js';
import { ownerNow } from './owner.js';
import { mediaTypeOf, type PackMaker } from './pack.js';
import { lastMissed, nextRun } from './rhythm.js';
import {
  extendLease,
  forgetErased,
  insertRun,
  keepMade,
  keepNotMade,
  keepNotSent,
  keepSent,
  keepTextSent,
  type TakenDelivery,
  type TakenRun,
  takeDelivery,
  takeRun,
  tidy,
} from './run.repository.js';
import { findSchedule, lockDue, type ScheduleRow, setNextRun, stopSchedule } from './schedule.repository.js';
import { timingOf } from './timing.js';

const LOOK_EVERY_MS = 5_000;
const PLAN_AT_ONCE = 20;
/** A pack that starts later than this after its time says so. */
const LATE_AFTER_MS = 5 * 60_000;
const SENDERS = 4;
/** Pauses before the second and later attempts; ± a quarter, so that packs that failed together do not come together. */
export const RETRY_AFTER_MS: readonly number[] = [30_000, 120_000, 480_000, 1_800_000, 7_200_000];
const SPREAD = 0.25;
const TIDY_EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;
export const FILE_KEPT_DAYS = 30;
const RUN_KEPT_DAYS = 400;

/** Of a pack from before its scope was kept. */
const EVERYTHING = { kind: 'all' } as const;
const SYSTEM = { kind: 'system', id: null, address: null } as const;

export interface ScheduleJobParts {
  pool: Pool;
  keys: Keys;
  clock: Clock;
  audit: AuditLog;
  packs: PackMaker;
  ways: Ways;
  /** Without a trailing slash; null: messages have no links. */
  publicUrl: string | null;
  /** Something that somebody must look at. */
  failed: (what: string, error: unknown) => void;
}

export class ScheduleJob {
  private readonly rounds = new Rounds(
    LOOK_EVERY_MS,
    () => this.runAll(),
    (error) => this.parts.failed('Scheduled reports could not be looked at', error),
  );
  private tidiedAt = 0;

  constructor(private readonly parts: ScheduleJobParts) {}

  start(): void {
    this.rounds.start();
    this.rounds.wake();
  }

  stop(): Promise<void> {
    return this.rounds.stop();
  }

  /** Does all that is due now. */
  run(): Promise<void> {
    return this.rounds.run();
  }

  private async runAll(): Promise<void> {
    await forgetErased(this.parts.pool, this.parts.clock.now());
    while ((await this.plan()) === PLAN_AT_ONCE && !this.rounds.stopped);
    while (!this.rounds.stopped && (await this.makeOne()));
    const senders = Array.from({ length: SENDERS }, async () => {
      while (!this.rounds.stopped && (await this.sendOne()));
    });
    // All of them, before anybody looks again: also when the database does not answer one of them.
    const failed = (await Promise.allSettled(senders)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
    await this.tidy();
  }

  /** Turns what is due into runs; returns how many schedules it looked at. */
  private async plan(): Promise<number> {
    const now = this.parts.clock.now();
    return inTransaction(this.parts.pool, async (tx) => {
      const due = await lockDue(tx, now, PLAN_AT_ONCE);
      for (const schedule of due) {
        const owner = await ownerNow(tx, schedule.owner);
        if ('lost' in owner) await this.stopFor(tx, schedule, owner.lost);
        else await this.planOne(tx, schedule, now);
      }
      return due.length;
    });
  }

  private async planOne(tx: Queryable, schedule: ScheduleRow, now: number): Promise<void> {
    const timing = await timingOf(tx, schedule, now);
    const { due, missed } = lastMissed(timing, schedule.nextRun ?? now, now);
    const kind = missed > 0 || now - due > LATE_AFTER_MS ? 'late' : 'on_time';
    await insertRun(tx, { scheduleId: schedule.id, due, kind, missed }, now);
    await setNextRun(tx, schedule.id, nextRun(timing, now));
  }

  private async stopFor(
    tx: Queryable,
    { id }: Pick<ScheduleRow, 'id'>,
    reason: Parameters<typeof stopSchedule>[2],
  ): Promise<void> {
    if (!(await stopSchedule(tx, id, reason))) return;
    await this.parts.audit.record(tx, {
      actor: SYSTEM,
      action: 'schedule.stopped',
      subject: { kind: 'schedule', id: String(id) },
      outcome: 'done',
      after: { reason },
    });
  }

  /** False: nothing waits to be made. */
  private async makeOne(): Promise<boolean> {
    const { pool, clock, failed } = this.parts;
    const run = await takeRun(pool, clock.now(), LEASE_MS);
    if (run === null) return false;
    // Only a process that was killed leaves a run without an end: one that kills whoever makes it is given up as well.
    if (run.attempts > TRIES_MAX) {
      await keepNotMade(pool, run, 'schedule_build_failed', null);
      return true;
    }
    try {
      await this.alive('report_run', run, () => this.make(run));
    } catch (error) {
      const isOurs = error instanceof AppError && error.status < 500;
      if (!isOurs) failed(`The pack of schedule ${run.scheduleId} could not be made`, error);
      const code = error instanceof AppError && error.code !== 'internal' ? error.code : 'schedule_build_failed';
      // What is wrong with the question or the rights stays wrong.
      await keepNotMade(pool, run, code, isOurs ? null : this.nextAttempt(run.attempts));
    }
    return true;
  }

  private async make(run: TakenRun): Promise<void> {
    const { pool, clock, packs } = this.parts;
    const schedule = await findSchedule(pool, run.scheduleId);
    if (schedule === null) return;
    const owner = await ownerNow(pool, schedule.owner);
    if ('lost' in owner) {
      await inTransaction(pool, (tx) => this.stopFor(tx, schedule, owner.lost));
      throw new AppError('schedule_owner_lost');
    }
    const { name: madeBy, scope } = owner.standing;
    const { due, missed, kind } = run;
    const began = clock.now();
    const pack = await packs.make({ fields: schedule, madeBy, scope, due, late: kind === 'late', missed });
    await keepMade(pool, run, { ...pack, scope }, began);
  }

  /** False: nothing waits to be sent. */
  private async sendOne(): Promise<boolean> {
    const { pool, clock, failed } = this.parts;
    const taken = await takeDelivery(pool, clock.now(), LEASE_MS);
    if (taken === null) return false;
    // As with runs: what is cut off again and again is not sent for ever. What only its last try was cut off has another.
    if (taken.cutOff >= TRIES_MAX) {
      await keepNotSent(pool, taken, { code: 'delivery_interrupted', params: { attempts: taken.cutOff } }, null);
      return true;
    }
    try {
      await this.alive('report_delivery', taken, () => this.sendTaken(taken));
    } catch (error) {
      const known = error instanceof AppError ? error : new AppError('internal', { cause: error });
      if (known.code === 'internal') failed(`Delivery ${taken.id} of a pack could not be sent`, error);
      const again = isWorthRetrying(known) ? this.nextAttempt(taken.attempts) : null;
      await keepNotSent(pool, taken, { code: known.code, params: known.params }, again);
    }
    return true;
  }

  private async sendTaken(taken: TakenDelivery): Promise<void> {
    const { keys, clock, ways } = this.parts;
    if (taken.sealed === null) throw new AppError('destination_removed');
    if (taken.file === null) throw new AppError('delivery_file_gone');
    const schedule = await this.requireOwner(taken);
    const destination: Destination = {
      kind: taken.kind as DestinationKind,
      config: openDestination(keys, taken.destinationId, taken.sealed),
    };
    const sha256 = taken.sha256.toString('hex');
    const file = { name: taken.fileName, mediaType: mediaTypeOf(taken.fileName), content: taken.file, sha256 };
    const inTwo = fileFollows(destination);
    if (!taken.textSent) {
      const offer = wantsLink(destination) ? await this.offerOf(taken, schedule, file.content.length) : null;
      await send(destination, this.packOf(taken, offer, file), ways, clock.now());
      if (inTwo) await this.record(taken, 'text', (tx) => keepTextSent(tx, taken, clock.now()));
    }
    if (inTwo) await sendFile(destination, file, ways);
    await this.record(taken, inTwo ? 'file' : 'all', (tx) => keepSent(tx, taken, clock.now()));
  }

  private packOf({ messageId, summary }: TakenDelivery, offer: PackOffer | null, file: Pack['file']): Pack {
    return { messageId, summary, message: messageOf(summary, this.parts.publicUrl, offer), offer, file };
  }

  /** The link of a message, kept before it goes out. Null: the schedule has none, or nobody knows our address. */
  private async offerOf(
    taken: TakenDelivery,
    { packLink, packLinkUses }: ScheduleRow,
    bytes: number,
  ): Promise<PackOffer | null> {
    const { publicUrl } = this.parts;
    if (publicUrl === null || packLink === 'none') return null;
    const uses = packLink === 'open' ? packLinkUses : 0;
    const token = await makeLink(this.parts, taken, uses);
    return { url: packPage(publicUrl, token), access: packLink, uses, fileName: taken.fileName, bytes };
  }

  /** What has gone out is kept together with its entry in the audit log. */
  private async record(
    taken: TakenDelivery,
    part: 'all' | 'text' | 'file',
    keep: (tx: Queryable) => Promise<boolean>,
  ): Promise<void> {
    const { id: delivery, scheduleId, destinationId: destination, kind, file } = taken;
    const what = part === 'text' ? {} : { bytes: file?.length ?? 0, sha256: taken.sha256.toString('hex') };
    await inTransaction(this.parts.pool, async (tx) => {
      if (!(await keep(tx))) return;
      await this.parts.audit.record(tx, {
        actor: SYSTEM,
        action: 'schedule.sent',
        subject: { kind: 'schedule', id: String(scheduleId) },
        outcome: 'done',
        after: { delivery, destination, kind, part, ...what },
      });
    });
  }

  /** Between making and sending, or trying again days later, the owner may have lost what the pack shows. */
  private async requireOwner({ scheduleId, scope }: TakenDelivery): Promise<ScheduleRow> {
    const { pool } = this.parts;
    const schedule = await findSchedule(pool, scheduleId);
    const owner = await ownerNow(pool, schedule?.owner ?? null);
    if (schedule === null || 'lost' in owner || !covers(owner.standing.scope, scope ?? EVERYTHING))
      throw new AppError('schedule_owner_lost');
    return schedule;
  }

  private alive<T>(
    of: 'report_run' | 'report_delivery',
    taken: Parameters<typeof extendLease>[2],
    work: () => Promise<T>,
  ): Promise<T> {
    const { pool, clock } = this.parts;
    return whileAlive(() => extendLease(pool, of, taken, clock.now() + LEASE_MS), work);
  }

  /** @param attempts made so far. Null: that was the last. */
  private nextAttempt(attempts: number): number | null {
    const pause = RETRY_AFTER_MS[attempts - 1];
    return pause === undefined ? null : this.parts.clock.now() + pause * (1 - SPREAD + 2 * SPREAD * jitter());
  }

  private async tidy(): Promise<void> {
    const now = this.parts.clock.now();
    if (now - this.tidiedAt < TIDY_EVERY_MS) return;
    this.tidiedAt = now;
    await forgetLinks(this.parts.pool, now);
    await tidy(this.parts.pool, now - FILE_KEPT_DAYS * DAY_MS, now - RUN_KEPT_DAYS * DAY_MS);
  }
}

/** Schedules as people set them: every change in one transaction with its entry in the audit log. */
import type { Pool } from 'pg';
import { hiddenByScope, type Principal, TokenBuckets, wallClockZone } from '../../access/index.js';
import type { AuditLog, Json, Queryable } from '../../audit/index.js';
import { AppError, type Clock, inTransaction, isoOf, type Keys, uuid } from '../../platform/index.js';
import type { AuditAction, AuditActor } from '../../shared/audit.js';
import {
  DESTINATION_KINDS,
  type DestinationInput,
  type DestinationTest,
  type MadeSchedule,
  type RunView,
  SCHEDULES_MAX,
  type ScheduleInput,
  type ScheduleList,
  type SchedulePatch,
  type SchedulePreview,
  type ScheduleView,
  type UpcomingRequest,
  type UpcomingView,
} from '../../shared/schedules.js';
import { covers } from '../exports/index.js';
import type { ReportDocuments } from '../ports.js';
import { configOf, openDestination, sealDestination } from './destinations/destination.js';
import { type Pack, send, type Ways } from './destinations/senders.js';
import { previewText } from './destinations/texts.js';
import { sampleOffer } from './links/index.js';
import { messageOf } from './message.js';
import { ownerNow } from './owner.js';
import { mediaTypeOf, type PackMaker } from './pack.js';
import { nextRun, upcoming } from './rhythm.js';
import { fileOf, findDelivery, insertRun, makeAgain, runsOf, sendAgain } from './run.repository.js';
import {
  countSchedules,
  deleteSchedule,
  destinationsOf,
  findSchedule,
  insertSchedule,
  listSchedules,
  newDestinationId,
  putDestination,
  removeDestinations,
  type ScheduleFields,
  type ScheduleRow,
  updateSchedule,
} from './schedule.repository.js';
import { audited, fieldsOf, withDefaults } from './schedule-fields.js';
import { runViews, scheduleViews } from './schedule-views.js';
import { timingOf } from './timing.js';

const UPCOMING = 3;
const RUNS_LISTED = 100;
/** Test messages and previews of one person: some at once, then one each … */
const TRIES = { capacity: 10, refillMs: 20_000 };

export interface Asker {
  principal: Principal;
  actor: AuditActor;
}

export interface ScheduleParts {
  pool: Pool;
  keys: Keys;
  clock: Clock;
  audit: AuditLog;
  packs: PackMaker;
  documents: ReportDocuments;
  ways: Ways;
  publicUrl: string | null;
  /** There is something to do. */
  wake: () => void;
}

export class SchedulesService {
  private readonly tries: TokenBuckets;

  constructor(private readonly parts: ScheduleParts) {
    this.tries = new TokenBuckets(parts.clock, TRIES);
  }

  async list({ principal }: Asker): Promise<ScheduleList> {
    const { pool, clock, ways, publicUrl } = this.parts;
    const owner = seesAll(principal) ? null : userIdOf(principal);
    const rows = owner === undefined ? [] : await listSchedules(pool, owner);
    return {
      schedules: await this.views(pool, rows),
      mail: ways.mail.isSetUp,
      links: publicUrl !== null,
      zone: await wallClockZone(pool, clock.now()),
    };
  }

  async one(asker: Asker, id: number): Promise<ScheduleView> {
    return this.view(this.parts.pool, await this.found(this.parts.pool, asker, id));
  }

  /** Throws `schedule_needs_person`, `schedules_too_many`, and what sources and destinations throw. */
  async create(asker: Asker, input: ScheduleInput): Promise<MadeSchedule> {
    const owner = userIdOf(asker.principal);
    if (owner === undefined) throw new AppError('schedule_needs_person');
    await this.requireSources(asker.principal, input);
    return this.change(asker, 'schedule.created', async (tx) => {
      if ((await countSchedules(tx)) >= SCHEDULES_MAX) {
        throw new AppError('schedules_too_many', { params: { max: SCHEDULES_MAX } });
      }
      const now = this.parts.clock.now();
      const id = await insertSchedule(tx, withDefaults(input), {
        owner,
        nextRun: await this.nextOf(tx, input, now),
        now,
      });
      return { id, before: null, secrets: await this.putDestinations(tx, id, input.destinations) };
    });
  }

  /** Throws `not_found`, `schedule_changed`, `schedule_owner_lost`, and what sources and destinations throw. */
  async patch(
    asker: Asker,
    id: number,
    { revision, takeOver, destinations, ...patch }: SchedulePatch,
  ): Promise<MadeSchedule> {
    if (patch.sources !== undefined) await this.requireSources(asker.principal, { sources: patch.sources });
    return this.change(asker, 'schedule.changed', async (tx) => {
      const before = await this.found(tx, asker, id, true);
      if (before.revision !== revision)
        throw new AppError('schedule_changed', { params: { revision: before.revision } });
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      const after: ScheduleFields = { ...fieldsOf(before), ...given };
      const owner = takeOver === true ? userIdOf(asker.principal) : before.owner?.id;
      if (owner === undefined && takeOver === true) throw new AppError('schedule_needs_person');
      if (after.active && 'lost' in (await ownerNow(tx, owner === undefined ? null : { id: owner }))) {
        throw new AppError('schedule_owner_lost');
      }
      const secrets = destinations === undefined ? [] : await this.putDestinations(tx, id, destinations);
      const now = this.parts.clock.now();
      await updateSchedule(tx, id, after, { owner: owner ?? null, nextRun: await this.nextOf(tx, after, now), now });
      return { id, before, secrets };
    });
  }

  async remove(asker: Asker, id: number): Promise<void> {
    await inTransaction(this.parts.pool, async (tx) => {
      const before = await this.found(tx, asker, id, true);
      await deleteSchedule(tx, id);
      await this.record(tx, asker.actor, 'schedule.deleted', id, { before: audited(before) });
    });
  }

  async upcoming({ rhythm, zone, workingDaysOnly }: UpcomingRequest): Promise<UpcomingView> {
    const now = this.parts.clock.now();
    const timing = await timingOf(this.parts.pool, { rhythm, zone, workingDaysOnly }, now);
    return { zone: timing.zone, times: upcoming(timing, now, UPCOMING).map(isoOf) };
  }

  /** What would go out now, to whoever asks alone. Throws `rate_limited` and what the documents throw. */
  async preview({ principal, actor }: Asker, input: ScheduleInput): Promise<SchedulePreview> {
    if (!principal.permissions.has('kpis:read')) throw new AppError('forbidden');
    this.requireCalm(principal);
    const { packs, clock, publicUrl, audit } = this.parts;
    const due = clock.now();
    const { scope, name: madeBy } = principal;
    const pack = await packs.make({ fields: input, madeBy, scope, due, late: false, missed: 0 });
    const kinds = new Set(input.destinations.map(({ kind }) => kind));
    audit.note({
      actor,
      action: 'schedule.previewed',
      subject: null,
      outcome: 'done',
      after: { bytes: pack.content.length, sha256: pack.sha256.toString('hex') },
    });
    return {
      file: {
        name: pack.name,
        bytes: pack.content.length,
        mediaType: mediaTypeOf(pack.name),
        base64: pack.content.toString('base64'),
      },
      summary: pack.summary,
      texts: DESTINATION_KINDS.filter((kind) => kinds.has(kind)).map((kind) => ({
        kind,
        ...previewText(kind, messageOf(pack.summary, publicUrl, sampleOffer(publicUrl, input, kind, pack))),
      })),
    };
  }

  /** Sends a short message. Throws `rate_limited`, `not_found`, and what sending throws. */
  async test(asker: Asker, { destination, schedule, language }: DestinationTest): Promise<void> {
    if (userIdOf(asker.principal) === undefined) throw new AppError('schedule_needs_person');
    this.requireCalm(asker.principal);
    const { pool, clock, ways, publicUrl, audit } = this.parts;
    const kept = await this.keptDestination(asker, destination, schedule);
    const config = configOf(destination, kept, ways.outbound, 'destination');
    const summary: Pack['summary'] = {
      name: language === 'zh' ? '测试消息：定时报表可送达此处' : 'Test message: scheduled reports reach this place',
      organisation: (await pool.query<{ name: string }>('SELECT name FROM organisation')).rows[0]?.name ?? '',
      language,
      due: isoOf(clock.now()),
      late: false,
      missed: 0,
      asOf: isoOf(clock.now()),
      parts: [],
    };
    const message = messageOf(summary, publicUrl);
    const pack: Pack = { messageId: uuid(), message, summary, offer: null, file: null };
    audit.note({
      actor: asker.actor,
      action: 'schedule.tested',
      subject: schedule === undefined ? null : { kind: 'schedule', id: String(schedule) },
      outcome: 'done',
      after: { kind: destination.kind },
    });
    await send({ kind: destination.kind, config }, pack, ways, clock.now());
  }

  /** One more run, now. Throws `not_found`, `schedule_owner_lost`. */
  async runNow(asker: Asker, id: number): Promise<RunView> {
    const { pool, clock, wake } = this.parts;
    const run = await inTransaction(pool, async (tx) => {
      const schedule = await this.found(tx, asker, id, true);
      if ('lost' in (await ownerNow(tx, schedule.owner))) throw new AppError('schedule_owner_lost');
      const now = clock.now();
      const made = await insertRun(tx, { scheduleId: id, due: now, kind: 'by_hand', missed: 0 }, now);
      if (made !== null) await this.record(tx, asker.actor, 'schedule.run', id, { after: { run: made } });
      return made;
    });
    wake();
    const views = await this.runs(asker, id);
    const view = views.find((one) => one.id === run) ?? views[0];
    if (view === undefined) throw new AppError('not_found');
    return view;
  }

  async runs(asker: Asker, id: number): Promise<RunView[]> {
    const { pool, keys } = this.parts;
    await this.found(pool, asker, id);
    return runViews(pool, keys, await runsOf(pool, id, RUNS_LISTED));
  }

  /** Throws `not_found`, `delivery_in_progress`, `delivery_file_gone`. */
  async retry(asker: Asker, deliveryId: string): Promise<void> {
    const { pool, clock, wake } = this.parts;
    await inTransaction(pool, async (tx) => {
      const delivery = await findDelivery(tx, deliveryId);
      if (delivery === null) throw new AppError('not_found');
      await this.found(tx, asker, delivery.scheduleId, true);
      if (delivery.fileGone) throw new AppError('delivery_file_gone');
      if (delivery.runState === 'failed') await makeAgain(tx, delivery.runId, clock.now());
      if (!(await sendAgain(tx, deliveryId, clock.now()))) throw new AppError('delivery_in_progress');
      await this.record(tx, asker.actor, 'schedule.retried', delivery.scheduleId, { after: { delivery: deliveryId } });
    });
    wake();
  }

  /** The pack as it went out. Throws `not_found`, `export_rights_lost`, `delivery_file_gone`. */
  async file(asker: Asker, runId: string): Promise<{ name: string; content: Buffer }> {
    const { pool, audit } = this.parts;
    const found = await fileOf(pool, runId);
    if (found === null) throw new AppError('not_found');
    await this.found(pool, asker, found.scheduleId);
    if (!covers(asker.principal.scope, found.scope ?? { kind: 'all' })) throw new AppError('export_rights_lost');
    if (found.file === null || found.name === null) throw new AppError('delivery_file_gone');
    audit.note({
      actor: asker.actor,
      action: 'schedule.downloaded',
      subject: { kind: 'schedule', id: String(found.scheduleId) },
      outcome: 'done',
      after: { run: runId, bytes: found.file.length, sha256: found.sha256 },
    });
    return { name: found.name, content: found.file };
  }

  // ── inside ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  private async change(
    { actor }: Asker,
    action: AuditAction,
    work: (tx: Queryable) => Promise<{ id: number; before: ScheduleRow | null; secrets: MadeSchedule['secrets'] }>,
  ): Promise<MadeSchedule> {
    return inTransaction(this.parts.pool, async (tx) => {
      const { id, before, secrets } = await work(tx);
      const after = await findSchedule(tx, id);
      if (after === null) throw new AppError('not_found');
      await this.record(tx, actor, action, id, {
        ...(before === null ? {} : { before: audited(before) }),
        after: audited(after),
      });
      return { schedule: await this.view(tx, after), secrets };
    });
  }

  /** Those that are not named any more are removed. Returns the secrets of new webhooks. */
  private async putDestinations(
    tx: Queryable,
    scheduleId: number,
    inputs: readonly DestinationInput[],
  ): Promise<MadeSchedule['secrets']> {
    const { keys, ways } = this.parts;
    const kept = (await destinationsOf(tx, [scheduleId])).filter(({ sealed }) => sealed !== null);
    const secrets: MadeSchedule['secrets'] = [];
    for (const [at, input] of inputs.entries()) {
      const row = input.id === undefined ? undefined : kept.find(({ id }) => id === input.id);
      if (input.id !== undefined && row?.sealed == null)
        throw new AppError('not_found', { field: `destinations.${at}.id` });
      const id = row?.id ?? (await newDestinationId(tx));
      const before = row?.sealed == null ? null : { kind: row.kind, config: openDestination(keys, id, row.sealed) };
      const config = configOf(input, before, ways.outbound, `destinations.${at}`);
      await putDestination(tx, { id, scheduleId, kind: input.kind, sealed: sealDestination(keys, id, config) });
      if (before === null && input.kind === 'webhook') secrets.push({ destinationId: id, secret: config.secret ?? '' });
    }
    const named = new Set(inputs.map(({ id }) => id));
    await removeDestinations(
      tx,
      kept.map(({ id }) => id).filter((id) => !named.has(id)),
    );
    return secrets;
  }

  private async keptDestination(asker: Asker, { id }: DestinationInput, schedule: number | undefined) {
    if (id === undefined || schedule === undefined) return null;
    const { pool, keys } = this.parts;
    await this.found(pool, asker, schedule);
    const row = (await destinationsOf(pool, [schedule])).find((one) => one.id === id);
    if (row?.sealed == null) throw new AppError('not_found', { field: 'destination.id' });
    return { kind: row.kind, config: openDestination(keys, id, row.sealed) };
  }

  /** A question that cannot be answered, or not by this person, is found out now and not on Monday. */
  private async requireSources({ scope }: Principal, { sources }: Pick<ScheduleInput, 'sources'>): Promise<void> {
    for (const source of sources) await this.parts.documents.document(source, scope);
  }

  private async nextOf(
    tx: Queryable,
    fields: Pick<ScheduleFields, 'rhythm' | 'zone' | 'workingDaysOnly' | 'active'>,
    now: number,
  ): Promise<number | null> {
    return fields.active ? nextRun(await timingOf(tx, fields, now), now) : null;
  }

  /** Throws `not_found`, also for somebody else's. */
  private async found(db: Queryable, { principal }: Asker, id: number, lock = false): Promise<ScheduleRow> {
    const row = await findSchedule(db, id, lock);
    if (row === null) throw new AppError('not_found');
    if (!seesAll(principal) && (row.owner === null || row.owner.id !== userIdOf(principal))) throw hiddenByScope();
    return row;
  }

  private async views(db: Queryable, rows: readonly ScheduleRow[]): Promise<ScheduleView[]> {
    return scheduleViews(db, this.parts.keys, rows, await wallClockZone(db, this.parts.clock.now()));
  }

  private async view(db: Queryable, row: ScheduleRow): Promise<ScheduleView> {
    const [view] = await this.views(db, [row]);
    if (view === undefined) throw new AppError('not_found');
    return view;
  }

  private requireCalm(principal: Principal): void {
    const waitMs = this.tries.take(principal.kind === 'user' ? `user:${principal.userId}` : principal.kind);
    if (waitMs > 0) throw new AppError('rate_limited', { params: { seconds: Math.ceil(waitMs / 1_000) } });
  }

  private record(
    tx: Queryable,
    actor: AuditActor,
    action: AuditAction,
    id: number,
    fields: { before?: Json; after?: Json },
  ): Promise<void> {
    const subject = { kind: 'schedule', id: String(id) };
    return this.parts.audit.record(tx, { actor, action, subject, outcome: 'done', ...fields });
  }
}

/** Whoever may change the settings sees and changes everybody's; what is in a pack they may see anyway. */
function seesAll({ permissions, scope }: Principal): boolean {
  return permissions.has('settings:write') && permissions.has('kpis:read') && scope.kind === 'all';
}

function userIdOf(principal: Principal): number | undefined {
  return principal.kind === 'user' ? principal.userId : undefined;
}

/** Asking for exports, following them, and fetching their files: everything but the making. */
import { createHash } from 'node:crypto';
import type { ReadStream } from 'node:fs';
import type { Pool, PoolClient } from 'pg';
import { hiddenByScope, type NamedInFilter, type Principal, requireInScope } from '../../access/index.js';
import type { AuditLog, Json } from '../../audit/index.js';
import { AppError, type Clock, inTransaction, secureToken, type TaskQueue, uuid } from '../../platform/index.js';
import type { AuditAction, AuditActor } from '../../shared/audit.js';
import type { ExportLink, ExportList, ExportRequest, ExportSource, ExportView } from '../../shared/exports.js';
import type { ExportRepository } from './export.repository.js';
import type { ExportFiles } from './export-files.js';
import type { ExportJob, ExportMaker } from './export-job.js';
import type { ExportRunner } from './export-runner.js';
import { exportView, isSame } from './export-view.js';
import { callsQueryOf, outcomesQueryOf } from './lists.js';
import { type MakerRights, permissionFor } from './maker-rights.js';

const LINK_MS = 5 * 60_000;

export interface ServiceParts {
  pool: Pool;
  repository: ExportRepository;
  files: ExportFiles;
  rights: MakerRights;
  runner: Pick<ExportRunner, 'cancel'>;
  queue: TaskQueue;
  audit: AuditLog;
  clock: Clock;
  keepDays: number;
  perPerson: number;
}

export interface Asking {
  principal: Principal;
  actor: AuditActor;
}

export interface FetchedFile {
  job: ExportJob;
  stream: ReadStream;
  bytes: number;
}

export class ExportService {
  constructor(private readonly parts: ServiceParts) {}

  /** Throws `forbidden`, `outside_scope`, `export_format_unfit`, `export_numbers_refused`, `exports_too_many`. */
  async make(request: Required<ExportRequest>, { principal, actor }: Asking): Promise<ExportView> {
    const { pool, repository, clock, queue, perPerson } = this.parts;
    const { source, format, language, byteOrderMark } = request;
    if (!principal.permissions.has(permissionFor(source))) throw new AppError('forbidden');
    const isList = source.kind === 'calls' || source.kind === 'outcomes';
    if (isList && format === 'pdf') throw new AppError('export_format_unfit', { field: 'format' });
    const fullNumbers = isList && request.numbers === 'full';
    if (fullNumbers && !principal.permissions.has('numbers:reveal')) {
      throw new AppError('export_numbers_refused', { field: 'numbers' });
    }
    await requireInScope(pool, principal.scope, namedIn(source));
    const maker = makerOf(principal);
    const id = uuid();
    const made = await inTransaction(pool, async (tx) => {
      const wish = { id, maker, source, format, language, byteOrderMark, fullNumbers };
      const job = await repository.insert(tx, { ...wish, scope: principal.scope, now: clock.now() }, perPerson);
      if (job === null) throw new AppError('exports_too_many', { params: { max: perPerson } });
      const numbers = fullNumbers ? 'full' : 'masked';
      await this.note(tx, actor, 'export.asked', id, { ...auditedSource(source), format, numbers });
      return job;
    });
    // Without the queue, or when it cannot be reached, the next look finds the row.
    void queue.add('export', { id }, { id: `export-${id}` });
    return exportView(made, maker);
  }

  /** Own ones; everybody's only to whoever may read the audit log. */
  async list(everybody: boolean, { principal }: Asking): Promise<ExportList> {
    const asker = makerOf(principal);
    if (everybody && !seesAll(principal)) throw new AppError('forbidden');
    const jobs = await this.parts.repository.list(everybody ? null : asker);
    return { exports: jobs.map((job) => exportView(job, asker)), keepDays: this.parts.keepDays };
  }

  async get(id: string, { principal }: Asking): Promise<ExportView> {
    const asker = makerOf(principal);
    const job = seen(await this.parts.repository.find(checked(id)), principal, 'see');
    return exportView(job, asker);
  }

  /** Throws `export_over`. */
  async cancel(id: string, { principal, actor }: Asking): Promise<ExportView> {
    const { pool, repository, clock, runner } = this.parts;
    const job = await inTransaction(pool, async (tx) => {
      const before = seen(await repository.lock(tx, checked(id)), principal, 'change');
      if (before.state !== 'waiting' && before.state !== 'running') throw new AppError('export_over');
      await repository.cancel(tx, id, clock.now());
      await this.note(tx, actor, 'export.cancelled', id);
      return (await repository.find(id, tx)) ?? before;
    });
    runner.cancel(id);
    return exportView(job, makerOf(principal));
  }

  /** A running one is to be cancelled first (`export_not_ready`). */
  async remove(id: string, { principal, actor }: Asking): Promise<void> {
    const { pool, repository, files } = this.parts;
    const job = await inTransaction(pool, async (tx) => {
      const before = seen(await repository.lock(tx, checked(id)), principal, 'change');
      if (before.state === 'waiting' || before.state === 'running') throw new AppError('export_not_ready');
      await repository.remove(tx, id);
      await this.note(tx, actor, 'export.deleted', id);
      return before;
    });
    if (job.run !== null) await files.remove(id, job.run);
  }

  /** Only for its maker. Throws `export_not_ready`, `export_expired`, `export_erased`, `export_rights_lost`. */
  async link(id: string, { principal, actor }: Asking): Promise<ExportLink> {
    const { pool, repository, clock, rights } = this.parts;
    const token = secureToken(32);
    const expiresAt = clock.now() + LINK_MS;
    const job = seen(await repository.find(checked(id)), principal, 'fetch');
    await this.requireFile(job);
    await rights.require(job);
    await inTransaction(pool, async (tx) => {
      await repository.insertLink(tx, hashOf(token), id, expiresAt);
      await this.note(tx, actor, 'export.link_made', id);
    });
    return { url: `/api/v1/exports/${id}/file?token=${token}`, expiresAt: new Date(expiresAt).toISOString() };
  }

  /** Whoever has the link. It is used up by the first answer. Throws `export_link_invalid` and what `link` throws. */
  async fetch(id: string, token: string, actor: AuditActor): Promise<FetchedFile> {
    const { pool, repository, clock, rights, files } = this.parts;
    const job = UUID.test(id) ? await repository.find(id) : null;
    if (job === null) throw new AppError('export_link_invalid');
    // Looked at first, used up last: no connection is held while another is asked for, or a few fetches at once would wait
    // for one another for ever.
    const hash = hashOf(token);
    if (!(await repository.isLinkGood(hash, id, clock.now()))) throw new AppError('export_link_invalid');
    await this.requireFile(job);
    await rights.require(job);
    const file = await inTransaction(pool, async (tx) => {
      if (!(await repository.useLink(tx, hash, id, clock.now()))) throw new AppError('export_link_invalid');
      const found = job.run === null ? null : await files.read(id, job.run);
      if (found === null) throw new AppError('export_expired');
      const after = { rows: job.rows, sha256: job.sha256?.toString('hex'), maker: `${job.maker.kind}:${job.maker.id}` };
      await this.note(tx, actor, 'export.downloaded', id, after);
      return found;
    });
    return { job, ...file };
  }

  private async requireFile(job: ExportJob): Promise<void> {
    if (job.state === 'expired') {
      throw new AppError(job.errorCode === 'export_erased' ? 'export_erased' : 'export_expired');
    }
    if (job.state !== 'done') throw new AppError('export_not_ready');
    if (job.expiresAt !== null && job.expiresAt <= this.parts.clock.now()) throw new AppError('export_expired');
    if (await this.parts.repository.mayHoldErased(job.id)) throw new AppError('export_erased');
  }

  private note(tx: PoolClient, actor: AuditActor, action: AuditAction, id: string, after?: Json): Promise<void> {
    const entry = { actor, action, subject: { kind: 'export', id }, outcome: 'done' as const };
    return this.parts.audit.record(tx, after === undefined ? entry : { ...entry, after });
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What cannot be one is not found. */
function checked(id: string): string {
  if (!UUID.test(id)) throw new AppError('not_found');
  return id;
}

function makerOf(principal: Principal): ExportMaker {
  if (principal.kind === 'user') return { kind: 'user', id: principal.userId };
  if (principal.kind === 'key') return { kind: 'key', id: principal.keyId };
  throw new AppError('forbidden');
}

/** Auditors and administrators see what left the system, and who took it. */
function seesAll({ permissions }: Principal): boolean {
  return permissions.has('audit:read');
}

/** Others' are seen by whoever may read the audit log, ended by administrators, and fetched by nobody. */
function seen(job: ExportJob | null, principal: Principal, to: 'see' | 'change' | 'fetch'): ExportJob {
  if (job === null) throw new AppError('not_found');
  if (isSame(job.maker, makerOf(principal))) return job;
  if (!seesAll(principal)) throw hiddenByScope();
  if (to === 'see' || (to === 'change' && principal.permissions.has('settings:write'))) return job;
  throw new AppError('forbidden');
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

/** Whom its filter names: somebody outside the scope is refused at once, as on the list itself. */
function namedIn(source: ExportSource): NamedInFilter {
  switch (source.kind) {
    case 'calls':
      return callsQueryOf(source.query);
    case 'outcomes':
      return outcomesQueryOf(source.query);
    case 'ready':
      return source.query.filters;
    case 'explore':
      return source.spec.filters;
    case 'period':
      return {};
  }
}

/** Ids only: the id of a call's leg is the provider's and says nothing that is ours to keep. */
function auditedSource(source: ExportSource): { [key: string]: Json } {
  switch (source.kind) {
    case 'calls':
    case 'outcomes': {
      const query = new URLSearchParams(source.query);
      if (query.has('call')) query.set('call', '•');
      return { source: source.kind, filter: query.toString() };
    }
    case 'ready':
      return { source: source.report, filter: JSON.stringify(source.query) };
    case 'explore':
      return { source: 'explore', filter: JSON.stringify(source.spec) };
    case 'period':
      return { source: 'period', filter: source.month };
  }
}

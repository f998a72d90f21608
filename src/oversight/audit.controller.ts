import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Inject, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor } from '../access/index.js';
import { AUDIT, type AuditLog, type Json } from '../audit/index.js';
import { CLOCK, type Clock, DATABASE, type Database, inTransaction, isoOf } from '../platform/index.js';
import type { AuditActor, AuditActorsView, AuditPage, AuditStatus } from '../shared/audit.js';
import { AuditReadModel } from './audit.read-model.js';
import { type AuditFilter, readFilter, readPageQuery } from './audit-query.js';

/** Who did what. Read only: nothing here can change an entry. */
@ApiTags('audit')
@ApiBearerAuth()
@Access('audit:read')
@Controller('api/v1/audit')
export class AuditController {
  constructor(
    @Inject(AuditReadModel) private readonly readModel: AuditReadModel,
    @Inject(AUDIT) private readonly audit: AuditLog,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Entries of the audit log, newest first',
    description: 'Pass `next` of a page as `cursor` for the one behind it.',
  })
  @ApiQuery({ name: 'from', required: false, description: 'ISO 8601 instant' })
  @ApiQuery({ name: 'to', required: false, description: 'Exclusive' })
  @ApiQuery({
    name: 'actor',
    required: false,
    description: '`user:3`, `key:2`, or a kind: user, key, screen, system, anonymous',
  })
  @ApiQuery({
    name: 'action',
    required: false,
    description: 'Names (`team.changed`) or areas (`team`), comma-separated',
  })
  @ApiQuery({ name: 'subject', required: false, description: '`team:12`, or a kind' })
  @ApiQuery({ name: 'outcome', required: false, enum: ['done', 'refused'] })
  @ApiQuery({ name: 'limit', required: false, description: '1 to 200, default 50' })
  @ApiQuery({ name: 'cursor', required: false })
  page(@Query() query: Record<string, unknown>): Promise<AuditPage> {
    return this.readModel.page(readPageQuery(query));
  }

  @Get('actors')
  @ApiOperation({ summary: 'Everybody the log names' })
  actors(): Promise<AuditActorsView> {
    return this.readModel.actors();
  }

  @Get('status')
  @ApiOperation({ summary: 'Length, ends and anchor of the chain, and its last proof' })
  status(): Promise<AuditStatus> {
    return this.readModel.status();
  }

  @Post('verify')
  @HttpCode(200)
  @ApiOperation({ summary: 'Prove the whole chain now' })
  verify(): Promise<AuditStatus> {
    return this.readModel.verify();
  }

  @Get('export.csv')
  @ApiProduces('text/csv')
  @ApiOperation({ summary: 'Entries as CSV, same filters; the export is itself an entry' })
  async export(@Query() query: Record<string, unknown>, @CurrentActor() actor: AuditActor): Promise<StreamableFile> {
    const filter = readFilter(query);
    await inTransaction(this.database.pool, (tx) =>
      this.audit.record(tx, { actor, action: 'audit.exported', subject: null, outcome: 'done', after: asJson(filter) }),
    );
    const day = isoOf(this.clock.now()).slice(0, 10);
    return new StreamableFile(Readable.from(this.readModel.csv(filter)), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="audit-${day}.csv"`,
    });
  }
}

function asJson({ from, to, actor, actions, subject, outcome }: AuditFilter): Json {
  return {
    ...(from === null ? {} : { from: isoOf(from) }),
    ...(to === null ? {} : { to: isoOf(to) }),
    ...(actor === null ? {} : { actor: { ...actor } }),
    ...(actions === null ? {} : { actions }),
    ...(subject === null ? {} : { subject: { ...subject } }),
    ...(outcome === null ? {} : { outcome }),
  };
}

import { Body, Controller, Get, Header, HttpCode, Inject, type OnModuleInit, Param, Post, Query } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiBearerAuth, ApiConsumes, ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Access, CurrentActor, CurrentScope, parseInput } from '../../access/index.js';
import { AppError, takesCsv } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { AuditActor } from '../../shared/audit.js';
import type { DoNotCallCheck, DoNotCallEntry, DoNotCallPage, ListImport } from '../../shared/customer-lists.js';
import { DoNotCallService, doNotCallTemplate } from './do-not-call.service.js';
import { DoNotCallImport } from './do-not-call-import.js';

const flag = z.enum(['true', 'false', '']).optional();
const number = z.string().trim().min(1).max(64);
const reason = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not hold control characters');
const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
const CreateBody = z.strictObject({
  number,
  since: z.iso.datetime({ offset: true, error: 'must be an instant such as 2026-03-14T09:15:00Z' }).optional(),
  reason: reason.optional(),
});
const RemovalBody = z.strictObject({ reason });
const CheckBody = z.strictObject({ numbers: z.array(number).min(1).max(500) });
const ExportQuery = z.strictObject({ bom: flag });
const ImportQuery = z.strictObject({ dryRun: flag });

@ApiTags('customers')
@ApiBearerAuth()
@Access('outcomes:read')
@Controller('api/v1/do-not-call')
export class DoNotCallController implements OnModuleInit {
  constructor(
    @Inject(DoNotCallService) private readonly list: DoNotCallService,
    @Inject(DoNotCallImport) private readonly imports: DoNotCallImport,
    @Inject(HttpAdapterHost) private readonly http: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    takesCsv(this.http.httpAdapter.getInstance<FastifyInstance>(), '/api/v1/do-not-call/import');
  }

  @Get()
  @ApiOperation({ summary: 'Who is not to be called any more, latest first; numbers masked' })
  @ApiQuery({ name: 'limit', required: false, description: '1 to 200, default 50' })
  @ApiQuery({ name: 'cursor', required: false })
  page(@Query() raw: unknown, @CurrentScope() scope: Scope): Promise<DoNotCallPage> {
    const { limit, cursor } = parseInput(PageQuery, raw);
    return this.list.page(limit, cursor ?? null, scope.kind === 'all');
  }

  @Post()
  @HttpCode(201)
  @Access('people:write')
  @ApiOperation({ summary: 'Put a number on the list' })
  add(@Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<DoNotCallEntry> {
    return this.list.add(actor, parseInput(CreateBody, body));
  }

  @Post('check')
  @HttpCode(200)
  @ApiOperation({ summary: 'Whether numbers are on the list: what a dialler asks before it dials' })
  check(@Body() body: unknown): Promise<DoNotCallCheck[]> {
    return this.list.check(parseInput(CheckBody, body).numbers);
  }

  @Get('export.csv')
  @Access('exports:make')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="do-not-call.csv"')
  @ApiProduces('text/csv')
  @ApiOperation({ summary: 'The list as CSV; numbers masked; audited' })
  @ApiQuery({ name: 'bom', required: false, enum: ['true', 'false'], description: 'With a byte order mark' })
  export(@Query() raw: unknown, @CurrentActor() actor: AuditActor): Promise<string> {
    return this.list.file(actor, parseInput(ExportQuery, raw).bom === 'true');
  }

  @Get('template.csv')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="do-not-call-template.csv"')
  @ApiProduces('text/csv')
  @ApiOperation({ summary: 'The columns of an import, with an example' })
  template(): string {
    return doNotCallTemplate();
  }

  @Post('import')
  @HttpCode(200)
  @Access('people:write')
  @ApiConsumes('text/csv')
  @ApiOperation({ summary: 'Numbers from CSV: all or nothing; a dry run says what would happen' })
  @ApiQuery({ name: 'dryRun', required: false, enum: ['true', 'false'] })
  import(@Query() raw: unknown, @Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<ListImport> {
    const { dryRun } = parseInput(ImportQuery, raw);
    if (!Buffer.isBuffer(body)) throw new AppError('unsupported_media_type');
    return this.imports.run(actor, body, dryRun === 'true');
  }

  @Post(':customerId/removal')
  @HttpCode(204)
  @Access('people:write')
  @ApiOperation({ summary: 'Take somebody off the list, with the reason' })
  remove(
    @Param('customerId') customer: string,
    @Body() body: unknown,
    @CurrentActor() actor: AuditActor,
  ): Promise<void> {
    if (!/^[1-9]\d{0,17}$/.test(customer)) throw new AppError('not_found');
    return this.list.remove(actor, customer, parseInput(RemovalBody, body).reason);
  }
}

import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Inject,
  type OnModuleInit,
  Param,
  Patch,
  Post,
  Query,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiBearerAuth, ApiConsumes, ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Access, CurrentActor, CurrentPrincipal, CurrentScope, type Principal, parseInput } from '../access/index.js';
import { OutcomeInputSchema } from '../calls/index.js';
import type { RawQuery } from '../kpi/read/index.js';
import { AppError, takesCsv } from '../platform/index.js';
import type { Scope } from '../shared/access.js';
import type { AuditActor } from '../shared/audit.js';
import type {
  OutcomeCorrection,
  OutcomeDetail,
  OutcomeImport,
  OutcomeInput,
  OutcomePage,
  OutcomeReply,
} from '../shared/outcomes.js';
import { EnteringService } from './entering.service.js';
import { outcomesTemplate } from './outcome-file.js';
import { OutcomeImportService } from './outcome-import.service.js';
import { OutcomesReadModel } from './outcomes.read-model.js';
import { readOutcomesQuery } from './outcomes-query.js';

const BATCH_MAX = 500;
const CorrectionSchema = OutcomeInputSchema.omit({ externalId: true, version: true });
const ImportQuery = z.strictObject({ dryRun: z.enum(['true', 'false', '']).optional() });

@ApiTags('outcomes')
@ApiBearerAuth()
@Access('outcomes:read')
@Controller('api/v1/outcomes')
export class OutcomesController implements OnModuleInit {
  constructor(
    @Inject(OutcomesReadModel) private readonly readModel: OutcomesReadModel,
    @Inject(EnteringService) private readonly entering: EnteringService,
    @Inject(OutcomeImportService) private readonly imports: OutcomeImportService,
    @Inject(HttpAdapterHost) private readonly http: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    takesCsv(this.http.httpAdapter.getInstance<FastifyInstance>(), '/api/v1/outcomes/import');
  }

  @Get()
  @ApiOperation({
    summary: 'Outcomes, newest first',
    description: 'Pass `next` of a page as `cursor` for the one behind it.',
  })
  @ApiQuery({ name: 'from', required: false, description: 'YYYY-MM-DD (business day) or ISO 8601 instant' })
  @ApiQuery({ name: 'to', required: false, description: 'Exclusive' })
  @ApiQuery({ name: 'agent', required: false, description: 'Ids separated by commas' })
  @ApiQuery({ name: 'team', required: false, description: 'Ids separated by commas' })
  @ApiQuery({ name: 'campaign', required: false, description: 'Ids separated by commas' })
  @ApiQuery({ name: 'call', required: false, description: 'Id of any leg of a call' })
  @ApiQuery({ name: 'measure', required: false, description: 'Id of a measure: only the outcomes it counts' })
  @ApiQuery({ name: 'disposition', required: false, description: 'Ids separated by commas; 0: without one' })
  @ApiQuery({ name: 'callerNumber', required: false, description: 'Surrogate ids of own numbers; 0: none' })
  @ApiQuery({ name: 'hourOfDay', required: false, description: '0 to 23, local time, separated by commas' })
  @ApiQuery({ name: 'weekday', required: false, description: '1 (Monday) to 7, of the business date' })
  @ApiQuery({ name: 'interval', required: false, description: 'Quarter hours of the day, 0 to 95' })
  @ApiQuery({ name: 'dateFrom', required: false, description: 'Business date, beside a range of instants' })
  @ApiQuery({ name: 'dateTo', required: false, description: 'Exclusive' })
  @ApiQuery({ name: 'limit', required: false, description: '1 to 200, default 50' })
  @ApiQuery({ name: 'cursor', required: false })
  page(@Query() query: RawQuery, @CurrentScope() scope: Scope): Promise<OutcomePage> {
    return this.readModel.page(readOutcomesQuery(query), scope);
  }

  @Get('template.csv')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="outcomes-template.csv"')
  @ApiProduces('text/csv')
  @ApiOperation({ summary: 'The columns of an import, with an example' })
  template(): string {
    return outcomesTemplate();
  }

  @Get(':id')
  @ApiOperation({ summary: 'One outcome, who said what about it, and what it adds' })
  detail(@Param('id') id: string, @CurrentScope() scope: Scope): Promise<OutcomeDetail> {
    return this.readModel.detail(id, scope);
  }

  @Post()
  @HttpCode(200)
  @Access('outcomes:write')
  @ApiOperation({
    summary: 'Outcomes of calls: one, or up to 500',
    description: 'Idempotent by `externalId` within the key that sends it. None is taken unless all are right.',
  })
  post(
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal,
    @CurrentScope() scope: Scope,
    @CurrentActor() actor: AuditActor,
  ): Promise<OutcomeReply[]> {
    const isList = Array.isArray(body);
    const inputs = readOutcomes(isList ? body : [body], isList);
    return this.entering.enter(inputs, { principal, scope, actor }, { path: (i) => (isList ? `${i}.` : '') });
  }

  @Patch(':id')
  @Access('outcomes:write')
  @ApiOperation({ summary: 'Correct an outcome of any source, or take it back' })
  correct(
    @Param('id') id: string,
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal,
    @CurrentScope() scope: Scope,
    @CurrentActor() actor: AuditActor,
  ): Promise<OutcomeReply> {
    const parsed = CorrectionSchema.safeParse(body ?? {});
    if (!parsed.success) throw refusalOf(parsed.error, '');
    return this.entering.correct(id, parsed.data as OutcomeCorrection, { principal, scope, actor });
  }

  @Post('import')
  @HttpCode(200)
  @Access('outcomes:write')
  @ApiConsumes('text/csv')
  @ApiOperation({ summary: 'Outcomes from CSV: all or nothing; a dry run says what would happen' })
  @ApiQuery({ name: 'dryRun', required: false, enum: ['true', 'false'] })
  import(
    @Query() raw: unknown,
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal,
    @CurrentScope() scope: Scope,
    @CurrentActor() actor: AuditActor,
  ): Promise<OutcomeImport> {
    const { dryRun } = parseInput(ImportQuery, raw);
    if (!Buffer.isBuffer(body)) throw new AppError('unsupported_media_type');
    return this.imports.run(body, dryRun === 'true', { principal, scope, actor });
  }
}

/** The shape of each; the first that is wrong is named by its place. */
function readOutcomes(given: readonly unknown[], isList: boolean): OutcomeInput[] {
  if (given.length === 0 || given.length > BATCH_MAX) {
    throw new AppError('outcomes_too_many', { params: { max: BATCH_MAX } });
  }
  return given.map((one, i) => {
    const parsed = OutcomeInputSchema.safeParse(one ?? {});
    if (!parsed.success) throw refusalOf(parsed.error, isList ? `${i}.` : '');
    return parsed.data as OutcomeInput;
  });
}

function refusalOf(error: z.ZodError, path: string): AppError {
  const issue = error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const place = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown.slice(0, 60)])].join('.');
  const field = `${path}${place || 'body'}`;
  const reason = unknown === undefined ? (issue?.message ?? 'not valid') : 'there is no such field';
  return new AppError('request_invalid', { field, params: { reason: `${field}: ${reason}` } });
}

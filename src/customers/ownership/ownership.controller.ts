import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Inject,
  type OnModuleInit,
  Param,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiBearerAuth, ApiConsumes, ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Access, CurrentActor, CurrentScope, parseInput } from '../../access/index.js';
import { AppError, takesCsv } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { AuditActor } from '../../shared/audit.js';
import type { ListImport, OwnerCount, OwnerSpan } from '../../shared/customer-lists.js';
import { OwnershipService, ownersTemplate } from './ownership.service.js';

const flag = z.enum(['true', 'false', '']).optional();
const surrogate = /^[1-9]\d{0,17}$/;
const whom = {
  number: z.string().trim().min(1).max(64).optional(),
  customerId: z.string().regex(surrogate, 'must be the id of a customer').optional(),
};
const instant = z.iso.datetime({ offset: true, error: 'must be an instant such as 2026-03-14T09:15:00Z' });
const PutBody = z.strictObject({
  ...whom,
  agentId: z.int().min(1).max(2_147_483_647),
  from: instant.optional(),
  until: instant.nullable().optional(),
});
const DeleteBody = z.strictObject({ ...whom, from: instant.optional() });
const CountQuery = z.strictObject({
  agent: z
    .string()
    .regex(/^\d{1,9}(,\d{1,9}){0,99}$/, 'must be ids separated by commas')
    .optional(),
});
const ImportQuery = z.strictObject({ dryRun: flag });

@ApiTags('customers')
@ApiBearerAuth()
@Access('outcomes:read')
@Controller('api/v1')
export class OwnershipController implements OnModuleInit {
  constructor(
    @Inject(OwnershipService) private readonly owners: OwnershipService,
    @Inject(HttpAdapterHost) private readonly http: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    takesCsv(this.http.httpAdapter.getInstance<FastifyInstance>(), '/api/v1/owners/import');
  }

  @Get('owners')
  @ApiOperation({ summary: 'How many customers each agent of the scope looks after now' })
  @ApiQuery({ name: 'agent', required: false, description: 'Ids separated by commas' })
  counts(@Query() raw: unknown, @CurrentScope() scope: Scope): Promise<OwnerCount[]> {
    const { agent } = parseInput(CountQuery, raw);
    return this.owners.counts(scope, agent?.split(',').map(Number));
  }

  @Get('customers/:id/owners')
  @ApiOperation({ summary: 'Who looked after a customer when, as far as the scope sees them' })
  ofCustomer(@Param('id') customer: string, @CurrentScope() scope: Scope): Promise<OwnerSpan[]> {
    if (!surrogate.test(customer)) throw new AppError('not_found');
    return this.owners.ofCustomer(customer, scope);
  }

  @Put('owners')
  @Access('people:write')
  @ApiOperation({ summary: 'Give a customer to an agent, from then on' })
  async put(@Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<OwnerSpan | null> {
    return this.owners.put(actor, requireOne(parseInput(PutBody, body)));
  }

  @Delete('owners')
  @HttpCode(204)
  @Access('people:write')
  @ApiOperation({ summary: "From then on nobody's" })
  async drop(@Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<void> {
    await this.owners.put(actor, { ...requireOne(parseInput(DeleteBody, body)), agentId: null });
  }

  @Get('owners/template.csv')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="owners-template.csv"')
  @ApiProduces('text/csv')
  @ApiOperation({ summary: 'The columns of an import, with an example' })
  template(): string {
    return ownersTemplate();
  }

  @Post('owners/import')
  @HttpCode(200)
  @Access('people:write')
  @ApiConsumes('text/csv')
  @ApiOperation({ summary: 'Owners from CSV: all or nothing; a dry run says what would happen' })
  @ApiQuery({ name: 'dryRun', required: false, enum: ['true', 'false'] })
  import(@Query() raw: unknown, @Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<ListImport> {
    const { dryRun } = parseInput(ImportQuery, raw);
    if (!Buffer.isBuffer(body)) throw new AppError('unsupported_media_type');
    return this.owners.import(actor, body, dryRun === 'true');
  }
}

/** One of the two says whom. */
function requireOne<T extends { number?: string | undefined; customerId?: string | undefined }>(body: T): T {
  if ((body.number === undefined) !== (body.customerId === undefined)) return body;
  throw new AppError('request_invalid', {
    field: 'number',
    params: { reason: 'number: give either number or customerId' },
  });
}

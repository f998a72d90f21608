import { Body, Controller, Get, Header, HttpCode, Inject, type OnModuleInit, Post, Query } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiBearerAuth, ApiConsumes, ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Access, CurrentActor, CurrentScope } from '../../access/index.js';
import { AppError, takesCsv } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { AuditActor } from '../../shared/audit.js';
import type { AgentStatus, PeopleImport } from '../../shared/organisation.js';
import { readBody } from '../input.js';
import { TeamsService } from '../teams/teams.service.js';
import { PeopleExportService, peopleTemplate } from './people-export.js';
import { PeopleImportService } from './people-import.service.js';

const IMPORT_PATH = '/api/v1/people/import';
const EXPORTED: AgentStatus[] = ['new', 'active', 'left'];

const flag = z.enum(['true', 'false', '']).optional();
const ExportQuery = z.strictObject({
  bom: flag,
  status: z
    .string()
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(z.enum(['new', 'active', 'left', 'merged', 'erased'])))
    .optional(),
});
const ImportQuery = z.strictObject({ dryRun: flag });

@ApiTags('organisation')
@ApiBearerAuth()
@Controller('api/v1/people')
export class PeopleController implements OnModuleInit {
  constructor(
    @Inject(PeopleExportService) private readonly exports: PeopleExportService,
    @Inject(PeopleImportService) private readonly imports: PeopleImportService,
    @Inject(TeamsService) private readonly teams: TeamsService,
    @Inject(HttpAdapterHost) private readonly http: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    takesCsv(this.http.httpAdapter.getInstance<FastifyInstance>(), IMPORT_PATH);
  }

  @Get('export.csv')
  @Access('exports:make')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="people.csv"')
  @ApiProduces('text/csv')
  @ApiOperation({ summary: 'Agents of the scope as CSV; numbers masked; audited' })
  @ApiQuery({ name: 'bom', required: false, enum: ['true', 'false'], description: 'With a byte order mark' })
  @ApiQuery({ name: 'status', required: false, description: 'Separated by commas; default new,active,left' })
  export(@Query() raw: unknown, @CurrentScope() scope: Scope, @CurrentActor() actor: AuditActor): Promise<string> {
    const { bom, status } = readBody(ExportQuery, raw);
    return this.exports.file(
      actor,
      scope,
      status === undefined || status.length === 0 ? EXPORTED : status,
      bom === 'true',
    );
  }

  @Get('template.csv')
  @Access('people:read')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="people-template.csv"')
  @ApiProduces('text/csv')
  @ApiOperation({ summary: 'The columns of an import, with an example' })
  async template(@CurrentScope() scope: Scope): Promise<string> {
    const teams = await this.teams.list(scope, false);
    const team = teams.find((one) => !one.isNewAgentsTeam) ?? teams[0];
    return peopleTemplate(team?.path.join(' / ') ?? '');
  }

  @Post('import')
  @HttpCode(200)
  @Access('people:write')
  @ApiConsumes('text/csv')
  @ApiOperation({ summary: 'Agents from CSV: all or nothing; a dry run says what would happen' })
  @ApiQuery({ name: 'dryRun', required: false, enum: ['true', 'false'] })
  import(@Query() raw: unknown, @Body() body: unknown, @CurrentActor() actor: AuditActor): Promise<PeopleImport> {
    const { dryRun } = readBody(ImportQuery, raw);
    if (!Buffer.isBuffer(body)) throw new AppError('unsupported_media_type');
    return this.imports.run(actor, body, dryRun === 'true');
  }
}

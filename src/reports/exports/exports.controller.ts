import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Access, CurrentActor, CurrentPrincipal, type Principal, parseInput } from '../../access/index.js';
import { AppError } from '../../platform/index.js';
import type { AuditActor } from '../../shared/audit.js';
import { EXPORT_FORMATS, type ExportLink, type ExportList, type ExportView } from '../../shared/exports.js';
import { ExportService } from './export.service.js';
import { attachmentHeader } from './file-name.js';
import { readExportSource } from './lists.js';

const RequestSchema = z.strictObject({
  source: z.unknown(),
  format: z.enum(EXPORT_FORMATS),
  language: z.enum(['en', 'zh']),
  byteOrderMark: z.boolean().default(false),
  numbers: z.enum(['masked', 'full']).default('masked'),
});
const ListQuery = z.strictObject({ of: z.enum(['own', 'all']).default('own') });
const FileQuery = z.strictObject({ token: z.string().max(200).default('') });

/** By the ending of a file's name. */
const TYPES: Readonly<Record<string, string>> = {
  zip: 'application/zip',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
};
/** As for any other body. */
const BODY = z.toJSONSchema(RequestSchema, { target: 'openapi-3.0', io: 'input' }) as Record<string, unknown>;

@ApiTags('exports')
@ApiBearerAuth()
@Access('exports:make')
@Controller('api/v1/exports')
export class ExportsController {
  constructor(@Inject(ExportService) private readonly exports: ExportService) {}

  @Post()
  @HttpCode(201)
  @ApiOperation({
    summary: 'Ask for a file of a report, or of a list of calls or outcomes',
    description: 'It is made in the background; follow it with GET /exports/:id.',
  })
  @ApiBody({ schema: BODY })
  make(
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<ExportView> {
    const { source, ...rest } = parseInput(RequestSchema, body);
    return this.exports.make({ ...rest, source: readExportSource(source) }, { principal: known(principal), actor });
  }

  @Get()
  @ApiOperation({ summary: 'Exports, newest first: one’s own, or everybody’s for whoever reads the audit log' })
  @ApiQuery({ name: 'of', required: false, enum: ['own', 'all'] })
  list(
    @Query() query: unknown,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<ExportList> {
    return this.exports.list(parseInput(ListQuery, query).of === 'all', { principal: known(principal), actor });
  }

  @Get(':id')
  @ApiOperation({ summary: 'How far an export is' })
  get(
    @Param('id') id: string,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<ExportView> {
    return this.exports.get(id, { principal: known(principal), actor });
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Cancel an export that waits or runs' })
  cancel(
    @Param('id') id: string,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<ExportView> {
    return this.exports.cancel(id, { principal: known(principal), actor });
  }

  @Post(':id/link')
  @HttpCode(200)
  @ApiOperation({ summary: 'A link to the file that works once, for five minutes' })
  link(
    @Param('id') id: string,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<ExportLink> {
    return this.exports.link(id, { principal: known(principal), actor });
  }

  @Get(':id/file')
  @Access('public')
  @ApiOperation({ summary: 'The file; the token of a link is the right to it' })
  @ApiQuery({ name: 'token', required: true })
  @ApiProduces(...Object.values(TYPES))
  async file(
    @Param('id') id: string,
    @Query() query: unknown,
    @CurrentActor() actor: AuditActor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { token } = parseInput(FileQuery, query);
    // Programs that look whether a link is good must not use it up.
    if (request.method === 'HEAD') throw new AppError('method_not_allowed');
    const { job, stream, bytes } = await this.exports.fetch(id, token, actor);
    const name = job.fileName ?? `export.${job.format}`;
    reply.header('content-type', TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream');
    reply.header('content-length', bytes);
    reply.header('content-disposition', attachmentHeader(name));
    reply.header('x-content-type-options', 'nosniff');
    await reply.send(stream);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete an export that has ended, with its file' })
  remove(
    @Param('id') id: string,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<void> {
    return this.exports.remove(id, { principal: known(principal), actor });
  }
}

/** The guard lets nobody in whom it does not know. */
function known(principal: Principal | null): Principal {
  if (principal === null) throw new AppError('unauthenticated');
  return principal;
}

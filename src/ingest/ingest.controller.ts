import { Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Access } from '../access/index.js';
import { AppError } from '../platform/index.js';
import type { IngestStatus, ParkedPage } from '../shared/api.js';
import { ParkedService, type ReplayResult } from './parked/parked.service.js';
import { StatusReadModel } from './status.read-model.js';

const PAGE_MAX = 200;
const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
});

/** Whether events arrive, and what could not be used. */
@ApiTags('ingest')
@ApiBearerAuth()
@Access('ingest:read')
@Controller('api/v1/ingest')
export class IngestController {
  constructor(
    @Inject(ParkedService) private readonly parked: ParkedService,
    @Inject(StatusReadModel) private readonly statusModel: StatusReadModel,
  ) {}

  @Get('status')
  @ApiOperation({ summary: 'Counters of the event log and what needs attention' })
  status(): Promise<IngestStatus> {
    return this.statusModel.read();
  }

  @Get('parked')
  @ApiOperation({ summary: 'Events that could not be used, with the reason' })
  list(@Query() query: Record<string, unknown>): Promise<ParkedPage> {
    const parsed = listQuery.safeParse(query);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new AppError('request_invalid', {
        field: issue?.path.join('.') || 'query',
        params: { reason: `${issue?.path.join('.') || 'query'}: ${issue?.message ?? 'not valid'}` },
      });
    }
    return this.parked.list(parsed.data.limit, parsed.data.cursor ?? null);
  }

  @Post('parked/replay')
  @Access('ingest:write')
  @ApiOperation({ summary: 'Try every parked event again' })
  replayAll(): Promise<ReplayResult> {
    return this.parked.replayAll();
  }

  @Post('parked/:id/replay')
  @Access('ingest:write')
  @ApiOperation({ summary: 'Try one parked event again' })
  replayOne(@Param('id') id: string): Promise<ReplayResult> {
    if (!/^\d{1,18}$/.test(id)) throw new AppError('not_found');
    return this.parked.replayOne(id);
  }
}

import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Access, CurrentActor, CurrentPrincipal, idOf, type Principal } from '../../access/index.js';
import { AppError } from '../../platform/index.js';
import type { AuditActor } from '../../shared/audit.js';
import type {
  MadeSchedule,
  RunView,
  ScheduleList,
  SchedulePreview,
  ScheduleView,
  UpcomingView,
} from '../../shared/schedules.js';
import { attachmentHeader } from '../exports/index.js';
import { mediaTypeOf } from './pack.js';
import {
  PreviewSchema,
  readPatch,
  readPreview,
  readSchedule,
  readTest,
  readUpcoming,
  SchedulePatchSchema,
  ScheduleSchema,
  TestSchema,
  UpcomingSchema,
} from './read-schedule.js';
import { type Asker, SchedulesService } from './schedules.service.js';

/** The rules of a body, for the description of the API. */
const schemaOf = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input', unrepresentable: 'any' }) as Record<string, unknown>;

@ApiTags('schedules')
@ApiBearerAuth()
@Access('exports:make')
@Controller('api/v1/schedules')
export class SchedulesController {
  constructor(@Inject(SchedulesService) private readonly schedules: SchedulesService) {}

  @Get()
  @ApiOperation({ summary: 'Scheduled reports of one’s own; with settings:write everybody’s' })
  list(@CurrentPrincipal() principal: Principal | null, @CurrentActor() actor: AuditActor): Promise<ScheduleList> {
    return this.schedules.list(asker(principal, actor));
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({ summary: 'Schedule a pack of reports; signing secrets of new webhooks are in this answer only' })
  @ApiBody({ schema: schemaOf(ScheduleSchema) })
  create(
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<MadeSchedule> {
    return this.schedules.create(asker(principal, actor), readSchedule(body));
  }

  @Post('upcoming')
  @HttpCode(200)
  @ApiOperation({ summary: 'The next times of a rhythm' })
  @ApiBody({ schema: schemaOf(UpcomingSchema) })
  upcoming(@Body() body: unknown): Promise<UpcomingView> {
    return this.schedules.upcoming(readUpcoming(body));
  }

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'What would go out now: the file and the text of each destination; nothing is sent' })
  @ApiBody({ schema: schemaOf(PreviewSchema) })
  preview(
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<SchedulePreview> {
    return this.schedules.preview(asker(principal, actor), readPreview(body));
  }

  @Post('test')
  @HttpCode(204)
  @ApiOperation({ summary: 'Send a short test message to a destination' })
  @ApiBody({ schema: schemaOf(TestSchema) })
  test(
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<void> {
    return this.schedules.test(asker(principal, actor), readTest(body));
  }

  @Post('deliveries/:id/retry')
  @HttpCode(204)
  @ApiOperation({ summary: 'Try a delivery again' })
  retry(
    @Param('id') id: string,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<void> {
    return this.schedules.retry(asker(principal, actor), bigId(id));
  }

  @Get('runs/:id/file')
  @ApiProduces('application/octet-stream')
  @ApiOperation({ summary: 'A pack as it went out; kept for 30 days' })
  async file(
    @Param('id') id: string,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<StreamableFile> {
    const { name, content } = await this.schedules.file(asker(principal, actor), bigId(id));
    return new StreamableFile(content, {
      type: mediaTypeOf(name),
      disposition: attachmentHeader(name),
    });
  }

  @Get(':id')
  @ApiOperation({ summary: 'One scheduled report' })
  one(
    @Param('id') id: string,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<ScheduleView> {
    return this.schedules.one(asker(principal, actor), idOf(id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change, pause, resume or take over a scheduled report' })
  @ApiBody({ schema: schemaOf(SchedulePatchSchema) })
  patch(
    @Param('id') id: string,
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<MadeSchedule> {
    return this.schedules.patch(asker(principal, actor), idOf(id), readPatch(body));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a scheduled report with its history' })
  remove(
    @Param('id') id: string,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<void> {
    return this.schedules.remove(asker(principal, actor), idOf(id));
  }

  @Post(':id/run')
  @HttpCode(202)
  @ApiOperation({ summary: 'Make and send it now, besides its times' })
  run(
    @Param('id') id: string,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<RunView> {
    return this.schedules.runNow(asker(principal, actor), idOf(id));
  }

  @Get(':id/deliveries')
  @ApiOperation({ summary: 'What became of it: runs, newest first, with their deliveries' })
  deliveries(
    @Param('id') id: string,
    @CurrentPrincipal() principal: Principal | null,
    @CurrentActor() actor: AuditActor,
  ): Promise<RunView[]> {
    return this.schedules.runs(asker(principal, actor), idOf(id));
  }
}

function asker(principal: Principal | null, actor: AuditActor): Asker {
  if (principal === null) throw new AppError('unauthenticated');
  return { principal, actor };
}

/** What cannot be an id of a run or delivery is not found. */
function bigId(text: string): string {
  if (!/^[1-9]\d{0,17}$/.test(text)) throw new AppError('not_found');
  return text;
}

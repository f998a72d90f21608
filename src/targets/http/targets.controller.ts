import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Access, CurrentActor, CurrentScope, idOf, parseInput } from '../../access/index.js';
import type { Scope } from '../../shared/access.js';
import type { AuditActor } from '../../shared/audit.js';
import type { TargetPreview, TargetTemplate, TargetView } from '../../shared/targets.js';
import { BatchBody, TargetBody, TargetPatchBody } from '../model/check-target.js';
import { PreviewService } from '../model/preview.service.js';
import { TargetsService } from '../model/targets.service.js';
import { TEMPLATES } from '../model/templates.js';
import { ListQuery, PreviewBody, RevisionQuery, readPreviewQuery, readScope } from './read-query.js';

export const schemaOf = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' }) as Record<string, unknown>;

@ApiTags('targets')
@ApiBearerAuth()
@Controller('api/v1')
@Access('kpis:read')
export class TargetsController {
  constructor(
    @Inject(TargetsService) private readonly targets: TargetsService,
    @Inject(PreviewService) private readonly previews: PreviewService,
  ) {}

  @Get('targets')
  @ApiOperation({ summary: 'Targets of the scope of whoever asks' })
  @ApiQuery({ name: 'scope', required: false, description: 'organisation, team:3 or agent:7' })
  @ApiQuery({ name: 'kpi', required: false })
  @ApiQuery({ name: 'period', required: false })
  @ApiQuery({ name: 'at', required: false, description: 'YYYY-MM-DD: only those in force then' })
  list(@Query() raw: unknown, @CurrentScope() scope: Scope): Promise<TargetView[]> {
    const query = parseInput(ListQuery, raw);
    return this.targets.list(scope, { ...query, scope: readScope(query.scope) });
  }

  @Get('targets/preview')
  @ApiOperation({ summary: 'What a set of targets implies' })
  @ApiQuery({ name: 'kpi', required: true, description: 'dials:50,conversion_rate:0.1' })
  @ApiQuery({ name: 'connectRate', required: false, description: '0 … 1; default the own of the last 28 days' })
  @ApiQuery({ name: 'effectiveSeconds', required: false })
  previewByAddress(@Query() raw: unknown, @CurrentScope() scope: Scope): Promise<TargetPreview> {
    return this.previews.preview(scope, readPreviewQuery(raw));
  }

  @Post('targets/preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'What a set of targets implies' })
  @ApiBody({ schema: schemaOf(PreviewBody) })
  preview(@Body() body: unknown, @CurrentScope() scope: Scope): Promise<TargetPreview> {
    return this.previews.preview(scope, parseInput(PreviewBody, body));
  }

  @Get('targets/:id')
  @ApiOperation({ summary: 'One target' })
  one(@Param('id') id: string, @CurrentScope() scope: Scope): Promise<TargetView> {
    return this.targets.one(scope, idOf(id));
  }

  @Post('targets')
  @HttpCode(201)
  @Access('targets:write')
  @ApiOperation({ summary: 'Set a target' })
  @ApiBody({ schema: schemaOf(TargetBody) })
  create(@Body() body: unknown, @CurrentScope() scope: Scope, @CurrentActor() actor: AuditActor): Promise<TargetView> {
    return this.targets.create({ scope, actor }, parseInput(TargetBody, body));
  }

  @Post('targets/batch')
  @HttpCode(200)
  @Access('targets:write')
  @ApiOperation({ summary: 'Set several targets at once, all or none' })
  @ApiBody({ schema: schemaOf(BatchBody) })
  async batch(
    @Body() body: unknown,
    @CurrentScope() scope: Scope,
    @CurrentActor() actor: AuditActor,
  ): Promise<{ targets: TargetView[] }> {
    return { targets: await this.targets.putAll({ scope, actor }, parseInput(BatchBody, body).targets) };
  }

  @Patch('targets/:id')
  @Access('targets:write')
  @ApiOperation({ summary: 'Change a target' })
  @ApiBody({ schema: schemaOf(TargetPatchBody) })
  change(
    @Param('id') id: string,
    @Body() body: unknown,
    @CurrentScope() scope: Scope,
    @CurrentActor() actor: AuditActor,
  ): Promise<TargetView> {
    return this.targets.change({ scope, actor }, idOf(id), parseInput(TargetPatchBody, body));
  }

  @Delete('targets/:id')
  @HttpCode(204)
  @Access('targets:write')
  @ApiOperation({ summary: 'Delete a target' })
  @ApiQuery({ name: 'revision', schema: { type: 'integer', minimum: 1 } })
  remove(
    @Param('id') id: string,
    @Query() raw: unknown,
    @CurrentScope() scope: Scope,
    @CurrentActor() actor: AuditActor,
  ): Promise<void> {
    const target = idOf(id);
    const { revision } = parseInput(RevisionQuery, raw);
    return this.targets.remove({ scope, actor }, target, Number(revision));
  }

  @Get('target-templates')
  @ApiOperation({ summary: 'Sets of targets to begin with' })
  templates(): readonly TargetTemplate[] {
    return TEMPLATES;
  }
}

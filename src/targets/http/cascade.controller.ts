import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import {
  Access,
  CurrentActor,
  CurrentPrincipal,
  CurrentScope,
  type Principal,
  parseInput,
} from '../../access/index.js';
import { AppError } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { AuditActor } from '../../shared/audit.js';
import type { CascadeProposal, RollupProposal, TargetProgress, TargetView } from '../../shared/targets.js';
import { CascadeService } from '../cascade/cascade.service.js';
import { AttainmentService } from '../pace/attainment.service.js';
import { AttainmentQuery, CascadeApplyBody, CascadeBody, RollupBody, readScope } from './read-query.js';
import { schemaOf } from './targets.controller.js';

@ApiTags('targets')
@ApiBearerAuth()
@Controller('api/v1')
@Access('targets:write')
export class CascadeController {
  constructor(
    @Inject(CascadeService) private readonly cascade: CascadeService,
    @Inject(AttainmentService) private readonly attainment: AttainmentService,
  ) {}

  @Post('targets/cascade/preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'Share a target out; nothing is changed' })
  @ApiBody({ schema: schemaOf(CascadeBody) })
  preview(@Body() body: unknown, @CurrentScope() scope: Scope): Promise<CascadeProposal> {
    return this.cascade.preview(scope, parseInput(CascadeBody, body));
  }

  @Post('targets/cascade')
  @HttpCode(200)
  @ApiOperation({ summary: 'Set the parts of a target, all or none' })
  @ApiBody({ schema: schemaOf(CascadeApplyBody) })
  async apply(
    @Body() body: unknown,
    @CurrentScope() scope: Scope,
    @CurrentActor() actor: AuditActor,
  ): Promise<{ targets: TargetView[] }> {
    return { targets: await this.cascade.apply({ scope, actor }, parseInput(CascadeApplyBody, body)) };
  }

  @Post('targets/rollup')
  @HttpCode(200)
  @ApiOperation({ summary: 'What the targets below come to; nothing is changed' })
  @ApiBody({ schema: schemaOf(RollupBody) })
  rollup(@Body() body: unknown, @CurrentScope() scope: Scope): Promise<RollupProposal> {
    return this.cascade.rollup(scope, parseInput(RollupBody, body));
  }

  @Get('attainment')
  @Access('kpis:read')
  @ApiOperation({
    summary: 'How far targets are: attainment, pace and projection',
    description: 'Of a date that is over: as of its end.',
  })
  @ApiQuery({ name: 'scope', required: false, description: 'organisation, team:3 or agent:7; default one’s own' })
  @ApiQuery({ name: 'date', required: false, description: 'YYYY-MM-DD; default today' })
  progress(@Query() raw: unknown, @CurrentPrincipal() principal: Principal | null): Promise<TargetProgress[]> {
    const { scope, date } = parseInput(AttainmentQuery, raw);
    if (principal === null) throw new AppError('unauthenticated');
    return this.attainment.progress(principal, readScope(scope), date);
  }
}

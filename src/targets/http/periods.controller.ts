import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Access, CurrentActor, CurrentScope, parseInput } from '../../access/index.js';
import { AppError } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import type { AuditActor } from '../../shared/audit.js';
import type { PeriodList, PeriodView } from '../../shared/targets.js';
import { PeriodsService } from '../closing/periods.service.js';
import { schemaOf } from './targets.controller.js';

const MONTH = /^(20|21)\d\d-(0[1-9]|1[0-2])$/;
const CloseBody = z.strictObject({
  month: z.string().regex(MONTH, 'must be a month such as 2026-04'),
  kpi: z.string().min(1).max(60).optional(),
});

@ApiTags('periods')
@ApiBearerAuth()
@Controller('api/v1/periods')
@Access('kpis:read')
export class PeriodsController {
  constructor(@Inject(PeriodsService) private readonly periods: PeriodsService) {}

  @Get()
  @ApiOperation({ summary: 'Closed months, and those that can be closed' })
  list(@CurrentScope() scope: Scope): Promise<PeriodList> {
    return this.periods.list(scope);
  }

  @Get(':month')
  @ApiOperation({ summary: 'A closed month: as frozen, with what came after, and its champion' })
  one(@Param('month') month: string, @CurrentScope() scope: Scope): Promise<PeriodView> {
    if (!MONTH.test(month)) throw new AppError('not_found');
    return this.periods.one(scope, month);
  }

  @Post('close')
  @HttpCode(201)
  @Access('settings:write')
  @ApiOperation({ summary: 'Close a month that is over', description: 'It cannot be opened again.' })
  @ApiBody({ schema: schemaOf(CloseBody) })
  close(@Body() body: unknown, @CurrentScope() scope: Scope, @CurrentActor() actor: AuditActor): Promise<PeriodView> {
    const { month, kpi } = parseInput(CloseBody, body);
    return this.periods.close(actor, scope, month, kpi);
  }
}

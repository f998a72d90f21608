import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Access, CurrentScope, idOf, parseInput } from '../access/index.js';
import type { Scope } from '../shared/access.js';
import type { DayNorm } from '../shared/floor.js';
import { DayNormReadModel } from './day-norm.read-model.js';

/** Other years are mistakes, and far ones cost time-zone arithmetic. */
const businessDate = z.iso
  .date('send a date as YYYY-MM-DD')
  .refine((date) => date >= '1971-01-01' && date < '2101-01-01', 'send a date from 1971 to 2100');
const NormQuery = z.strictObject({ date: businessDate.optional() });

@ApiTags('floor')
@ApiBearerAuth()
@Controller('api/v1/agents')
@Access('kpis:read')
export class FloorController {
  constructor(@Inject(DayNormReadModel) private readonly norms: DayNormReadModel) {}

  @Get(':id/day-norm')
  @ApiOperation({
    summary: 'What is usual for an agent on such a day',
    description: 'Mean of the last four same weekdays, up to this time of day and for the whole day, and by the hour.',
  })
  @ApiQuery({ name: 'date', required: false, description: 'YYYY-MM-DD; default today' })
  dayNorm(@Param('id') id: string, @Query() query: unknown, @CurrentScope() scope: Scope): Promise<DayNorm> {
    const { date } = parseInput(NormQuery, query);
    return this.norms.of(idOf(id), date, scope);
  }
}

import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Access, CurrentScope } from '../../access/index.js';
import type { RawQuery } from '../../kpi/index.js';
import type { Scope } from '../../shared/access.js';
import { REPORT_COMPARISONS, REPORT_GROUPINGS, REPORT_RANGES, type ReportResult } from '../../shared/reports.js';
import { REPORT_ENGINE, type ReportEngine } from '../ports.js';
import { readReportSpec } from './explore-query.js';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('api/v1/reports/explore')
@Access('kpis:read')
export class ExploreController {
  constructor(@Inject(REPORT_ENGINE) private readonly engine: ReportEngine) {}

  @Get()
  @ApiOperation({
    summary: 'KPIs of a range by up to two groupings, filtered and compared',
    description: 'Rows and totals are those of the caller’s scope. Ratios of sums; totals are computed, never summed.',
  })
  @ApiQuery({ name: 'range', required: false, enum: [...REPORT_RANGES], description: 'Default last_7_days' })
  @ApiQuery({ name: 'from', required: false, description: 'Instead of range: YYYY-MM-DD or ISO 8601 instant' })
  @ApiQuery({ name: 'to', required: false, description: 'Exclusive' })
  @ApiQuery({ name: 'kpis', description: 'Ids separated by commas, 20 at most' })
  @ApiQuery({ name: 'groupBy', required: false, description: `At most two of ${REPORT_GROUPINGS.join(', ')}` })
  @ApiQuery({ name: 'compare', required: false, enum: [...REPORT_COMPARISONS] })
  @ApiQuery({ name: 'agent', required: false, description: 'Ids separated by commas, as of all filters' })
  @ApiQuery({ name: 'team', required: false })
  @ApiQuery({ name: 'campaign', required: false })
  @ApiQuery({ name: 'disposition', required: false, description: '0: calls without one' })
  @ApiQuery({ name: 'callerNumber', required: false, description: 'Surrogate ids of own numbers' })
  @ApiQuery({ name: 'hourOfDay', required: false, description: '0 to 23, on the clock of each team’s site' })
  @ApiQuery({ name: 'weekday', required: false, description: '1 (Monday) to 7, of the business date' })
  @ApiQuery({ name: 'interval', required: false, description: 'Quarter hour of the day, 0 to 95' })
  async explore(@Query() query: RawQuery, @CurrentScope() scope: Scope): Promise<ReportResult> {
    const [result] = await this.engine.run([readReportSpec(query)], scope);
    if (result === undefined) throw new Error('The engine answered nothing');
    return result;
  }
}

import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Access, CurrentScope } from '../../access/index.js';
import type { Scope } from '../../shared/access.js';
import type { KpiDefinitionView, KpiReport } from '../../shared/api.js';
import { CATALOG, definitionView } from '../catalog/index.js';
import { KpiReadModel } from './kpi.read-model.js';
import { readKpiQuery } from './kpi-query.js';
import type { RawQuery } from './query-values.js';

@ApiTags('kpis')
@ApiBearerAuth()
@Controller('api/v1/kpis')
@Access('kpis:read')
export class KpiController {
  constructor(@Inject(KpiReadModel) private readonly readModel: KpiReadModel) {}

  @Get()
  @ApiOperation({
    summary: 'KPIs of a range, grouped',
    description:
      'Half-open range on 15-minute boundaries. Dates are business days, each team’s own; customers are counted for whole business days, not by the hour. Rows and totals are those of the caller’s scope.',
  })
  @ApiQuery({ name: 'from', required: false, description: 'YYYY-MM-DD or ISO 8601 instant; default today' })
  @ApiQuery({ name: 'to', required: false, description: 'Exclusive; default tomorrow' })
  @ApiQuery({
    name: 'groupBy',
    required: false,
    enum: ['organisation', 'team', 'agent', 'campaign', 'hour', 'day'],
  })
  @ApiQuery({ name: 'kpis', required: false, description: 'Ids separated by commas; default all that have data' })
  @ApiQuery({ name: 'agent', required: false, description: 'Ids separated by commas' })
  @ApiQuery({ name: 'team', required: false, description: 'Ids separated by commas' })
  @ApiQuery({ name: 'campaign', required: false, description: 'Ids separated by commas' })
  report(@Query() query: RawQuery, @CurrentScope() scope: Scope): Promise<KpiReport> {
    return this.readModel.report(readKpiQuery(query), scope);
  }

  @Get('catalog')
  @ApiOperation({ summary: 'Definitions of all KPIs' })
  catalog(): KpiDefinitionView[] {
    return CATALOG.map(definitionView);
  }
}

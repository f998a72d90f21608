import { Controller, Get, Inject, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Access, CurrentScope } from '../../access/index.js';
import type { RawQuery } from '../../kpi/index.js';
import { JsonInTurns } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import {
  READY_COMPARISONS,
  READY_REPORTS,
  REPORT_RANGES,
  type ReadyReportView,
  type ReportDocument,
} from '../../shared/reports.js';
import { readReadyQuery, readReportId } from './ready-query.js';
import { defaultRangeOf, ReadyReports } from './ready-reports.js';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('api/v1/reports/ready')
@Access('kpis:read')
@UseInterceptors(JsonInTurns)
export class ReadyController {
  constructor(@Inject(ReadyReports) private readonly reports: ReadyReports) {}

  @Get()
  @ApiOperation({ summary: 'Ready-made reports whoever asks may open' })
  views(@CurrentScope() scope: Scope): ReadyReportView[] {
    return this.reports.views({ scope });
  }

  @Get(':report')
  @ApiOperation({
    summary: 'A ready-made report as a document',
    description: 'Figures of GET /kpis, within the scope; without a range that of the report. Business days only.',
  })
  @ApiParam({ name: 'report', enum: READY_REPORTS })
  @ApiQuery({ name: 'range', required: false, enum: REPORT_RANGES })
  @ApiQuery({ name: 'from', required: false, description: 'YYYY-MM-DD, with `to` instead of `range`' })
  @ApiQuery({ name: 'to', required: false, description: 'YYYY-MM-DD, exclusive' })
  @ApiQuery({ name: 'agent', required: false, description: 'Ids separated by commas; one of a scorecard' })
  @ApiQuery({ name: 'team', required: false, description: 'Ids separated by commas' })
  @ApiQuery({ name: 'campaign', required: false, description: 'Ids separated by commas' })
  @ApiQuery({
    name: 'compare',
    required: false,
    enum: READY_COMPARISONS,
    description: 'Of reports that take `other_range`; without: `previous`',
  })
  @ApiQuery({ name: 'compareFrom', required: false, description: 'YYYY-MM-DD, with `compareTo` instead of `compare`' })
  @ApiQuery({ name: 'compareTo', required: false, description: 'YYYY-MM-DD, exclusive' })
  async document(
    @Param('report') id: string,
    @Query() query: RawQuery,
    @CurrentScope() scope: Scope,
  ): Promise<ReportDocument> {
    const report = readReportId(id);
    return this.reports.document(report, readReadyQuery(query, defaultRangeOf(report)), scope);
  }
}

import { applyDecorators, Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, type ApiQueryOptions, ApiTags } from '@nestjs/swagger';
import { Access, CurrentScope } from '../../access/index.js';
import type { RawQuery } from '../../kpi/index.js';
import { JsonInTurns } from '../../platform/index.js';
import type { Scope } from '../../shared/access.js';
import {
  REPORT_COMPARISONS,
  REPORT_GROUPINGS,
  REPORT_RANGES,
  type ReportDocument,
  type ReportResult,
} from '../../shared/reports.js';
import { REPORT_ENGINE, type ReportEngine } from '../ports.js';
import { ExploreDocuments } from './explore-documents.js';
import { readReportSpec } from './explore-query.js';

/** Parameters of a question, as documented. */
function QuestionParameters(): MethodDecorator {
  const parameters: ApiQueryOptions[] = [
    { name: 'range', required: false, enum: [...REPORT_RANGES], description: 'Default last_7_days' },
    { name: 'from', required: false, description: 'Instead of range: YYYY-MM-DD or ISO 8601 instant' },
    { name: 'to', required: false, description: 'Exclusive' },
    { name: 'kpis', description: 'Ids separated by commas, 20 at most' },
    { name: 'groupBy', required: false, description: `At most two of ${REPORT_GROUPINGS.join(', ')}` },
    { name: 'compare', required: false, enum: [...REPORT_COMPARISONS] },
    { name: 'agent', required: false, description: 'Ids separated by commas, as of all filters' },
    { name: 'team', required: false },
    { name: 'campaign', required: false },
    { name: 'disposition', required: false, description: '0: calls without one' },
    { name: 'callerNumber', required: false, description: 'Surrogate ids of own numbers' },
    { name: 'hourOfDay', required: false, description: '0 to 23, on the clock of each team’s site' },
    { name: 'weekday', required: false, description: '1 (Monday) to 7, of the business date' },
    { name: 'interval', required: false, description: 'Quarter hour of the day, 0 to 95' },
  ];
  return applyDecorators(...parameters.map((parameter) => ApiQuery(parameter)));
}

@ApiTags('reports')
@ApiBearerAuth()
@Controller('api/v1/reports/explore')
@Access('kpis:read')
@UseInterceptors(JsonInTurns)
export class ExploreController {
  constructor(
    @Inject(REPORT_ENGINE) private readonly engine: ReportEngine,
    @Inject(ExploreDocuments) private readonly documents: ExploreDocuments,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'KPIs of a range by up to two groupings, filtered and compared',
    description: 'Rows and totals are those of the caller’s scope. Ratios of sums; totals are computed, never summed.',
  })
  @QuestionParameters()
  async explore(@Query() query: RawQuery, @CurrentScope() scope: Scope): Promise<ReportResult> {
    const [result] = await this.engine.run([readReportSpec(query)], scope);
    if (result === undefined) throw new Error('The engine answered nothing');
    return result;
  }

  @Get('document')
  @ApiOperation({
    summary: 'The same as a document: what the page shows and files print',
    description: 'Headline, chart, table, definitions and notes.',
  })
  @QuestionParameters()
  document(@Query() query: RawQuery, @CurrentScope() scope: Scope): Promise<ReportDocument> {
    return this.documents.document(readReportSpec(query), scope);
  }
}

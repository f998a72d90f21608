import { Controller, Get, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, CurrentScope } from '../../access/index.js';
import type { Scope } from '../../shared/access.js';
import type { ReportChoices } from '../../shared/report-choices.js';
import { ChoicesReadModel } from './choices.read-model.js';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('api/v1/reports/choices')
export class ChoicesController {
  constructor(@Inject(ChoicesReadModel) private readonly choices: ChoicesReadModel) {}

  @Get()
  @Access('kpis:read')
  @ApiOperation({ summary: 'Campaigns and own numbers a report can be limited to' })
  of(@CurrentScope() scope: Scope): Promise<ReportChoices> {
    return this.choices.of(scope);
  }
}

import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Access, CurrentScope } from '../../access/index.js';
import type { Scope } from '../../shared/access.js';
import type { CallDetail, CallPage } from '../../shared/api.js';
import { CallsReadModel } from './calls.read-model.js';
import { readCallsQuery } from './calls-query.js';
import type { RawQuery } from './query-values.js';

@ApiTags('calls')
@ApiBearerAuth()
@Controller('api/v1/calls')
@Access('calls:read')
export class CallsController {
  constructor(@Inject(CallsReadModel) private readonly readModel: CallsReadModel) {}

  @Get()
  @ApiOperation({
    summary: 'Calls, newest first',
    description: 'Pass `next` of a page as `cursor` for the one behind it.',
  })
  @ApiQuery({ name: 'from', required: false, description: 'YYYY-MM-DD (business day) or ISO 8601 instant' })
  @ApiQuery({ name: 'to', required: false, description: 'Exclusive' })
  @ApiQuery({ name: 'agent', required: false, description: 'Ids separated by commas' })
  @ApiQuery({ name: 'team', required: false, description: 'Ids separated by commas' })
  @ApiQuery({ name: 'campaign', required: false, description: 'Ids separated by commas' })
  @ApiQuery({ name: 'customer', required: false, description: 'Surrogate id of a customer' })
  @ApiQuery({ name: 'direction', required: false, enum: ['outbound', 'inbound', 'internal'] })
  @ApiQuery({ name: 'outcome', required: false })
  @ApiQuery({ name: 'measure', required: false, description: 'Id of a measure: only the calls it counts' })
  @ApiQuery({ name: 'incomplete', required: false, enum: ['true', 'false'] })
  @ApiQuery({ name: 'stale', required: false, enum: ['true', 'false'] })
  @ApiQuery({ name: 'unassigned', required: false, enum: ['true', 'false'] })
  @ApiQuery({
    name: 'dnc',
    required: false,
    enum: ['true', 'false'],
    description: 'Only attempts to somebody who was on the do-not-call list when they began',
  })
  @ApiQuery({ name: 'disposition', required: false, description: 'Ids separated by commas; 0: without one' })
  @ApiQuery({ name: 'callerNumber', required: false, description: 'Surrogate ids of own numbers; 0: none' })
  @ApiQuery({ name: 'hourOfDay', required: false, description: '0 to 23, local time, separated by commas' })
  @ApiQuery({ name: 'weekday', required: false, description: '1 (Monday) to 7, of the business date' })
  @ApiQuery({ name: 'interval', required: false, description: 'Quarter hours of the day, 0 to 95' })
  @ApiQuery({ name: 'dateFrom', required: false, description: 'Business date, beside a range of instants' })
  @ApiQuery({ name: 'dateTo', required: false, description: 'Exclusive' })
  @ApiQuery({ name: 'limit', required: false, description: '1 to 200, default 50' })
  @ApiQuery({ name: 'cursor', required: false })
  page(@Query() query: RawQuery, @CurrentScope() scope: Scope): Promise<CallPage> {
    return this.readModel.page(readCallsQuery(query), scope);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One call with its legs, its events and how it counts' })
  detail(@Param('id') id: string, @CurrentScope() scope: Scope): Promise<CallDetail> {
    return this.readModel.detail(id, scope);
  }
}
